import type { Readable } from 'node:stream';
import { greyOf, InputError } from '@buergerkoffer/formats';
import { extractMinutiae, readMinutiaeRecord, type Minutia } from '@buergerkoffer/fingerprint/minutiae';
import { readInput } from '../read-input.js';
import { decodeImage, MAX_FILE_BYTES } from './decode-image.js';

/** Minutiae of one print, and the image they lie in. */
export interface PrintMinutiae {
  readonly width: number;
  readonly height: number;
  readonly resolutionPpi: number;
  readonly minutiae: readonly Minutia[];
}

const REMEDY = 'give one finger as PGM or PNG, or a record of ISO/IEC 19794-2:2005';

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
  const bytes = await readInput(file, MAX_FILE_BYTES, input);
  if (isRecord(bytes)) {
    const { width, height, resolutionPpi, views } = readMinutiaeRecord(bytes);
    const [view] = views;
    if (view === undefined) throw new InputError('missing', 'the record has no print', { offset: 22 });
    return { width, height, resolutionPpi, minutiae: view.minutiae };
  }
  const image = greyOf(await decodeImage(bytes, REMEDY));
  const resolutionPpi = ppi ?? image.resolutionPpi ?? USUAL_PPI;
  const { width, height } = image;
  return { width, height, resolutionPpi, minutiae: extractMinutiae({ ...image, resolutionPpi }) };
}

function isRecord(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 4)) === 'FMR\0';
}
