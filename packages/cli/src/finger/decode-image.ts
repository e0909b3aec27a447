import {
  decodePng,
  imageKind,
  InputError,
  readPnm,
  type GreyImage,
  type RgbImage,
} from '@buergerkoffer/formats';

/** Largest file with an image or a record of a finger that is read, in bytes. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** Most pixels of an image: four times the largest slap at 1000 ppi. */
export const MAX_PIXELS = 32_000_000;

/** The image in the bytes of a PNG, PGM or PPM file; other files are `InputError('unsupported')` with `remedy`. */
export async function decodeImage(bytes: Uint8Array, remedy: string): Promise<GreyImage | RgbImage> {
  const limits = { maxPixels: MAX_PIXELS };
  const kind = imageKind(bytes);
  if (kind === 'png') return decodePng(bytes, limits);
  if (kind === 'pgm' || kind === 'ppm') return readPnm(bytes, limits);
  throw new InputError('unsupported', kind === undefined ? 'this is no image' : `${kind} is not read here`, {
    offset: 0,
    remedy,
  });
}
