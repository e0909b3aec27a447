import { InputError, type ByteReader } from '@buergerkoffer/formats';
import type { FingerCompression } from './finger-view.js';

/** Compression codes of 2005 in their order (ISO/IEC 19794-4:2005, table 6). */
export const COMPRESSIONS_2005: readonly FingerCompression[] = [
  'none',
  'bit-packed',
  'wsq',
  'jpeg',
  'jpeg-2000',
  'png',
];

/** Compression codes of 2011 in their order (ISO/IEC 19794-4:2011, table 9). */
export const COMPRESSIONS_2011: readonly FingerCompression[] = [
  'none',
  'bit-packed',
  'wsq',
  'jpeg',
  'jpeg-2000',
  'jpeg-2000-lossless',
  'png',
];

/** Pixels per inch for each of the units of scale: 1 per inch, 2 per centimetre. */
export function readPpiPerUnit(reader: ByteReader): number {
  const offset = reader.offset;
  const unit = reader.u8();
  if (unit === 1) return 1;
  if (unit === 2) return 2.54;
  throw new InputError('unsupported', 'units of scale are 1 (ppi) or 2 (pixels per cm)', { offset });
}

/** The next byte as one of the compressions. */
export function readCompression(reader: ByteReader, known: readonly FingerCompression[]): FingerCompression {
  const offset = reader.offset;
  const compression = known[reader.u8()];
  if (compression !== undefined) return compression;
  throw new InputError('unsupported', `compression codes are 0 to ${known.length - 1}`, { offset });
}

/** Two resolutions in pixels per inch. */
export function readPpi(reader: ByteReader, ppiPerUnit: number): readonly [number, number] {
  return [reader.u16() * ppiPerUnit, reader.u16() * ppiPerUnit];
}

/** Refuses a record whose length is not that of its bytes. */
export function checkRecordLength(stated: number, actual: number, offset: number): void {
  if (stated === actual) return;
  throw new InputError(
    stated > actual ? 'truncated' : 'malformed',
    `the record states ${stated} bytes and has ${actual}`,
    { offset },
  );
}
