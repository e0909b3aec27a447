import { encodeWsq } from '@buergerkoffer/fingerprint/wsq';
import { imageKind, InputError } from '@buergerkoffer/formats';
import { printOf } from './read-print.js';

/** Largest WSQ file of a chip (BSI TR-03121-3, COM-FP-WSQR). */
const MAX_WSQ_BYTES = 18_431;
/** Resolution of the chip's print, to one per cent. */
const CHIP_PPI = 500;

/**
 * The WSQ file for a record: the bytes themselves where they are one or no picture (the record then says what is wrong
 * with them), else the picture compressed as the guideline asks. A print is compressed once: WSQ is never made again.
 */
export async function wsqForChip(bytes: Uint8Array): Promise<Uint8Array> {
  const kind = imageKind(bytes);
  if (kind === undefined || kind === 'wsq') return bytes;
  const image = await printOf(bytes);
  const { resolutionPpi = CHIP_PPI } = image;
  if (Math.abs(resolutionPpi - CHIP_PPI) > CHIP_PPI / 100) {
    throw new InputError(
      'unsupported',
      `the picture has ${resolutionPpi} pixels per inch, the chip's has 500`,
      {
        path: 'resolutionPpi',
        remedy: 'bring the picture to 500 ppi before it is compressed',
      },
    );
  }
  return encodeWsq(image, { maxBytes: MAX_WSQ_BYTES }).bytes;
}
