import type { Readable } from 'node:stream';
import { checkImageSize, greyImage, imageKind, InputError, type GreyImage } from '@buergerkoffer/formats';
import { readInput } from '../read-input.js';
import { decodeImage, MAX_FILE_BYTES, MAX_PIXELS } from './decode-image.js';

const REMEDY = 'give one finger as 8-bit grey PGM or PNG, at 500 ppi';

/**
 * An 8-bit grey image from a PGM or PNG file, or from `input` where `file` is `-`. Colour, more than 8 bits,
 * and other kinds of file are `InputError('unsupported')`: what happens to them would change the quality that
 * is measured.
 */
export async function readPrint(file: string, input: Readable | undefined): Promise<GreyImage> {
  return printOf(await readInput(file, MAX_FILE_BYTES, input));
}

/** As {@link readPrint}, from bytes. */
export async function printOf(bytes: Uint8Array): Promise<GreyImage> {
  const image = await decodeImage(bytes, REMEDY);
  if (bitsPerSample(bytes) > 8) throw unsupported('the image has more than 8 bits per sample');
  if (image.channels === 3) throw unsupported('this is a colour image');
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
  const data = await readInput(file, MAX_FILE_BYTES, input);
  if (data.length === width * height) return greyImage({ width, height, data });
  const message = `${width} x ${height} pixels are ${width * height} bytes, the file has ${data.length}`;
  throw new InputError(data.length < width * height ? 'truncated' : 'malformed', message, {
    offset: Math.min(data.length, width * height),
    remedy: 'give the width and height of the image; raw images are 8-bit grey without a header',
  });
}

/** What the header says; the file was decoded before and is sound. */
function bitsPerSample(bytes: Uint8Array): number {
  if (imageKind(bytes) === 'png') return bytes[24] ?? 0;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096)).replaceAll(/#[^\r\n]*/g, '');
  const [, , , maxval = '0'] = head.split(/\s+/);
  return Number.parseInt(maxval, 10) > 255 ? 16 : 8;
}

function unsupported(message: string): InputError {
  return new InputError('unsupported', message, { offset: 0, remedy: REMEDY });
}
