import { InputError, type ByteReader } from '@buergerkoffer/formats';
import type { CardPresence } from '../../transport.js';
import type { Answer } from './messages.js';

/** The service tells of so many slots, used or not (PCSCLITE_MAX_READERS_CONTEXTS). */
const SLOTS = 16;
const NAME_BYTES = 128;
const ATR_BYTES = 33;
/** Length of the ATR of a reader that is not ready yet (READER_NOT_INITIALIZED). */
const NOT_READY = ATR_BYTES + 1;
/** Bits of a state: a card is in, none is (SCARD_PRESENT, SCARD_ABSENT). Neither: the reader does not answer now. */
const STATE = { absent: 0x02, present: 0x04 } as const;

/** What the service tells of one reader. */
export interface ReaderStatus {
  readonly name: string;
  /** Goes up, modulo 65,536, with each card that comes or goes; 0 when the reader is new. */
  readonly cardEvents: number;
  /** Undefined while the reader is not ready, or does not answer. A card that is mute has no ATR. */
  readonly presence: CardPresence | undefined;
}

/** The readers that are there: CMD_GET_READERS_STATE, and the first answer to a wait. */
export const READERS: Answer<readonly ReaderStatus[]> = {
  bytes: SLOTS * 184,
  read: (reader) =>
    Array.from({ length: SLOTS }, () => readerStatus(reader)).filter(({ name }) => name !== ''),
};

/** 184 bytes (READER_STATE of pcsc-lite's `readers.h`, `eventhandler.h` until 2.0). */
function readerStatus(reader: ByteReader): ReaderStatus {
  const name = textOf(reader.bytes(NAME_BYTES));
  const cardEvents = reader.u32() & 0xffff;
  const state = reader.u32();
  reader.skip(4); // who shares it
  const atr = reader.bytes(ATR_BYTES);
  reader.skip(3);
  const offset = reader.offset;
  const atrBytes = reader.u32();
  reader.skip(4); // protocol
  if (name !== '' && atrBytes > NOT_READY) {
    throw new InputError('out-of-range', `an ATR of ${atrBytes} bytes`, { offset });
  }
  return { name, cardEvents, presence: presenceOf(state, atr, atrBytes) };
}

function presenceOf(state: number, atr: Uint8Array, atrBytes: number): CardPresence | undefined {
  if (atrBytes === NOT_READY) return undefined;
  if ((state & STATE.present) !== 0) return { state: 'present', atr: atr.slice(0, atrBytes) };
  return (state & STATE.absent) !== 0 ? { state: 'absent' } : undefined;
}

function textOf(field: Uint8Array): string {
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}
