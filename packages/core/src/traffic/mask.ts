import type { ByteRun, TrafficBytes } from './traffic-bytes.js';
import type { Masking, TrafficLine } from './traffic-line.js';

/** Heads of messages tell what they are; pictures, templates and texts come after. In bytes. */
const HEAD_BYTES = 32;
/** CLA, INS, P1, P2 and the length of a command APDU; SW1 SW2 of an answer. In bytes. */
const APDU_HEAD_BYTES = 5;
const STATUS_WORD_BYTES = 2;
/** A run of so many digits may be the number of a person, a card or a telephone. */
const LONG_NUMBER = 5;

/** Which way the bytes went. */
type Direction = 'sent' | 'received';

/**
 * `bytes` as a recording with `masking` holds them. `personal` hides what is likely to be about a person: of a card all
 * but heads and status words, of an HTTP body everything, of any other message all after the first 32 bytes, and
 * within them runs of five and more digits. It cannot know a protocol: look at a file before you send it.
 */
export function masked(
  masking: Masking,
  op: TrafficLine['op'],
  direction: Direction,
  bytes: Uint8Array,
): TrafficBytes {
  switch (masking) {
    case 'none':
      return known(bytes);
    case 'all':
      return hidden(bytes.length);
    case 'personal':
      return personal(op, direction, bytes);
    default:
      return masking satisfies never;
  }
}

function personal(op: TrafficLine['op'], direction: Direction, bytes: Uint8Array): TrafficBytes {
  switch (op) {
    case 'request':
      return hidden(bytes.length);
    case 'transmit': {
      if (direction === 'sent') return headOnly(bytes, APDU_HEAD_BYTES);
      const end = Math.max(0, bytes.length - STATUS_WORD_BYTES);
      return [...hidden(end), ...known(bytes.subarray(end))];
    }
    case 'control':
    case 'card':
      return known(bytes);
    default:
      return [
        ...withoutLongNumbers(bytes.subarray(0, HEAD_BYTES)),
        ...hidden(Math.max(0, bytes.length - HEAD_BYTES)),
      ];
  }
}

function headOnly(bytes: Uint8Array, length: number): TrafficBytes {
  return [...known(bytes.subarray(0, length)), ...hidden(Math.max(0, bytes.length - length))];
}

function withoutLongNumbers(bytes: Uint8Array): TrafficBytes {
  const runs: ByteRun[] = [];
  let from = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    let digits = 0;
    while (isDigit(bytes[at + digits])) digits += 1;
    if (digits >= LONG_NUMBER) {
      runs.push(...known(bytes.subarray(from, at)), { hidden: digits });
      from = at + digits;
    }
    at += digits;
  }
  return [...runs, ...known(bytes.subarray(from))];
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function known(bytes: Uint8Array): TrafficBytes {
  return bytes.length === 0 ? [] : [{ bytes: bytes.slice() }];
}

function hidden(length: number): TrafficBytes {
  return length === 0 ? [] : [{ hidden: length }];
}
