import {
  delay,
  DeviceError,
  type CallOptions,
  type UsbEndpoint,
  type UsbSetup,
  type UsbTransport,
} from '@buergerkoffer/core';
import type { AttentionReason } from '../ipp/index.js';
import { readDeviceId, type DeviceId } from './device-id.js';

/** Requests of the class (USB Printer Class 1.1, 4.2). */
const GET_DEVICE_ID = 0;
const GET_PORT_STATUS = 1;
const SOFT_RESET = 2;
/** Bits of the port status. */
const NOT_ERROR = 0x08;
const SELECTED = 0x10;
const PAPER_EMPTY = 0x20;
const MOST_ID_BYTES = 1023;
const PIECE_BYTES = 16 * 1024;
/** How long one piece may take before the printer is asked what it lacks, in milliseconds. */
const PIECE_MS = 1_000;

/** A printer of the plain class on its interface. */
export class PrinterClass {
  readonly #usb: UsbTransport;
  readonly #out: UsbEndpoint;

  constructor(usb: UsbTransport) {
    this.#usb = usb;
    const out = usb.endpoints.find((one) => one.direction === 'out' && one.type === 'bulk');
    if (out === undefined) throw new DeviceError('unsupported', 'the printer has no bulk out endpoint');
    this.#out = out;
  }

  async deviceId(options: CallOptions = {}): Promise<DeviceId> {
    const index = this.#usb.interfaceNumber << 8;
    const setup = {
      requestType: 'class',
      recipient: 'interface',
      request: GET_DEVICE_ID,
      value: 0,
      index,
    } as const;
    const answer = await this.#usb.controlTransferIn(setup, MOST_ID_BYTES, options);
    if (answer.status === 'stall')
      throw new DeviceError('unsupported', 'the printer does not say what it is');
    try {
      return readDeviceId(answer.data);
    } catch (error) {
      throw new DeviceError('protocol', 'the device id of the printer makes no sense', { cause: error });
    }
  }

  /** What stops the printer; undefined when nothing does, or it does not tell. */
  async hindrance(options: CallOptions = {}): Promise<AttentionReason | undefined> {
    const answer = await this.#usb.controlTransferIn(requestTo(this.#usb, GET_PORT_STATUS), 1, options);
    const status = answer.status === 'stall' ? undefined : answer.data[0];
    if (status === undefined) return undefined;
    if ((status & PAPER_EMPTY) !== 0) return 'media-empty';
    if ((status & NOT_ERROR) === 0) return 'other';
    return (status & SELECTED) === 0 ? 'paused' : undefined;
  }

  /** Sends all of `bytes`; `waiting` hears what the printer lacks while it takes none. */
  async send(
    bytes: Uint8Array,
    waiting: (reason: AttentionReason | undefined) => void,
    signal: AbortSignal,
  ): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      const transfer = this.#usb.transferOut(this.#out.number, bytes.subarray(at, at + PIECE_BYTES), {
        timeoutMs: Number.MAX_SAFE_INTEGER,
        signal,
      });
      const watching = new AbortController();
      void this.#watch(waiting, watching.signal);
      const sent = await transfer.finally(() => {
        watching.abort();
      });
      if (sent.status === 'ok') continue;
      await this.#usb.clearHalt('out', this.#out.number, { signal }).catch(() => undefined);
      throw new DeviceError('protocol', 'the printer refuses to take the document: its endpoint stalled');
    }
  }

  /** Throws away what the printer has and does not print yet. */
  async reset(options: CallOptions = {}): Promise<void> {
    await softReset(this.#usb, options);
  }

  async #watch(waiting: (reason: AttentionReason | undefined) => void, signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        await delay(PIECE_MS, signal);
        const reason = await this.hindrance({ signal });
        if (!signal.aborted) waiting(reason);
      }
    } catch {
      // Sent, or the line has ended: whoever sends hears of it.
    }
  }
}

/** Makes a printer forget what it was told; one that does not know how stalls, and nothing is lost. */
export async function softReset(usb: UsbTransport, options: CallOptions = {}): Promise<void> {
  await usb.controlTransferOut(requestTo(usb, SOFT_RESET), new Uint8Array(), options);
}

/** A request of the class to the interface of the transport. */
function requestTo({ interfaceNumber }: UsbTransport, request: number): UsbSetup {
  return { requestType: 'class', recipient: 'interface', request, value: 0, index: interfaceNumber };
}
