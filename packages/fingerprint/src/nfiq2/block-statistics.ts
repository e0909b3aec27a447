import type { CroppedPrint } from './crop.js';

/** Side of the local regions, in pixels at 500 ppi (ISO/IEC 29794-4:2024). */
export const BLOCK = 32;

/** A block whose normalised grey deviates by no more than this is background. */
const FOREGROUND_DEVIATION = 0.1;

/**
 * Mean and standard deviation of greys, of the image and of its 32 x 32 blocks from the top left, partial
 * ones too.
 */
export interface BlockStatistics {
  /** Blocks per row and per column. */
  readonly columns: number;
  readonly rows: number;
  /** Mean grey of the image, 0 to 255. */
  readonly mean: number;
  /** Standard deviation of the grey of the image (divisor n). */
  readonly deviation: number;
  /** Mean grey of each block, row by row. */
  readonly means: Float64Array;
  /** 1 where a block deviates enough to be foreground. */
  readonly isForeground: Uint8Array;
}

/** Counts the greys of `print` once. */
export function blockStatistics(print: CroppedPrint): BlockStatistics {
  const columns = Math.ceil(print.width / BLOCK);
  const rows = Math.ceil(print.height / BLOCK);
  const means = new Float64Array(columns * rows);
  const deviations = new Float64Array(columns * rows);
  let sumOfAll = 0;
  let squaresOfAll = 0;
  for (let block = 0; block < means.length; block += 1) {
    const left = (block % columns) * BLOCK;
    const top = Math.floor(block / columns) * BLOCK;
    const right = Math.min(left + BLOCK, print.width);
    const bottom = Math.min(top + BLOCK, print.height);
    let sum = 0;
    let squares = 0;
    for (let y = top; y < bottom; y += 1) {
      const end = y * print.width + right;
      for (let at = y * print.width + left; at < end; at += 1) {
        const grey = print.data[at] ?? 0;
        sum += grey;
        squares += grey * grey;
      }
    }
    const pixels = (right - left) * (bottom - top);
    means[block] = sum * (1 / pixels);
    deviations[block] = deviationOf(sum, squares, pixels);
    sumOfAll += sum;
    squaresOfAll += squares;
  }
  const pixels = print.width * print.height;
  const deviation = deviationOf(sumOfAll, squaresOfAll, pixels);
  // An image of one grey has no foreground: 0 / 0 is not above the limit.
  const isForeground = Uint8Array.from(deviations, (own) => (own / deviation > FOREGROUND_DEVIATION ? 1 : 0));
  return { columns, rows, mean: sumOfAll * (1 / pixels), deviation, means, isForeground };
}

/** Mean of the block means: measure MMB. */
export function meanOfBlockMeans({ means }: BlockStatistics): number {
  let mean = 0;
  for (const each of means) mean += each / means.length;
  return mean;
}

/** Standard deviation with divisor n, the way the reference rounds: times 1/n, never below zero. */
export function deviationOf(sum: number, sumOfSquares: number, n: number): number {
  const scale = n > 0 ? 1 / n : 0;
  const mean = sum * scale;
  return Math.sqrt(Math.max(sumOfSquares * scale - mean * mean, 0));
}
