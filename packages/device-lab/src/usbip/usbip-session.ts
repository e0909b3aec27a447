import { InputError } from '@buergerkoffer/formats';
import { readSetup } from '../usb/setup-packet.js';
import type { UsbEngine } from '../usb/usb-engine.js';
import type { Unlink, UsbAnswer, UsbTransfer } from '../usb/usb-transfer.js';
import { ByteQueue } from '../byte-queue.js';
import {
  HEADER_BYTES,
  readCommand,
  TRANSFER_BYTES,
  URB_STATUS,
  writeReturn,
  writeUnlinked,
  type UsbipCommand,
} from './urb-codec.js';

/** Transfers that a host may have pending: more than Linux drivers have by far. */
const PENDING = 1024;

type Submit = Extract<UsbipCommand, { readonly type: 'submit' }>;

/** Sends bytes to the host, in this order. */
export type Send = (...parts: readonly Uint8Array[]) => void;

interface Pending {
  unlink: Unlink;
  readonly outBytes: number;
}

/**
 * One imported device: commands of the host come in as bytes, go to the engine, and its answers go out as bytes, in
 * whatever order the device gives them. What a host takes back is not answered, and nothing that the device sent is
 * lost by it.
 */
export class UsbipSession {
  readonly #engine: UsbEngine;
  readonly #devid: number;
  readonly #send: Send;
  readonly #input: ByteQueue;
  readonly #pending = new Map<number, Pending>();
  /** A command whose data has not all come. */
  #begun: Submit | undefined;
  #outBytes = 0;
  #ended = false;

  /** `devid` is what the host was told to call the device; `input` holds what came behind the import. */
  constructor(engine: UsbEngine, devid: number, send: Send, input = new ByteQueue()) {
    this.#engine = engine;
    this.#devid = devid;
    this.#send = send;
    this.#input = input;
  }

  /**
   * Takes bytes of the host, which belong to the session from now on. Throws `InputError` with the offset in the
   * stream when they are no commands, or too many at once: then the connection is to be closed, and `end()` called.
   */
  receive(bytes: Uint8Array): void {
    this.#input.push(bytes);
    while (!this.#ended) {
      const command = this.#begun ?? this.#command();
      if (command === undefined) return;
      if (command.type === 'unlink') {
        this.#unlink(command.seqnum, command.unlinks);
        continue;
      }
      this.#begun = command;
      const data = this.#input.take(command.direction === 'out' ? command.length : 0);
      if (data === undefined) return;
      this.#begun = undefined;
      this.#submit(command, data);
    }
  }

  /** The connection is over: pending transfers are taken back, nothing is sent any more. Idempotent. */
  end(): void {
    this.#ended = true;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { unlink } of pending) unlink();
  }

  #command(): UsbipCommand | undefined {
    const { offset } = this.#input;
    const header = this.#input.take(HEADER_BYTES);
    if (header === undefined) return undefined;
    const command = readCommand(header, offset);
    if (command.devid !== this.#devid) {
      throw new InputError('malformed', `device ${command.devid} was not imported here`, {
        offset: offset + 8,
      });
    }
    if (command.type === 'submit') this.#checkRoom(command, offset);
    return command;
  }

  #checkRoom({ seqnum, direction, length }: Submit, offset: number): void {
    if (this.#pending.has(seqnum)) {
      throw new InputError('malformed', `transfer ${seqnum} is pending already`, { offset: offset + 4 });
    }
    const outBytes = this.#outBytes + (direction === 'out' ? length : 0);
    if (this.#pending.size < PENDING && outBytes <= TRANSFER_BYTES) return;
    throw new InputError(
      'too-large',
      `more than ${PENDING} transfers or ${TRANSFER_BYTES} bytes are pending`,
      {
        offset,
      },
    );
  }

  #submit(command: Submit, data: Uint8Array): void {
    const transfer = transferOf(command, data);
    if (transfer === undefined) {
      this.#send(writeReturn(command.seqnum, URB_STATUS.stall, 0));
      return;
    }
    const pending: Pending = { unlink: () => undefined, outBytes: data.length };
    this.#pending.set(command.seqnum, pending);
    this.#outBytes += data.length;
    pending.unlink = this.#engine.submit(transfer, (answer) => {
      this.#forget(command.seqnum);
      if (!this.#ended) this.#answer(command, answer);
    });
  }

  #answer({ seqnum, direction, length }: Submit, answer: UsbAnswer): void {
    switch (answer.status) {
      case 'gone':
      case 'overflow':
      case 'disabled':
        this.#send(writeReturn(seqnum, URB_STATUS[answer.status], 0));
        return;
      case 'ok':
      case 'stall':
        if (direction === 'in') {
          const data = answer.data.subarray(0, length);
          this.#send(writeReturn(seqnum, URB_STATUS[answer.status], data.length), data);
        } else {
          this.#send(writeReturn(seqnum, URB_STATUS[answer.status], answer.status === 'ok' ? length : 0));
        }
        return;
      default:
        answer satisfies never;
    }
  }

  #unlink(seqnum: number, unlinks: number): void {
    const pending = this.#forget(unlinks);
    pending?.unlink();
    this.#send(writeUnlinked(seqnum, pending === undefined ? URB_STATUS.ok : URB_STATUS.unlinked));
  }

  #forget(seqnum: number): Pending | undefined {
    const pending = this.#pending.get(seqnum);
    if (pending === undefined) return undefined;
    this.#pending.delete(seqnum);
    this.#outBytes -= pending.outBytes;
    return pending;
  }
}

/** The transfer that a command asks for; undefined for a control request that no device understands. */
function transferOf(
  { direction, endpoint, length, setup }: Submit,
  data: Uint8Array,
): UsbTransfer | undefined {
  if (endpoint > 0) {
    return direction === 'in' ? { type: 'in', endpoint, length } : { type: 'out', endpoint, data };
  }
  const packet = readSetup(setup);
  if (packet === undefined) return undefined;
  // A request without a data stage is OUT to Linux, whatever its setup packet says.
  if (packet.direction === 'in') {
    const asked = direction === 'in' ? Math.min(length, packet.length) : 0;
    return { type: 'control-in', setup: packet.setup, length: asked };
  }
  return direction === 'in' ? undefined : { type: 'control-out', setup: packet.setup, data };
}
