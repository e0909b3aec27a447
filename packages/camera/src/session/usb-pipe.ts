import { delay, DeviceError, withDeadline, type UsbTransport } from '@buergerkoffer/core';
import { ByteWriter } from '@buergerkoffer/formats';
import { EVENT, RESPONSE } from '../ptp/codes.js';
import {
  CONTAINER_HEAD_BYTES,
  readContainerHead,
  readMessage,
  writeData,
  writeMessage,
  type ContainerHead,
} from '../ptp/container.js';
import { datasetReader } from '../ptp/fields.js';
import { joined } from './joined.js';
import type { PtpPipe, PtpReply, PtpRequest, TransactOptions } from './pipe.js';
import { understood } from './protocol-error.js';
import { usbEvents } from './usb-events.js';

/** Class requests (PIMA 15740:2000, D.5.2). */
const CANCEL_REQUEST = 0x64;
const DEVICE_RESET_REQUEST = 0x66;
const GET_DEVICE_STATUS = 0x67;
/** Transfers have no deadline of their own: the session sets one. In milliseconds. */
const NO_DEADLINE_MS = 3_600_000;
/** How long the camera may take to be ready again after an operation was given up, in milliseconds. */
const RECOVER_MS = 2_000;
/** How long one of its steps may take, and the pause between two questions, in milliseconds. */
const STEP_MS = 500;
const PAUSE_MS = 20;
/** The rest of an abandoned answer is over when nothing comes for so long, in milliseconds. */
const QUIET_MS = 60;
/** Data is asked for in pieces of this size at most, in bytes: whoever waits hears of each. */
const PIECE_BYTES = 1024 * 1024;
/** Empty packets that may stand between two containers. */
const MAX_EMPTY = 8;
const NOTHING = new Uint8Array(0);

/** The pipe over a claimed still image interface (USB class 6, 1, 1). Throws `unsupported` where an endpoint is missing. */
export function usbPipe(usb: UsbTransport): PtpPipe {
  return new UsbPipe(usb);
}

class UsbPipe implements PtpPipe {
  readonly ended;
  readonly events;
  readonly #usb: UsbTransport;
  readonly #in: { readonly number: number; readonly packetSize: number };
  readonly #out: { readonly number: number; readonly packetSize: number };
  /** The operation that was given up last: its answer may still come. */
  #abandoned: number | undefined;
  /** Endpoints that stalled since the last recovery. */
  readonly #halted = new Set<'in' | 'out'>();
  /** Bytes of a request that nobody waits for any more, and that the camera may still fill; 0 for none. */
  #open = 0;

  constructor(usb: UsbTransport) {
    this.#usb = usb;
    this.#in = endpointOf(usb, 'in', 'bulk');
    this.#out = endpointOf(usb, 'out', 'bulk');
    this.ended = usb.ended;
    this.events = usbEvents(usb, endpointOf(usb, 'in', 'interrupt'));
  }

