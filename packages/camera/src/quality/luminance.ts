import type { RgbImage } from '@buergerkoffer/formats';

/** sRGB made linear, by value 0 to 255 (IEC 61966-2-1). */
const LINEAR = Float64Array.from({ length: 256 }, (_, value) => linear(value / 255));

/** The linear value, 0 to 1, of an sRGB value from 0 to 1. */
export function linear(value: number): number {
  return value > 0.04045 ? ((value + 0.055) / 1.055) ** 2.4 : value / 12.92;
}

/** Luminance of every pixel, 0 to 255 (ISO/IEC 29794-5: linear, weights of ITU-R BT.709, rounded). */
export function luminanceOf({ data }: RgbImage): Uint8Array {
  const luminance = new Uint8Array(data.length / 3);
  for (let pixel = 0, at = 0; pixel < luminance.length; pixel++, at += 3) {
    const red = LINEAR[data[at] ?? 0] ?? 0;
    const green = LINEAR[data[at + 1] ?? 0] ?? 0;
    const blue = LINEAR[data[at + 2] ?? 0] ?? 0;
    luminance[pixel] = Math.floor((0.2126 * red + 0.7152 * green + 0.0722 * blue) * 255 + 0.5);
  }
  return luminance;
}

/** The share of pixels with each of 256 values; all 0 when there are none. */
export function histogramOf(values: Iterable<number>): Float64Array {
  const shares = new Float64Array(256);
  let count = 0;
  for (const value of values) {
    shares[value] = (shares[value] ?? 0) + 1;
    count++;
  }
  return count === 0 ? shares : shares.map((share) => share / count);
}
