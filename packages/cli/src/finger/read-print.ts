import type { Readable } from 'node:stream';
import {
  checkImageSize,
  decodePng,
  greyImage,
  imageKind,
  InputError,
  readPnm,
  type GreyImage,
} from '@buergerkoffer/formats';
import { readInput } from '../read-input.js';

/** Largest image file that is read, in bytes. */
const MAX_IMAGE_BYTES = 64 * 1024 * 1024;
/** Most pixels of an image: four times the largest slap at 1000 ppi. */
const MAX_PIXELS = 32_000_000;

/**
 * An 8-bit grey image from a PGM or PNG file, or from `input` where `file` is `-`. Colour, more than 8 bits,
 * and other kinds of file are `InputError('unsupported')`: what happens to them would change the quality that
 * is measured.
 */
export async function readPrint(file: string, input: Readable | undefined): Promise<GreyImage> {
  const bytes = await readInput(file, MAX_IMAGE_BYTES, input);
  const kind = imageKind(bytes);
  if (kind !== 'png' && kind !== 'pgm' && kind !== 'ppm') {
    throw unsupported(kind === undefined ? 'this is no image' : `${kind} images are not read here`, 0);
  }
  const limits = { maxPixels: MAX_PIXELS };
  const image = kind === 'png' ? await decodePng(bytes, limits) : readPnm(bytes, limits);
  if (bitsPerSample(bytes, kind) > 8) throw unsupported('the image has more than 8 bits per sample', 0);
  if (image.channels === 3) throw unsupported('this is a colour image', 0);
  return image;
}

/**
 * An image of raw bytes, one for each of `width * height` pixels, from the top left; another number of bytes is
 * `InputError`.
 */
export async function readRawPrint(
  file: string,
  width: number,
  height: number,
  input: Readable | undefined,
): Promise<GreyImage> {
  checkImageSize(width, height, MAX_PIXELS);
  const data = await readInput(file, MAX_IMAGE_BYTES, input);
  if (data.length === width * height) return greyImage({ width, height, data });
  const message = `${width} x ${height} pixels are ${width * height} bytes, the file has ${data.length}`;
  throw new InputError(data.length < width * height ? 'truncated' : 'malformed', message, {
    offset: Math.min(data.length, width * height),
    remedy: 'give the width and height of the image; raw images are 8-bit grey without a header',
  });
}

/** What the header says; the file was decoded before and is sound. */
function bitsPerSample(bytes: Uint8Array, kind: 'png' | 'pgm' | 'ppm'): number {
  if (kind === 'png') return bytes[24] ?? 0;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096)).replaceAll(/#[^\r\n]*/g, '');
  const [, , , maxval = '0'] = head.split(/\s+/);
  return Number.parseInt(maxval, 10) > 255 ? 16 : 8;
}

function unsupported(message: string, offset: number): InputError {
  return new InputError('unsupported', message, {
    offset,
    remedy: 'give one finger as 8-bit grey PGM or PNG, at 500 ppi',
  });
}
