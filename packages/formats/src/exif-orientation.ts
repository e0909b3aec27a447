import { InputError } from './error.js';
import { readTiffDirectory } from './tiff-directory.js';

/** Where the stored first row and column belong: 1 upright, 3 half turn, 6 quarter turn right, 8 left; even with mirror: 2, 4, 5, 7. */
export type ExifOrientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const ORIENTATION_TAG = 0x0112;

/** Orientation in the first directory of Exif data (TIFF header first); absent or damaged is `undefined`: a picture is not refused for it. */
export function exifOrientation(tiff: Uint8Array): ExifOrientation | undefined {
  try {
    const value = readTiffDirectory(tiff).get(ORIENTATION_TAG);
    return ORIENTATIONS.find((orientation) => orientation === value);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