  async transact(request: PtpRequest, options: TransactOptions): Promise<PtpReply> {
    const { code, transaction, data } = request;
    await this.#send(writeMessage('command', request), options.signal);
    if (data !== undefined) await this.#send(writeData(code, transaction, data), options.signal);
    let received: Uint8Array | undefined;
    for (;;) {
      const { head, bytes } = await this.#container(options);
      if (head.transaction === this.#abandoned && head.transaction !== transaction) continue;
      if (head.transaction !== transaction) {
        throw new DeviceError(
          'protocol',
          `the camera answers transaction ${head.transaction}, ${transaction} was asked`,
          { offset: 8 },
        );
      }
      if (head.type === 'data' && received === undefined && head.code === code) {
        received = bytes.subarray(CONTAINER_HEAD_BYTES);
      } else if (head.type === 'response') {
        const { parameters } = understood('a response', () => readMessage(bytes));
        return { code: head.code, parameters, data: received ?? NOTHING };
      } else {
        throw new DeviceError('protocol', `the camera sends a container (${head.type}) out of its turn`, {
          offset: 4,
        });
      }
    }
  }

  async recover(transaction: number): Promise<void> {
    this.#abandoned = transaction;
    await withDeadline('ending an operation of the camera', RECOVER_MS, async (signal) => {
      await quietly(() => this.#cancel(transaction, signal));
      await quietly(() => this.#untilReady(signal));
      for (const direction of [...this.#halted]) await quietly(() => this.#clear(direction, signal));
      await quietly(() => this.#drain(signal));
      // A request of many packets would swallow the next answer together with the rest of this one.
      if (this.#open > this.#in.packetSize) await quietly(() => this.#clear('in', signal));
    }).catch(() => undefined);
  }

  async reset(): Promise<void> {
    await quietly(() =>
      this.#usb.controlTransferOut(this.#setup(DEVICE_RESET_REQUEST), NOTHING, { timeoutMs: RECOVER_MS }),
    );
  }

  close(): Promise<void> {
    return this.#usb.close();
  }

  async #send(container: Uint8Array, signal: AbortSignal): Promise<void> {
    const options = { timeoutMs: NO_DEADLINE_MS, signal };
    const sent = await this.#usb.transferOut(this.#out.number, container, options);
    if (sent.status === 'stall') throw this.#stalled('out');
    if (container.length % this.#out.packetSize === 0) {
      await this.#usb.transferOut(this.#out.number, NOTHING, options);
    }
  }

  /**
   * The next container. Its head may come in a transfer of its own; behind it a short packet ends the transfer, and
   * with it the container.
   */
  async #container(options: TransactOptions): Promise<{ head: ContainerHead; bytes: Uint8Array }> {
    const first = await this.#first(options.signal);
    const head = understood('a container', () => readContainerHead(first));
    if (head.length > options.maxBytes + CONTAINER_HEAD_BYTES) {
      throw new DeviceError('protocol', `the camera announces ${head.length} bytes`, { offset: 0 });
    }
    if (first.length > head.length) throw wrongLength(head.length, first.length);
    if (first.length === head.length) return { head, bytes: first };
    const pieces = [first];
    let size = first.length;
    while (size < head.length) {
      const asked = Math.min(this.#wholePackets(head.length - size), PIECE_BYTES);
      const piece = await this.#receive(asked, options.signal);
      pieces.push(piece);
      const mayGoOn = piece.length === asked || (size === CONTAINER_HEAD_BYTES && piece.length === 0);
      size += piece.length;
      if (size > head.length || (size < head.length && !mayGoOn)) throw wrongLength(head.length, size);
      options.progress?.(size - CONTAINER_HEAD_BYTES, head.length - CONTAINER_HEAD_BYTES);
    }
    return { head, bytes: joined(pieces) };
  }

  /** The first packet of a container: an empty one ended the container before. */
  async #first(signal: AbortSignal): Promise<Uint8Array> {
    for (let empty = 0; empty <= MAX_EMPTY; empty += 1) {
      const bytes = await this.#receive(this.#in.packetSize, signal);
      if (bytes.length > 0) return bytes;
    }
    throw new DeviceError('protocol', 'the camera sends empty packets only');
  }

  async #receive(length: number, signal: AbortSignal): Promise<Uint8Array> {
    this.#open = Math.max(this.#open, length);
    const options = { timeoutMs: NO_DEADLINE_MS, signal };
    const answer = await this.#usb.transferIn(this.#in.number, length, options);
    this.#open = 0;
    if (answer.status === 'stall') throw this.#stalled('in');
    return answer.data;
  }

  #stalled(direction: 'in' | 'out'): DeviceError {
    this.#halted.add(direction);
    return new DeviceError('protocol', 'the camera refuses to go on: its endpoint stalled');
  }

  async #clear(direction: 'in' | 'out', signal: AbortSignal): Promise<void> {
    const { number } = direction === 'in' ? this.#in : this.#out;
    await this.#usb.clearHalt(direction, number, { timeoutMs: STEP_MS, signal });
    this.#halted.delete(direction);
    if (direction === 'in') this.#open = 0;
  }

  #wholePackets(bytes: number): number {
    return Math.ceil(bytes / this.#in.packetSize) * this.#in.packetSize;
  }

  async #cancel(transaction: number, signal: AbortSignal): Promise<void> {
    const data = new ByteWriter('little').u16(EVENT.cancelTransaction).u32(transaction).toBytes();
    await this.#usb.controlTransferOut(this.#setup(CANCEL_REQUEST), data, { timeoutMs: STEP_MS, signal });
  }

  async #untilReady(signal: AbortSignal): Promise<void> {
    for (;;) {
      const options = { timeoutMs: STEP_MS, signal };
      const answer = await this.#usb.controlTransferIn(this.#setup(GET_DEVICE_STATUS), 20, options);
      if (answer.status === 'stall' || answer.data.length < 4) return;
      const status = datasetReader(answer.data);
      status.skip(2);
      if (status.u16() !== RESPONSE.deviceBusy) return;
      await delay(PAUSE_MS, signal);
    }
  }

  /** Reads what is left of an answer, packet by packet: a longer request would wait behind the next answer. */
  async #drain(signal: AbortSignal): Promise<void> {
    for (;;) {
      const options = { timeoutMs: QUIET_MS, signal };
      const answer = await this.#usb.transferIn(this.#in.number, this.#in.packetSize, options);
      this.#open = 0;
      if (answer.status === 'ok') continue;
      this.#halted.add('in');
      await this.#clear('in', signal);
      return;
    }
  }

  #setup(request: number) {
    const index = this.#usb.interfaceNumber;
    return { requestType: 'class', recipient: 'interface', request, value: 0, index } as const;
  }
}

function endpointOf(usb: UsbTransport, direction: 'in' | 'out', type: 'bulk' | 'interrupt') {
  const found = usb.endpoints.find((one) => one.direction === direction && one.type === type);
  if (found !== undefined) return found;
  throw new DeviceError('unsupported', `the camera has no ${type} ${direction} endpoint`);
}

/** What cannot be done for a camera that is silent or has gone is left: the next operation shows it. */
async function quietly(step: () => Promise<unknown>): Promise<void> {
  await step().catch(() => undefined);
}

function wrongLength(announced: number, came: number): DeviceError {
  return new DeviceError('protocol', `a container of ${announced} bytes ends after ${came}`, {
    offset: Math.min(announced, came),
  });
}
