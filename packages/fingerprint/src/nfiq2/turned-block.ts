import { BLOCK } from './block-statistics.js';
import type { CroppedPrint } from './crop.js';
import { BLOCK_BORDER } from './ridge-blocks.js';

/** How much is looked at when a block is turned: its own 36 x 36 pixels, or two more all around. */
export type TurnMargin = 0 | 2;

/** A rectangle of the turned 36 x 36 block. */
export interface TurnedPart {
  readonly firstRow: number;
  readonly rows: number;
  readonly firstColumn: number;
  readonly columns: number;
}

/** Ridges upright: 16 rows of 32 pixels. */
export const UPRIGHT: TurnedPart = { firstRow: 10, rows: 16, firstColumn: 2, columns: 32 };
/** Ridges lying: 32 rows of 16 pixels. */
export const LYING: TurnedPart = { firstRow: 2, rows: 32, firstColumn: 10, columns: 16 };

/** Coordinates are 22.10 fixed point numbers, rounded to the nearest pixel by half of this. */
const FIXED = 1024;
const HALF = 512;
const SHIFT = 10;

/**
 * Turns block (`column`, `row`) by `angle` (radians) about its middle and puts `part` of it into `into`, row
 * by row.
 *
 * Nearest neighbour in fixed point, as OpenCV's `warpAffine` computes it. What lies outside of the margin or
 * of the print is 0.
 */
export function turnBlock(
  print: CroppedPrint,
  column: number,
  row: number,
  angle: number,
  margin: TurnMargin,
  part: TurnedPart,
  into: Uint8Array,
): void {
  const { width, height, data } = print;
  const side = BLOCK + 2 * BLOCK_BORDER + 2 * margin;
  const originX = column * BLOCK - margin;
  const originY = row * BLOCK - margin;
  const turn = inverseTurn(angle, side / 2);
  for (let x = 0; x < part.columns; x += 1) {
    stepX[x] = rint(turn.xx * (part.firstColumn + x) * FIXED);
    stepY[x] = rint(turn.yx * (part.firstColumn + x) * FIXED);
  }
  for (let y = 0, at = 0; y < part.rows; y += 1) {
    const line = part.firstRow + y;
    const startX = rint((turn.xy * line + turn.x) * FIXED) + HALF;
    const startY = rint((turn.yy * line + turn.y) * FIXED) + HALF;
    for (let x = 0; x < part.columns; x += 1, at += 1) {
      const fromX = (startX + (stepX[x] ?? 0)) >> SHIFT;
      const fromY = (startY + (stepY[x] ?? 0)) >> SHIFT;
      const imageX = originX + fromX;
      const imageY = originY + fromY;
      const isInside =
        fromX >= 0 &&
        fromX < side &&
        fromY >= 0 &&
        fromY < side &&
        imageX >= 0 &&
        imageX < width &&
        imageY >= 0 &&
        imageY < height;
      into[at] = isInside ? (data[imageY * width + imageX] ?? 0) : 0;
    }
  }
}

/** Fixed point steps along a row, for one call at a time. */
const stepX = new Int32Array(BLOCK);
const stepY = new Int32Array(BLOCK);

interface InverseTurn {
  readonly xx: number;
  readonly xy: number;
  readonly x: number;
  readonly yx: number;
  readonly yy: number;
  readonly y: number;
}

/** The turn about (`centre`, `centre`) by `angle`, inverted in OpenCV's order of operations. */
function inverseTurn(angle: number, centre: number): InverseTurn {
  // The reference goes by way of degrees.
  const radians = angle * (180 / Math.PI) * (Math.PI / 180);
  const cos = Math.cos(radians);
  const sin = Math.sin(radians);
  const shiftX = (1 - cos) * centre - sin * centre;
  const shiftY = sin * centre + (1 - cos) * centre;
  const determinant = cos * cos + sin * sin;
  const scale = determinant === 0 ? 0 : 1 / determinant;
  const xx = cos * scale;
  const xy = -sin * scale;
  const yx = sin * scale;
  const yy = cos * scale;
  return { xx, xy, x: -xx * shiftX - xy * shiftY, yx, yy, y: -yx * shiftX - yy * shiftY };
}

/** Nearest whole number, halves to even; for numbers below 2^51. */
function rint(value: number): number {
  const shift = 6_755_399_441_055_744;
  return value + shift - shift;
}
