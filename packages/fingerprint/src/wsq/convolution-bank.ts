import type { FilterBank } from './filter-bank.js';
import type { WsqFilters } from './filters.js';
import { mirrorEdges, mirrorEnds } from './mirror.js';

/**
 * Sums that run side by side: a processor need not wait for the last addition. Kernels have a multiple of it.
 */
const LANES = 4;

/** What each sample around a place weighs: that at `place + first + i` weighs `weights[i]`. */
interface Kernel {
  readonly first: number;
  readonly weights: Float64Array;
}

/** The kernels of a pair of filters, and how a line goes on beyond its ends. */
interface Convolution {
  /** Around sample 2n of a line: low and high sample n. */
  readonly low: Kernel;
  readonly high: Kernel;
  /**
   * Around a sample of even and of odd place in a line of low and high samples in turns: the joined sample.
   */
  readonly even: Kernel;
  readonly odd: Kernel;
  readonly mirror: (line: Float32Array, at: number, length: number, pad: number, isSplit: boolean) => void;
}

/**
 * The bank of any filters, by convolution (IAFIS-IC-0110 V3, 5.2 and 5.3). The filters that join are those
 * that split, exchanged and with every other sign changed.
 */
export function convolutionBank(filters: WsqFilters): FilterBank {
  const reach = Math.max(filters.low.length, filters.high.length) + 2;
  const pad = reach + LANES;
  const isOdd = filters.low.length % 2 === 1;
  const { low, high, even, odd, mirror } = isOdd ? oddFilters(filters, reach) : evenFilters(filters, reach);
  const gainOfOne = low.weights.reduce((sum, weight) => sum + weight, 0);
  return {
    pad,
    analyse: (line, start, length, out, lowAt, highAt) => {
      if (length === 1 && isOdd) {
        out[lowAt] = (line[start] ?? 0) * gainOfOne;
        return;
      }
      mirror(line, start, length, pad, false);
      convolve(line, start, length, low, out, lowAt, 1);
      convolve(line, start, length - 1, high, out, highAt, 1);
    },
    synthesise: (line, start, length, out, to) => {
      if (length === 1 && isOdd) {
        out[to] = (line[start] ?? 0) / gainOfOne;
        return;
      }
      mirror(line, start, length, pad, true);
      convolve(line, start, length, even, out, to, 2);
      convolve(line, start + 1, length - 1, odd, out, to + 1, 2);
    },
  };
}

/** Low sample n lies on sample 2n, high sample n on 2n + 1. */
function oddFilters({ low, high }: WsqFilters, reach: number): Convolution {
  const joinLow = high.taps.map(alternating);
  const joinHigh = low.taps.map(alternating);
  return {
    low: kernelOf(reach, (offset) => low.taps[Math.abs(offset)]),
    high: kernelOf(reach, (offset) => high.taps[Math.abs(offset - 1)]),
    even: kernelOf(reach, (offset) => (offset % 2 === 0 ? joinLow : joinHigh)[Math.abs(offset)]),
    odd: kernelOf(reach, (offset) => (offset % 2 === 0 ? joinHigh : joinLow)[Math.abs(offset)]),
    mirror: mirrorEnds,
  };
}

/**
 * Low and high sample n both lie between samples 2n and 2n + 1; the high filter has another sign left than
 * right.
 */
function evenFilters({ low, high }: WsqFilters, reach: number): Convolution {
  const joinLow = high.taps.map(alternating);
  const joinHigh = low.taps.map(alternating);
  /** Weight of pair n in the sample that lies `distance` right of sample 2n. */
  const joined = (distance: number, isHigh: boolean): number | undefined => {
    const isRight = distance > 0;
    const tap = (isHigh ? joinHigh : joinLow)[isRight ? distance - 1 : -distance];
    return isHigh && isRight && tap !== undefined ? -tap : tap;
  };
  return {
    low: kernelOf(reach, (offset) => low.taps[offset > 0 ? offset - 1 : -offset]),
    high: kernelOf(reach, (offset) => (offset > 0 ? -(high.taps[offset - 1] ?? 0) : high.taps[-offset])),
    even: kernelOf(reach, (offset) => (offset % 2 === 0 ? joined(-offset, false) : joined(1 - offset, true))),
    odd: kernelOf(reach, (offset) => (offset % 2 === 0 ? joined(1 - offset, true) : joined(-offset, false))),
    mirror: mirrorEdges,
  };
}

function alternating(tap: number, index: number): number {
  return index % 2 === 0 ? tap : -tap;
}

/**
 * The kernel of the weights within `reach`: from the first that is not 0 to the last, filled up to whole
 * lanes.
 */
function kernelOf(reach: number, weightAt: (offset: number) => number | undefined): Kernel {
  const all = Array.from({ length: 2 * reach - 1 }, (_, index) => weightAt(index - reach + 1) ?? 0);
  const begin = Math.max(
    0,
    all.findIndex((weight) => weight !== 0),
  );
  const end = all.findLastIndex((weight) => weight !== 0) + 1;
  const weights = new Float64Array(LANES * Math.ceil((end - begin) / LANES));
  weights.set(all.slice(begin, end));
  return { first: begin - reach + 1, weights };
}

/**
 * Writes the sum around every second sample of `length` from `start` on to `out`, from `to` on in steps of
 * `step`.
 */
function convolve(
  line: Float32Array,
  start: number,
  length: number,
  { first, weights }: Kernel,
  out: Float32Array,
  to: number,
  step: number,
): void {
  for (let at = start + first, target = to; at < start + first + length; at += 2, target += step) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let index = 0; index < weights.length; index += LANES) {
      a += (weights[index] ?? 0) * (line[at + index] ?? 0);
      b += (weights[index + 1] ?? 0) * (line[at + index + 1] ?? 0);
      c += (weights[index + 2] ?? 0) * (line[at + index + 2] ?? 0);
      d += (weights[index + 3] ?? 0) * (line[at + index + 3] ?? 0);
    }
    out[target] = a + b + (c + d);
  }
}
