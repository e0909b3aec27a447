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

/** The finger in a PGM, PNG or raw file, also gzipped; raw files need `size` as `WIDTHxHEIGHT`. */
export async function readFinger(path: string, size: string | undefined): Promise<GreyImage> {
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
        const { width, height } = rawSize(size);
        return greyImage({ width, height, data: bytes, resolutionPpi });
      }
      default:
        throw new InputError('unsupported', 'a finger image is a PGM, PNG or raw file');
    }
  });
}

function withPpi(image: GreyImage): GreyImage {
  return { ...image, resolutionPpi: image.resolutionPpi ?? FINGER_PPI };
}

function rawSize(size: string | undefined): { readonly width: number; readonly height: number } {
  const match = /^(\d{1,5})x(\d{1,5})$/.exec(size ?? '');
  if (match === null) {
    throw new InputError('missing', 'the file is neither PGM nor PNG; a raw image needs its size', {
      remedy: 'give the size in pixels, such as --finger-size 416x560, or convert the file to PNG',
    });
  }
  return { width: Number(match[1]), height: Number(match[2]) };
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
    const { code, message, remedy, offset } = error;
    throw new InputError(code, message, { remedy, offset, path, cause: error });
  }
}
