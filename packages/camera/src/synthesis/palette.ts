import type { Rgb } from './canvas.js';
import type { DrawnPerson } from './person.js';

/** Colours of the skin, from the light to the shade. */
export interface SkinTones {
  readonly light: Rgb;
  readonly base: Rgb;
  readonly shade: Rgb;
  readonly deep: Rgb;
  readonly blush: Rgb;
  readonly lips: Rgb;
}

/** Colours of hair, cloth or iris. */
export interface Tones {
  readonly light: Rgb;
  readonly base: Rgb;
  readonly shade: Rgb;
}

export const SKIN: Readonly<Record<DrawnPerson['skin'], SkinTones>> = {
  fair: {
    light: [251, 226, 206],
    base: [240, 204, 178],
    shade: [208, 158, 130],
    deep: [150, 98, 78],
    blush: [226, 138, 120],
    lips: [192, 110, 104],
  },
  rosy: {
    light: [252, 220, 204],
    base: [238, 192, 172],
    shade: [206, 146, 126],
    deep: [150, 90, 76],
    blush: [222, 118, 108],
    lips: [190, 100, 98],
  },
  olive: {
    light: [238, 206, 172],
    base: [222, 182, 144],
    shade: [184, 138, 102],
    deep: [124, 84, 58],
    blush: [204, 122, 96],
    lips: [170, 96, 84],
  },
  brown: {
    light: [190, 142, 108],
    base: [162, 112, 80],
    shade: [120, 78, 54],
    deep: [76, 46, 32],
    blush: [168, 88, 66],
    lips: [130, 70, 62],
  },
};

export const HAIR: Readonly<Record<DrawnPerson['hair'], Tones>> = {
  white: { light: [250, 249, 246], base: [226, 224, 220], shade: [168, 166, 166] },
  silver: { light: [232, 233, 236], base: [192, 195, 201], shade: [128, 132, 142] },
  grey: { light: [196, 192, 188], base: [146, 142, 140], shade: [92, 88, 88] },
};

export const IRIS: Readonly<Record<DrawnPerson['eyes'], Tones>> = {
  blue: { light: [150, 188, 214], base: [98, 144, 182], shade: [48, 80, 112] },
  brown: { light: [158, 110, 70], base: [112, 72, 44], shade: [58, 34, 22] },
  green: { light: [160, 174, 124], base: [112, 132, 88], shade: [58, 74, 48] },
  grey: { light: [170, 180, 186], base: [124, 136, 144], shade: [68, 78, 86] },
};

export const CLOTH: Readonly<Record<DrawnPerson['colour'], Tones>> = {
  navy: { light: [74, 94, 134], base: [46, 62, 98], shade: [26, 36, 62] },
  plum: { light: [142, 88, 122], base: [108, 60, 92], shade: [68, 34, 58] },
  moss: { light: [128, 140, 96], base: [94, 106, 68], shade: [58, 66, 40] },
  rust: { light: [190, 114, 82], base: [154, 84, 58], shade: [102, 52, 36] },
  teal: { light: [86, 144, 148], base: [54, 108, 114], shade: [30, 68, 74] },
};

/** Blouse and shirt under the wool. */
export const LINEN: Tones = { light: [250, 249, 245], base: [236, 235, 230], shade: [196, 196, 196] };

/** The colour between `a` (t = 0) and `b` (t = 1). */
export function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}
