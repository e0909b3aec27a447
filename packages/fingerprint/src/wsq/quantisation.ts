import type { Rectangle, SubbandTree } from './subbands.js';
import type { Plane } from './transform.js';

/** How each subband becomes whole numbers (IAFIS-IC-0110 V3, 5.4); the arrays have an entry per subband. */
export interface WsqQuantisation {
  /** Where in its bin a value is put back: 0 at the outer, 1 at the inner edge. */
  readonly binCentre: number;
  /** Widths of the bins; 0 where a subband is not coded. */
  readonly binWidths: readonly number[];
  /** Widths of the bin around zero. */
  readonly zeroBinWidths: readonly number[];
}

/** The bin centre of every encoder (IAFIS-IC-0110 V3, part 3). */
export const BIN_CENTRE = 0.44;

const ZERO_BIN_RATIO = 1.2;
/** The widest bin whose zero bin a file can state; no sample reaches it. */
const WIDEST_BIN = 65_535 / ZERO_BIN_RATIO;
/** Largest amount that a sample becomes: 15 bits are what NBIS reads. */
const MOST_BINS = 32_767;
/** Subbands with a smaller variance are not coded. */
const LEAST_VARIANCE = 1.01;
/** Below this sum of variances the image is almost empty, and its edge counts. */
const LEAST_SUM_OF_VARIANCES = 20_000;
/** A subband whose bins would be wider than so many standard deviations takes no share of the bits. */
const WIDEST_BIN_IN_SIGMAS = 5;

/** Weights in the widths of bins of subbands 52 to 59; 1 before. */
const WEIGHTS: readonly number[] = [1.32, 1.08, 1.42, 1.08, 1.32, 1.42, 1.08, 1.08];

/**
 * Variance of each subband: over its middle, or over all of it where the four lowest vary little in the
 * middle (IAFIS-IC-0110 V3, part 3). A middle without two samples, in images below 96 pixels, gives way to
 * the whole.
 */
export function subbandVariances(plane: Plane, { subbands }: SubbandTree): readonly number[] {
  const inner = subbands.map((subband) => {
    const middle = middleOf(subband);
    return variance(plane, middle.width * middle.height < 2 ? subband : middle);
  });
  const lowest = inner.slice(0, 4).reduce((sum, each) => sum + each, 0);
  return lowest < LEAST_SUM_OF_VARIANCES ? subbands.map((subband) => variance(plane, subband)) : inner;
}

/**
 * The widths of bins with which an image of these variances takes about `bitRate` bits per pixel. `peakOf`
 * gives the largest amount of a subband's samples, where bins are so narrow that it could have too many of
 * them.
 */
export function quantisationFor(
  variances: readonly number[],
  bitRate: number,
  peakOf: (subband: number) => number,
): WsqQuantisation {
  const relative = variances.map(relativeWidth);
  const scale = scaleFor(variances, relative, bitRate);
  const binWidths = relative.map((unscaled, subband) => {
    const width = unscaled / scale;
    if (unscaled === 0 || width >= 1) return unscaled === 0 ? 0 : Math.min(width, WIDEST_BIN);
    return Math.max(width, peakOf(subband) / MOST_BINS);
  });
  return {
    binCentre: BIN_CENTRE,
    binWidths,
    zeroBinWidths: binWidths.map((width) => ZERO_BIN_RATIO * width),
  };
}

/** The largest amount of the samples of a subband. */
export function peakOf({ samples, stride }: Plane, subband: Rectangle | undefined): number {
  const { left = 0, top = 0, width = 0, height = 0 } = subband ?? {};
  let peak = 0;
  for (let row = 0; row < height; row += 1) {
    const start = (top + row) * stride + left;
    for (let at = start; at < start + width; at += 1) peak = Math.max(peak, Math.abs(samples[at] ?? 0));
  }
  return peak;
}

/** Width of a subband's bins before the bit rate scales them; 0 where it is not coded. */
function relativeWidth(variance: number, subband: number): number {
  if (variance < LEAST_VARIANCE) return 0;
  if (subband < 4) return 1;
  return 10 / ((WEIGHTS[subband - 52] ?? 1) * Math.log(variance));
}

/** The samples of a subband for each pixel of the image. */
function share(subband: number): number {
  return subband < 4 ? 1 / 1024 : subband <= 50 ? 1 / 256 : 1 / 16;
}

/**
 * The number that divides all relative widths, so that the subbands which take bits take `bitRate` together.
 */
function scaleFor(variances: readonly number[], relative: readonly number[], bitRate: number): number {
  const sigmas = variances.map(Math.sqrt);
  let active = [...relative.keys()].filter((subband) => (relative[subband] ?? 0) > 0);
  for (;;) {
    let shares = 0;
    let logarithm = 0;
    for (const subband of active) {
      shares += share(subband);
      logarithm += share(subband) * Math.log((sigmas[subband] ?? 0) / (relative[subband] ?? 1));
    }
    const scale = Math.exp(Math.LN2 * (bitRate / shares - 1) - logarithm / shares) / 2.5;
    const kept = active.filter(
      (subband) => (relative[subband] ?? 0) / scale < WIDEST_BIN_IN_SIGMAS * (sigmas[subband] ?? 0),
    );
    if (kept.length === active.length || kept.length === 0) return scale;
    active = kept;
  }
}

/** The part of a subband that holds the print rather than the edge of the image. */
function middleOf({ left, top, width, height }: Rectangle): Rectangle {
  return {
    left: left + Math.floor(width / 8),
    top: top + Math.floor((9 * height) / 32),
    width: Math.floor((3 * width) / 4),
    height: Math.floor((7 * height) / 16),
  };
}

/** Of a single sample it is its square, or it would not be coded at all. */
function variance({ samples, stride }: Plane, { left, top, width, height }: Rectangle): number {
  const count = width * height;
  if (count === 0) return 0;
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < height; row += 1) {
    const start = (top + row) * stride + left;
    for (let at = start; at < start + width; at += 1) {
      const sample = samples[at] ?? 0;
      sum += sample;
      squares += sample * sample;
    }
  }
  return count === 1 ? squares : Math.max(0, (squares - (sum * sum) / count) / (count - 1));
}
