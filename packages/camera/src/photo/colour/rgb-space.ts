import { applied, diagonal, inverted, ofColumns, product, type Matrix, type Row } from './matrix.js';
import { powerCurve, SRGB_CURVE, type ToneCurve } from './tone-curve.js';

/** How three stored values become a colour: a curve for each, then a matrix. */
export interface RgbSpace {
  readonly curves: readonly [ToneCurve, ToneCurve, ToneCurve];
  /** From linear light to XYZ as ICC profiles have it: relative to a white that is D50. */
  readonly toXyz: Matrix;
}

/** A place x, y in the CIE 1931 diagram. */
export type Chromaticity = readonly [x: number, y: number];

/** The colours of a display's three lights and of its white. */
export interface Primaries {
  readonly red: Chromaticity;
  readonly green: Chromaticity;
  readonly blue: Chromaticity;
  readonly white: Chromaticity;
}

const D65: Chromaticity = [0.3127, 0.329];
/** White of the profile connection space (ICC.1:2022, 7.2.16). */
const D50: Row = [0.9642, 1, 0.8249];
/** The linearised Bradford matrix (ICC.1:2022, annex E). */
const BRADFORD: Matrix = [
  [0.8951, 0.2664, -0.1614],
  [-0.7502, 1.7135, 0.0367],
  [0.0389, -0.0685, 1.0296],
];

/** IEC 61966-2-1; ITU-R BT.709 has the same. */
export const SRGB_PRIMARIES: Primaries = {
  red: [0.64, 0.33],
  green: [0.3, 0.6],
  blue: [0.15, 0.06],
  white: D65,
};
/** SMPTE EG 432-1 with the white of sRGB. */
export const P3_PRIMARIES: Primaries = {
  red: [0.68, 0.32],
  green: [0.265, 0.69],
  blue: [0.15, 0.06],
  white: D65,
};
export const BT2020_PRIMARIES: Primaries = {
  red: [0.708, 0.292],
  green: [0.17, 0.797],
  blue: [0.131, 0.046],
  white: D65,
};

/** A space of three lights that all follow one curve, its white adapted to D50. */
export function rgbSpace(primaries: Primaries, curve: ToneCurve): RgbSpace {
  const { red, green, blue, white } = primaries;
  const lights = ofColumns(xyzOf(red), xyzOf(green), xyzOf(blue));
  const toOwnXyz = product(lights, diagonal(applied(inverted(lights), xyzOf(white))));
  return { curves: [curve, curve, curve], toXyz: product(adaptation(xyzOf(white)), toOwnXyz) };
}

/** Adobe RGB (1998), which DCF calls the optional colour space. */
export const ADOBE_RGB = rgbSpace(
  { red: [0.64, 0.33], green: [0.21, 0.71], blue: [0.15, 0.06], white: D65 },
  powerCurve(563 / 256),
);

/** sRGB itself. */
export const SRGB = rgbSpace(SRGB_PRIMARIES, SRGB_CURVE);

/** X, Y and Z of a light whose Y is 1. */
function xyzOf([x, y]: Chromaticity): Row {
  return [x / y, 1, (1 - x - y) / y];
}

function adaptation(white: Row): Matrix {
  const [from, to] = [applied(BRADFORD, white), applied(BRADFORD, D50)];
  const scale = diagonal([to[0] / from[0], to[1] / from[1], to[2] / from[2]]);
  return product(inverted(BRADFORD), product(scale, BRADFORD));
}
