import { InputError } from '@buergerkoffer/formats';

/** Sizes of a file, in bytes. */
export interface ByteRange {
  readonly minBytes: number;
  readonly maxBytes: number;
}

/** A file, and the rate that it was made at. */
interface AtRate {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly bitRate: number;
}

/** Rates below are not tried: at 0.0001 bit per pixel nothing of a print is left. */
const LEAST_RATE = 1e-4;

/** As many files are made at most; each one narrows the range of rates. */
const MAX_ATTEMPTS = 24;

/**
 * Lowers the rate until the file has `minBytes` to `maxBytes` (BSI TR-03121-3, COM-FP-WSQR). Where the sizes
 * jump over that range, it is the largest file found that has at most `maxBytes`. `tooLarge` is the first
 * attempt.
 */
export function rateWithin(
  { minBytes, maxBytes }: ByteRange,
  encodeAt: (bitRate: number) => Uint8Array<ArrayBuffer>,
  tooLarge: AtRate,
): AtRate {
  let above = tooLarge;
  let below: AtRate | undefined;
  let largest: AtRate | undefined;
  const aimed = (minBytes + maxBytes) / 2;
  for (let attempt = 0; attempt < MAX_ATTEMPTS && above.bitRate > LEAST_RATE; attempt += 1) {
    const bitRate = Math.max(LEAST_RATE, nextRate(above, below, aimed));
    const bytes = encodeAt(bitRate);
    if (bytes.length > maxBytes) {
      above = { bytes, bitRate };
      continue;
    }
    if (bytes.length >= minBytes) return { bytes, bitRate };
    below = { bytes, bitRate };
    if (largest === undefined || bytes.length > largest.bytes.length) largest = below;
  }
  if (largest !== undefined) return largest;
  throw new InputError('out-of-range', `the smallest file of this image has ${above.bytes.length} bytes`, {
    path: 'maxBytes',
    remedy: 'allow a larger file, or crop the image',
  });
}

/**
 * The rate between two attempts at which a straight line from size to size meets the aim; kept off the ends.
 */
function nextRate(above: AtRate, below: AtRate | undefined, aimed: number): number {
  if (below === undefined) {
    // A size falls more slowly than its rate.
    return above.bitRate * Math.min(0.95, (aimed / above.bytes.length) ** 1.5);
  }
  const part = (aimed - below.bytes.length) / (above.bytes.length - below.bytes.length);
  return below.bitRate + (above.bitRate - below.bitRate) * Math.min(0.9, Math.max(0.1, part));
}
