import { ByteReader, type ByteOrder } from './byte-reader.js';
import { InputError } from './error.js';

/** Where the stored first row and column belong: 1 upright, 3 half turn, 6 quarter turn right, 8 left; even with mirror: 2, 4, 5, 7. */
export type ExifOrientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const ORIENTATION_TAG = 0x0112;
const SHORT = 3;

/** Orientation in the first directory of Exif data (TIFF header first); absent or damaged is `undefined`: a picture is not refused for it. */
export function exifOrientation(tiff: Uint8Array): ExifOrientation | undefined {
  try {
    return readOrientation(tiff);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function readOrientation(tiff: Uint8Array): ExifOrientation | undefined {
  const order = byteOrder(tiff);
  if (order === undefined) return undefined;
  const reader = new ByteReader(tiff, { order });
  reader.skip(2);
  if (reader.u16() !== 42) return undefined;
  reader.skip(reader.u32() - 8);
  const entries = reader.u16();
  for (let entry = 0; entry < entries; entry += 1) {
    const tag = reader.u16();
    const type = reader.u16();
    const count = reader.u32();
    const value = reader.u16();
    reader.skip(2);
    if (tag !== ORIENTATION_TAG || type !== SHORT || count !== 1) continue;
    return ORIENTATIONS.find((orientation) => orientation === value);
  }
  return undefined;
}

function byteOrder(tiff: Uint8Array): ByteOrder | undefined {
  if (tiff[0] !== tiff[1]) return undefined;
  return tiff[0] === 0x49 ? 'little' : tiff[0] === 0x4d ? 'big' : undefined;
}
