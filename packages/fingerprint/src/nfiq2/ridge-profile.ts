import { UPRIGHT } from './turned-block.js';

/** Grey across the ridges of an upright block, against its trend. */
export interface RidgeProfile {
  /** 1 where the mean of a column is darker than the line: a ridge. */
  readonly isRidge: Uint8Array;
  /** Grey of the least-squares line at each column. */
  readonly line: Float64Array;
}

const COLUMNS = UPRIGHT.columns;
const ROWS = UPRIGHT.rows;

/** A profile with room for the columns of an upright block. */
export function emptyProfile(): RidgeProfile {
  return { isRidge: new Uint8Array(COLUMNS), line: new Float64Array(COLUMNS) };
}

/**
 * Fits a line through the column means of `block` (16 rows of 32) and says which columns are ridges.
 * Both coefficients are rounded to ten decimals, as the reference does to be the same on all computers.
 */
export function profileOf(block: Uint8Array, into: RidgeProfile): void {
  let sum = 0;
  let sumByX = 0;
  for (let column = 0; column < COLUMNS; column += 1) {
    let grey = 0;
    for (let at = column; at < ROWS * COLUMNS; at += COLUMNS) grey += block[at] ?? 0;
    sums[column] = grey;
    sum += grey;
    sumByX += grey * (column + 1);
  }
  // Least squares over x = 1..32 with whole numbers: each coefficient is rounded once.
  const slope = tenDecimals((COLUMNS * sumByX - SUM_X * sum) / (DETERMINANT * ROWS));
  const intercept = tenDecimals((SUM_XX * sum - SUM_X * sumByX) / (DETERMINANT * ROWS));
  for (let column = 0; column < COLUMNS; column += 1) {
    const trend = (column + 1) * slope + intercept;
    into.line[column] = trend;
    into.isRidge[column] = (sums[column] ?? 0) / ROWS < trend ? 1 : 0;
  }
}

const SUM_X = (COLUMNS * (COLUMNS + 1)) / 2;
const SUM_XX = (COLUMNS * (COLUMNS + 1) * (2 * COLUMNS + 1)) / 6;
const DETERMINANT = COLUMNS * SUM_XX - SUM_X * SUM_X;
const sums = new Int32Array(COLUMNS);

function tenDecimals(value: number): number {
  const rounded = Math.floor(Math.abs(value) * 1e10 + 0.5) / 1e10;
  return value < 0 ? -rounded : rounded;
}

/**
 * Puts the columns before which ridge and valley change, counted from 0, into `into` and returns how many
 * there are; looks at changes before column `end` only.
 */
export function changesOf({ isRidge }: RidgeProfile, end: number, into: Uint8Array): number {
  let count = 0;
  for (let column = 1; column < end; column += 1) {
    if (isRidge[column] === isRidge[column - 1]) continue;
    into[count] = column - 1;
    count += 1;
  }
  return count;
}
