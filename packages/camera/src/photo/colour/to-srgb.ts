import { greyImage, rgbImage, type DecodedImage } from '@buergerkoffer/formats';
import { inverted, product, type Matrix } from './matrix.js';
import { SRGB, type RgbSpace } from './rgb-space.js';
import type { ToneCurve } from './tone-curve.js';

/** Makes of pixels in other colours the same ones in sRGB. */
export type ToSrgb = (image: DecodedImage) => DecodedImage;

/** Steps of linear light: a thirtieth of a stored value where the curve of sRGB is steepest. */
const STEPS = 65_536;
const TOP = STEPS - 1;

let encoded: Uint8Array | undefined;

/**
 * Colours of `space` in sRGB, relative to its white; what sRGB cannot show is clipped in each channel, as usual for profiles of
 * a matrix. Grey pixels stay as they are.
 */
export function rgbToSrgb({ curves, toXyz }: RgbSpace): ToSrgb {
  const matrix = product(inverted(SRGB.toXyz), toXyz);
  const [reds, greens, blues] = [linear(curves[0]), linear(curves[1]), linear(curves[2])];
  return (image) => {
    if (image.channels !== 3) return image;
    const { width, height, resolutionPpi } = image;
    const data = convert(image.data, matrix, reds, greens, blues);
    return rgbImage({ width, height, data, resolutionPpi });
  };
}

/** Grey whose luminance `curve` gives, as grey of sRGB. */
export function greyToSrgb(curve: ToneCurve): ToSrgb {
  const encode = (encoded ??= srgbValues());
  const values = linear(curve).map((light) => encode[Math.round(light * TOP)] ?? 0);
  return (image) => {
    if (image.channels !== 1) return image;
    const { width, height, resolutionPpi } = image;
    return greyImage({ width, height, data: image.data.map((value) => values[value] ?? 0), resolutionPpi });
  };
}

/** Whether the conversion changes no stored value by more than rounding does. */
export function changesNothing(toSrgb: ToSrgb, channels: 1 | 3): boolean {
  const image = channels === 1 ? everyGrey() : manyColours();
  const { data } = toSrgb(image);
  return data.every((value, at) => Math.abs(value - (image.data[at] ?? 0)) <= 1);
}

function everyGrey(): DecodedImage {
  return greyImage({ width: 256, height: 1, data: Uint8Array.from({ length: 256 }, (_, value) => value) });
}

/** All colours of 16 values for each channel, and all greys. */
function manyColours(): DecodedImage {
  const data = Array.from({ length: 4096 }, (_, at) => [at >> 8, (at >> 4) & 15, at & 15].map((v) => 17 * v));
  const greys = Array.from({ length: 256 }, (_, value) => [value, value, value]);
  return rgbImage({ width: 4352, height: 1, data: Uint8Array.from([...data, ...greys].flat()) });
}

function linear(curve: ToneCurve): Float64Array {
  return Float64Array.from({ length: 256 }, (_, value) => Math.min(1, Math.max(0, curve(value / 255))));
}

function convert(
  from: Uint8Array,
  [toRed, toGreen, toBlue]: Matrix,
  reds: Float64Array,
  greens: Float64Array,
  blues: Float64Array,
): Uint8Array {
  const encode = (encoded ??= srgbValues());
  const [redRed, redGreen, redBlue] = toRed;
  const [greenRed, greenGreen, greenBlue] = toGreen;
  const [blueRed, blueGreen, blueBlue] = toBlue;
  const to = new Uint8Array(from.length);
  for (let at = 0; at < from.length; at += 3) {
    const red = reds[from[at] ?? 0] ?? 0;
    const green = greens[from[at + 1] ?? 0] ?? 0;
    const blue = blues[from[at + 2] ?? 0] ?? 0;
    to[at] = encode[step(redRed * red + redGreen * green + redBlue * blue)] ?? 0;
    to[at + 1] = encode[step(greenRed * red + greenGreen * green + greenBlue * blue)] ?? 0;
    to[at + 2] = encode[step(blueRed * red + blueGreen * green + blueBlue * blue)] ?? 0;
  }
  return to;
}

function step(light: number): number {
  if (light <= 0) return 0;
  return light >= 1 ? TOP : (light * TOP + 0.5) | 0;
}

/** The value of sRGB for each step of linear light. */
function srgbValues(): Uint8Array {
  return Uint8Array.from({ length: STEPS }, (_, at) => {
    const light = at / TOP;
    return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
  });
}
