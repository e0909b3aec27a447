import type { AlignedPixels } from './aligned-pixels.js';
import { pixelsOf } from './aligned-pixels.js';
import { histogramOf, linear } from './luminance.js';

/** Luminance up to this is underexposed, from this on overexposed (OFIQ 1.0.3). */
const DARKEST = 25;
const BRIGHTEST = 247;

/** CIE: between these constants the cube root becomes a line. */
const KAPPA = 24_389 / 27;
const EPSILON = 216 / 24_389;

/** Shares of luminance 0..255 inside the face's outline. */
export function faceHistogram({ luminance, mask }: AlignedPixels): Float64Array {
  const inside = new Uint8Array(luminance.length);
  let count = 0;
  for (let pixel = 0; pixel < luminance.length; pixel += 1) {
    if (mask[pixel] === 1) inside[count++] = luminance[pixel] ?? 0;
  }
  return histogramOf(inside.subarray(0, count));
}

/** Mean of a histogram, 0 to 1 (LuminanceMean). */
export function luminanceMean(histogram: Float64Array): number {
  return histogram.reduce((sum, share, value) => sum + share * (value / 255), 0);
}

/** Variance of a histogram, of values 0 to 1 (LuminanceVariance). */
export function luminanceVariance(histogram: Float64Array): number {
  const mean = luminanceMean(histogram);
  return histogram.reduce((sum, share, value) => sum + share * (value / 255 - mean) ** 2, 0);
}

/** Share of values 0 to 25 (UnderExposurePrevention). */
export function underexposed(histogram: Float64Array): number {
  return histogram.subarray(0, DARKEST + 1).reduce((sum, share) => sum + share, 0);
}

/** Share of values 247 to 255 (OverExposurePrevention). */
export function overexposed(histogram: Float64Array): number {
  return histogram.subarray(BRIGHTEST).reduce((sum, share) => sum + share, 0);
}

/** Entropy of a histogram, 0 to 8 bits (DynamicRange). */
export function entropy(histogram: Float64Array): number {
  return histogram.reduce((bits, share) => (share > 0 ? bits - share * Math.log2(share) : bits), 0);
}

/** What both cheeks' histograms have in common, 0 to 1 (IlluminationUniformity); `undefined` when a cheek is not in the picture. */
export function cheekOverlap({ luminance, mask, zones }: AlignedPixels): number | undefined {
  if (zones === undefined) return undefined;
  const [first, second] = zones.map((zone) =>
    histogramOf(pixelsOf(zone).map((pixel) => (mask[pixel] === 1 ? (luminance[pixel] ?? 0) : 0))),
  );
  if (first === undefined || second === undefined || !first.some(isSome) || !second.some(isSome))
    return undefined;
  return first.reduce((sum, share, value) => sum + Math.min(share, second[value] ?? 0), 0);
}

/**
 * How far the mean colour of the cheeks lies outside the colours of skin, in CIELAB (NaturalColour): 0 within a* 5 to 25 and b* 5 to
 * 35, 100 where one of them is negative, 0 for a grey picture as OFIQ has it. `undefined` when a cheek is not in the picture.
 */
export function unnaturalColour({ image, mask, zones }: AlignedPixels): number | undefined {
  if (isGrey(image.data)) return 0;
  const pixels = zones?.map(pixelsOf) ?? [];
  if (pixels.length === 0 || pixels.some((zone) => zone.length === 0)) return undefined;
  const sums = [0, 0, 0];
  const all = pixels.flat();
  for (const pixel of all) {
    if (mask[pixel] !== 1) continue;
    for (let channel = 0; channel < 3; channel++) {
      sums[channel] = (sums[channel] ?? 0) + (image.data[pixel * 3 + channel] ?? 0);
    }
  }
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => linear(sum / all.length / 255));
  const { a, b } = labOf(red, green, blue);
  if (!(a >= 0 && b >= 0)) return 100;
  return Math.hypot(Math.max(0, 5 - a, a - 25), Math.max(0, 5 - b, b - 35));
}

/** a* and b* of linear sRGB for the white of D50. */
function labOf(red: number, green: number, blue: number): { readonly a: number; readonly b: number } {
  const x = (red * 0.43605 + green * 0.38508 + blue * 0.14309) / 0.964221;
  const y = red * 0.22249 + green * 0.71689 + blue * 0.06062;
  const z = (red * 0.01393 + green * 0.0971 + blue * 0.71419) / 0.825211;
  return { a: 500 * (root(x) - root(y)), b: 200 * (root(y) - root(z)) };
}

function root(value: number): number {
  return value > EPSILON ? Math.cbrt(value) : (KAPPA * value + 16) / 116;
}

function isGrey(data: Uint8Array): boolean {
  for (let at = 0; at < data.length; at += 3) {
    if (data[at] !== data[at + 1] || data[at] !== data[at + 2]) return false;
  }
  return true;
}

function isSome(share: number): boolean {
  return share > 0;
}
