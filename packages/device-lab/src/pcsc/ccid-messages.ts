import { ByteReader, ByteWriter } from '@buergerkoffer/formats';
import { ByteQueue } from '../byte-queue.js';

/** What a host says to a reader (CCID 1.10, 6.1). */
export interface CcidCommand {
  readonly type: number;
  readonly slot: number;
  readonly sequence: number;
  /** The third byte of the three that depend on the type, and the two of them that are a number. */
  readonly level: number;
  readonly data: Uint8Array;
}

/** Types of commands that are understood. */
export const COMMAND = {
  iccPowerOn: 0x62,
  iccPowerOff: 0x63,
  getSlotStatus: 0x65,
  xfrBlock: 0x6f,
  getParameters: 0x6c,
  resetParameters: 0x6d,
  setParameters: 0x61,
  abort: 0x72,
} as const;

/** Types of answers (CCID 1.10, 6.2). */
export const ANSWER = { dataBlock: 0x80, slotStatus: 0x81, parameters: 0x82 } as const;

/** What became of a command, in bits 6 and 7 of the status (CCID 1.10, 6.2.6). */
export const OUTCOME = { done: 0, failed: 0x40, timeExtension: 0x80 } as const;

/** State of the card, in bits 0 and 1 of the status. */
export const ICC = { active: 0, present: 1, absent: 2 } as const;

/** Why a command failed (CCID 1.10, table 6.2-2); small numbers name the byte of the command that is wrong. */
export const CCID_ERROR = {
  unknownCommand: 0,
  length: 1,
  slot: 5,
  slotBusy: 0xe0,
  hardware: 0xfb,
  mute: 0xfe,
} as const;

/** Whether an answer is whole, or which part of it this is (CCID 1.10, 6.2.1). */
export const CHAIN = { whole: 0, begins: 1, ends: 2, goesOn: 3, sendMore: 0x10 } as const;

/** How a part of an APDU stands to the others (CCID 1.10, 6.1.4, extended APDU level). */
export const LEVEL = { whole: 0, begins: 1, ends: 2, goesOn: 3, nextPart: 0x10 } as const;

/** An answer without what the command says. */
export interface CcidAnswer {
  readonly type: number;
  readonly outcome: number;
  readonly icc: number;
  readonly error?: number;
  /** Chain parameter, clock status or protocol, by type. */
  readonly extra?: number;
  readonly data?: Uint8Array;
}

/** Bytes ahead of the data of a message. */
export const HEAD_BYTES = 10;

/** Reads commands from a stream of transfers. */
export class CcidCommandReader {
  readonly #mostBytes: number;
  readonly #input = new ByteQueue();
  #begun: { readonly head: Uint8Array; readonly length: number } | undefined;

  /** `mostBytes` of one message, its head included. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  push(bytes: Uint8Array): void {
    this.#input.push(bytes);
  }

  /** The next command, undefined while it is not all there; a longer one than allowed comes without data, and last. */
  next(): CcidCommand | 'too-long' | undefined {
    this.#begun ??= this.#head();
    if (this.#begun === undefined) return undefined;
    const { head, length } = this.#begun;
    if (length > this.#mostBytes - HEAD_BYTES) {
      this.#begun = undefined;
      this.#input.take(this.#input.length);
      return 'too-long';
    }
    const data = this.#input.take(length);
    if (data === undefined) return undefined;
    this.#begun = undefined;
    const reader = new ByteReader(head, { order: 'little' });
    const type = reader.u8();
    reader.skip(4);
    const [slot, sequence] = [reader.u8(), reader.u8()];
    reader.skip(1);
    return { type, slot, sequence, level: reader.u16(), data };
  }

  #head(): { readonly head: Uint8Array; readonly length: number } | undefined {
    const head = this.#input.take(HEAD_BYTES);
    if (head === undefined) return undefined;
    const reader = new ByteReader(head, { order: 'little' });
    reader.skip(1);
    return { head, length: reader.u32() };
  }
}

/** The message that answers a command. */
export function writeAnswer(
  { slot, sequence }: Pick<CcidCommand, 'slot' | 'sequence'>,
  { type, outcome, icc, error = 0, extra = 0, data = new Uint8Array(0) }: CcidAnswer,
): Uint8Array {
  const out = new ByteWriter('little').u8(type).u32(data.length).u8(slot).u8(sequence);
  return out
    .u8(outcome | icc)
    .u8(error)
    .u8(extra)
    .bytes(data)
    .toBytes();
}
