import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { photoFromFile, type Photo } from '@buergerkoffer/camera';
import {
  decodePng,
  greyImage,
  greyOf,
  imageKind,
  InputError,
  readPnm,
  type GreyImage,
} from '@buergerkoffer/formats';

/** Largest file that is taken, in bytes. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;
/** Resolution of a finger image that does not tell its own, in pixels per inch (TR-03121: 500 or 1000). */
const FINGER_PPI = 500;

/** The photo in a JPEG or PNG file. */
export async function readPhoto(path: string): Promise<Photo> {
  const bytes = await readInput(path);
  return told(path, () => photoFromFile(bytes));
}

/** Size of a raw image in pixels. */
export interface RawSize {
  readonly width: number;
  readonly height: number;
}

const SIZE_MISSING = 'the file is neither PGM nor PNG; a raw image needs its size';
const SIZE_REMEDY = 'give the size in pixels, such as --finger-size 416x560, or convert the file to PNG';

/** `text` as `WIDTHxHEIGHT` in pixels, each from 1 to 99999; `InputError` otherwise. */
export function rawSize(text: string): RawSize {
  const match = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(text);
  if (match === null) {
    throw new InputError('out-of-range', 'a size is WIDTHxHEIGHT in pixels, each from 1 to 99999', {
      path: 'finger-size',
      remedy: SIZE_REMEDY,
    });
  }
  return { width: Number(match[1]), height: Number(match[2]) };
}

/** The finger in a PGM, PNG or raw file, also gzipped; raw files need their `size`. */
export async function readFinger(path: string, size: RawSize | undefined): Promise<GreyImage> {
  const file = await readInput(path);
  return told(path, async () => {
    const bytes = unzipped(file);
    const resolutionPpi = FINGER_PPI;
    switch (imageKind(bytes)) {
      case 'pgm':
      case 'ppm':
        return withPpi(greyOf(readPnm(bytes)));
      case 'png':
        return withPpi(greyOf(await decodePng(bytes)));
      case undefined: {
        if (size === undefined) throw new InputError('missing', SIZE_MISSING, { remedy: SIZE_REMEDY });
        return greyImage({ ...size, data: bytes, resolutionPpi });
      }
      default:
        throw new InputError('unsupported', 'a finger image is a PGM, PNG or raw file');
    }
  });
}

function withPpi(image: GreyImage): GreyImage {
  return { ...image, resolutionPpi: image.resolutionPpi ?? FINGER_PPI };
}

function unzipped(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES });
  } catch (error) {
    throw new InputError('malformed', 'the gzip file is damaged or too large', { cause: error });
  }
}

async function readInput(path: string): Promise<Uint8Array> {
  try {
    const bytes = new Uint8Array(await readFile(path));
    if (bytes.length > MAX_FILE_BYTES)
      throw new InputError('too-large', `the file has more than 64 MiB`, { path });
    return bytes;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError('missing', 'the image file cannot be read', { path, cause: error });
  }
}

/** Runs `read`; what it finds wrong is told with the name of the file. */
async function told<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.code, error.message, { ...error.toJSON(), path, cause: error });
  }
}
