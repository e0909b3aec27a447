import type { Readable } from 'node:stream';
import { decodePng, greyOf, imageKind, InputError, readPnm, type GreyImage } from '@buergerkoffer/formats';
import { extractMinutiae, readMinutiaeRecord, type Minutia } from '@buergerkoffer/fingerprint/minutiae';
import { readInput } from '../read-input.js';

/** Minutiae of one print, and the image they lie in. */
export interface PrintMinutiae {
  readonly width: number;
  readonly height: number;
  readonly resolutionPpi: number;
  readonly minutiae: readonly Minutia[];
}

/** Largest file that is read, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Most pixels of an image: four times the largest slap at 1000 ppi. */
const MAX_PIXELS = 32_000_000;

/** Resolution of an image that does not tell it. */
const USUAL_PPI = 500;

/**
 * The minutiae in a file, or from `input` where `file` is `-`: extracted from a PGM, PPM or PNG image
 * (colour becomes grey), or the first print of a record of ISO/IEC 19794-2:2005. `ppi` is the resolution of
 * an image that tells none or a wrong one.
 */
export async function readMinutiae(
  file: string,
  input: Readable | undefined,
  ppi?: number,
): Promise<PrintMinutiae> {
  const bytes = await readInput(file, MAX_BYTES, input);
  if (isRecord(bytes)) {
    const { width, height, resolutionPpi, views } = readMinutiaeRecord(bytes);
    const [view] = views;
    if (view === undefined) throw new InputError('missing', 'the record has no print', { offset: 22 });
    return { width, height, resolutionPpi, minutiae: view.minutiae };
  }
  const image = await imageOf(bytes);
  const resolutionPpi = ppi ?? image.resolutionPpi ?? USUAL_PPI;
  const { width, height } = image;
  return { width, height, resolutionPpi, minutiae: extractMinutiae({ ...image, resolutionPpi }) };
}

async function imageOf(bytes: Uint8Array): Promise<GreyImage> {
  const kind = imageKind(bytes);
  const limits = { maxPixels: MAX_PIXELS };
  if (kind === 'png') return greyOf(await decodePng(bytes, limits));
  if (kind === 'pgm' || kind === 'ppm') return greyOf(readPnm(bytes, limits));
  throw new InputError('unsupported', kind === undefined ? 'this is no image' : `${kind} is not read here`, {
    offset: 0,
    remedy: 'give one finger as PGM or PNG, or a record of ISO/IEC 19794-2:2005',
  });
}

function isRecord(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 4)) === 'FMR\0';
}
