import { BLOCK, type BlockStatistics } from './block-statistics.js';
import type { CroppedPrint } from './crop.js';
import { gradientMoments } from './gradients.js';

/** Distance of the first block from the edge: what a turned block reaches beyond it. */
export const BLOCK_BORDER = 2;

/** 2^-52, which keeps the orientation of a flat block from dividing by zero. */
const EPSILON = Number.EPSILON;

/**
 * The blocks whose ridges are looked at along their direction: 32 x 32, from (2, 2), with 2 pixels around
 * each.
 */
export interface RidgeBlocks {
  readonly columns: number;
  readonly rows: number;
  /** Direction across the ridges, radians, row by row; background has one too. */
  readonly orientation: Float64Array;
  /** 1 where every pixel of the block belongs to the foreground. */
  readonly isForeground: Uint8Array;
}

/** Walks the blocks of `print` and finds the direction of the ridges in each. */
export function ridgeBlocks(print: CroppedPrint, statistics: BlockStatistics): RidgeBlocks {
  const columns = blocksAlong(print.width);
  const rows = blocksAlong(print.height);
  const orientation = new Float64Array(columns * rows);
  const isForeground = new Uint8Array(columns * rows);
  const moments = { xx: 0, yy: 0, xy: 0 };
  for (let row = 0, at = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1, at += 1) {
      const left = BLOCK_BORDER + column * BLOCK;
      const top = BLOCK_BORDER + row * BLOCK;
      gradientMoments(print.data, print.width, left, top, BLOCK, BLOCK, moments);
      orientation[at] = orientationOf(moments);
      isForeground[at] = liesInForeground(statistics, column, row) ? 1 : 0;
    }
  }
  return { columns, rows, orientation, isForeground };
}

function blocksAlong(pixels: number): number {
  return Math.max(Math.floor((pixels - 2 * BLOCK_BORDER) / BLOCK), 0);
}

/** Covariance to angle as the reference does it: with C where the double angle formula has 2C. */
function orientationOf({ xx, yy, xy }: { xx: number; yy: number; xy: number }): number {
  const scale = 1 / (BLOCK * BLOCK);
  const difference = xx * scale - yy * scale;
  const c = xy * scale;
  const length = c * c + difference * difference + EPSILON;
  return Math.atan2(c / length, difference / length) / 2;
}

/** The block lies 2 pixels off the grid of the statistics and so over four of its blocks. */
function liesInForeground({ columns, isForeground }: BlockStatistics, column: number, row: number): boolean {
  const at = row * columns + column;
  return (
    isForeground[at] === 1 &&
    isForeground[at + 1] === 1 &&
    isForeground[at + columns] === 1 &&
    isForeground[at + columns + 1] === 1
  );
}
