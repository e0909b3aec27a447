import { ByteReader } from '@buergerkoffer/formats';

/**
 * What the U.are.U 4500 says and is told. Facts from a recorded session and from libfprint's driver of this family
 * (`libfprint/drivers/uru4000.c`); the maker publishes none.
 */

/** The vendor request that reads and writes registers; its value is the register. */
export const REGISTER_REQUEST = 4;

/** Registers. */
export const REGISTER = {
  /** Power and state of the sensor, one byte: {@link POWER}. */
  power: 0x07,
  /** Five bytes are written: the number of a key, and a seed as u32 little endian. */
  keyQuestion: 0x33,
  /** The key of the last question, XORed with its seed, u32 little endian. */
  key: 0x34,
  /** What the sensor does: {@link MODE}. */
  mode: 0x4e,
  /** Sixteen bytes about hardware and firmware; which byte is which is not known. */
  version: 0xf0,
} as const;

/** Bits of the power register. */
export const POWER = {
  /** The sensor is awake after a reset. */
  ready: 0x01,
  /** With `off` together: it hangs, and comes to itself when the upper four bits are cleared. */
  confused: 0x04,
  off: 0x80,
  /** What is kept when it is switched on. */
  kept: 0x0f,
} as const;

/** Values of the mode register. */
export const MODE = { awaitFinger: 0x10, awaitLift: 0x12, capture: 0x20, off: 0x70 } as const;
/** One of {@link MODE}. */
export type Mode = (typeof MODE)[keyof typeof MODE];

/** The endpoint of reports, and the bytes of one. */
export const REPORT = { endpoint: 1, bytes: 64 } as const;

/** Reports by their first two bytes, big endian. */
const REPORTS = new Map([
  [0x56aa, 'powered'],
  [0x0101, 'finger-on'],
  [0x0200, 'finger-off'],
  [0x0800, 'power-lost'],
] as const);

/** What the sensor reports by itself; `other` is not understood and means nothing to us. */
export type Report = 'powered' | 'finger-on' | 'finger-off' | 'power-lost' | 'other';

/** A report of the interrupt endpoint. `InputError('truncated')` for less than two bytes. */
export function readReport(bytes: Uint8Array): Report {
  return REPORTS.get(new ByteReader(bytes).u16() as 0x56aa) ?? 'other';
}
