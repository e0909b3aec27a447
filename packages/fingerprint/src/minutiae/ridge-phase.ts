import {
  DIRECTIONS,
  lineFilters,
  PADDING,
  paddedPlane,
  repeatEdges,
  type PaddedPlane,
  type Profile,
} from './line-filter.js';
import { directionAt, type RidgeDirections } from './ridge-direction.js';
import type { WorkingImage } from './working-image.js';

/** Ridges as a wave: at each pixel an even and an odd answer of a filter across the ridge. */
export interface RidgePhase {
  readonly width: number;
  readonly height: number;
  /** Positive on a ridge (dark), negative in a valley. */
  readonly even: Float32Array;
  /**
   * A quarter of a wave further along the normal, a quarter turn clockwise of {@link direction} as one sees
   * it.
   */
  readonly odd: Float32Array;
  /** Direction of the ridge at each pixel, in steps of pi / {@link DIRECTIONS}, image axes (y down). */
  readonly direction: Uint8Array;
}

/** What ridges a filter looks for; lengths in working pixels. */
export interface RidgeFilter {
  /** Ridge period that it is tuned to. */
  readonly period: number;
  /** Deviation of the Gaussian across the ridges, and how far it reaches to each side. */
  readonly sigmaAcross: number;
  readonly reachAcross: number;
  /** The same along the ridges. */
  readonly sigmaAlong: number;
  readonly reachAlong: number;
}

/** Ridges 9 pixels apart at 500 ppi, smoothed along: for the minutiae of the finger. */
export const SMOOTH_RIDGES: RidgeFilter = {
  period: 6,
  sigmaAcross: 2.5,
  reachAcross: 7,
  sigmaAlong: 4,
  reachAlong: 9,
};

/** The local phase of the ridges for the minutiae of the finger, by {@link SMOOTH_RIDGES}. */
export function ridgePhase(image: WorkingImage, directions: RidgeDirections): RidgePhase {
  const direction = directionSteps(directions, image.width, image.height);
  return filteredPhase(image, direction, SMOOTH_RIDGES);
}

/**
 * The local phase of ridges that run along `direction` (as in {@link RidgePhase}): the image is smoothed along
 * the ridge at each pixel (Gaussian), then filtered across it by a complex Gabor filter without response to
 * even grey.
 */
export function filteredPhase(image: WorkingImage, direction: Uint8Array, filter: RidgeFilter): RidgePhase {
  const { width, height } = image;
  const [even, odd] = [new Float32Array(width * height), new Float32Array(width * height)];
  const phase = { width, height, even, odd, direction };
  filterAcross(smoothedAlong(image, direction, filter), phase, filter);
  return phase;
}

function directionSteps(directions: RidgeDirections, width: number, height: number): Uint8Array {
  const steps = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      steps[at] = Math.round((directionAt(directions, x, y) * DIRECTIONS) / Math.PI) % DIRECTIONS;
    }
  }
  return steps;
}

function smoothedAlong(
  { width, height, grey }: WorkingImage,
  direction: Uint8Array,
  { sigmaAlong, reachAlong }: RidgeFilter,
): PaddedPlane {
  const source = paddedPlane(width, height);
  for (let row = 0; row < height; row += 1) {
    source.values.set(
      grey.subarray(row * width, (row + 1) * width),
      (row + PADDING) * source.stride + PADDING,
    );
  }
  repeatEdges(source);
  const smoothed = paddedPlane(width, height);
  const { first, offsets, even, middle } = lineFilters(
    along(sigmaAlong, reachAlong),
    reachAlong,
    0,
    source.stride,
  );
  for (let row = 0, pixel = 0; row < height; row += 1) {
    for (
      let at = (row + PADDING) * source.stride + PADDING, end = at + width;
      at < end;
      at += 1, pixel += 1
    ) {
      const bin = direction[pixel] ?? 0;
      let sum = (middle[bin] ?? 0) * (source.values[at] ?? 0);
      for (let tap = first[bin] ?? 0, last = first[bin + 1] ?? 0; tap < last; tap += 1) {
        const offset = offsets[tap] ?? 0;
        sum += (even[tap] ?? 0) * ((source.values[at + offset] ?? 0) + (source.values[at - offset] ?? 0));
      }
      smoothed.values[at] = sum;
    }
  }
  repeatEdges(smoothed);
  return smoothed;
}

function filterAcross(
  { width, height, stride, values }: PaddedPlane,
  phase: RidgePhase,
  filter: RidgeFilter,
): void {
  const { first, offsets, even, odd, middle } = lineFilters(
    across(filter),
    filter.reachAcross,
    Math.PI / 2,
    stride,
  );
  for (let row = 0, pixel = 0; row < height; row += 1) {
    for (let at = (row + PADDING) * stride + PADDING, end = at + width; at < end; at += 1, pixel += 1) {
      const bin = phase.direction[pixel] ?? 0;
      let evenSum = (middle[bin] ?? 0) * (values[at] ?? 0);
      let oddSum = 0;
      for (let tap = first[bin] ?? 0, last = first[bin + 1] ?? 0; tap < last; tap += 1) {
        const offset = offsets[tap] ?? 0;
        const ahead = values[at + offset] ?? 0;
        const behind = values[at - offset] ?? 0;
        evenSum += (even[tap] ?? 0) * (ahead + behind);
        oddSum += (odd[tap] ?? 0) * (ahead - behind);
      }
      // Ridges are dark: the wave is the negative of the grey.
      phase.even[pixel] = -evenSum;
      phase.odd[pixel] = oddSum;
    }
  }
}

function along(sigma: number, reach: number): Profile {
  const weight = (distance: number): number => Math.exp(-0.5 * (distance / sigma) ** 2);
  const sum = summed(weight, reach);
  return (distance) => ({ even: weight(distance) / sum, odd: 0 });
}

function across({ period, sigmaAcross, reachAcross }: RidgeFilter): Profile {
  const envelope = (distance: number): number => Math.exp(-0.5 * (distance / sigmaAcross) ** 2);
  const wave = (distance: number): number => (2 * Math.PI * distance) / period;
  const level =
    summed((distance) => envelope(distance) * Math.cos(wave(distance)), reachAcross) /
    summed(envelope, reachAcross);
  const scale = 2 / summed(envelope, reachAcross);
  return (distance) => ({
    even: scale * envelope(distance) * (Math.cos(wave(distance)) - level),
    odd: scale * envelope(distance) * Math.sin(wave(distance)),
  });
}

function summed(weight: (distance: number) => number, reach: number): number {
  let sum = 0;
  for (let distance = -reach; distance <= reach; distance += 1) sum += weight(distance);
  return sum;
}
