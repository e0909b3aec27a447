import { PHASES, within, type FilterBank } from './lanczos.js';

/** Rows that the first pass has made and that are held: from `from` on of all, one behind the other. */
export interface HeldRows {
  readonly from: number;
  /** The last row of all; places behind it take its value. */
  readonly last: number;
  readonly data: Float32Array;
}

/** The picture that the second pass fills: its columns, and how far apart columns and rows lie, in pixels. */
export interface Target {
  readonly columns: number;
  readonly step: { readonly column: number; readonly row: number };
  readonly data: Uint8Array;
}

/**
 * Second pass: one row of the picture, three channels; each of its columns lies `slant` rows further down than the one
 * before.
 */
export function filterRgbColumns(
  { from: held, last, data: pixels }: HeldRows,
  { taps, weights, before }: FilterBank,
  { columns, step, data }: Target,
  row: number,
  startY: number,
  slant: number,
): void {
  const stride = 3 * columns;
  for (let column = 0; column < columns; column += 1) {
    const place = Math.floor((startY + slant * column) * PHASES + 0.5);
    const tap0 = (place >> 8) - before;
    const weight0 = (place & 255) * taps;
    let red = 0;
    let green = 0;
    let blue = 0;
    if (tap0 >= 0 && tap0 + taps - 1 <= last) {
      for (let tap = 0, from = (tap0 - held) * stride + 3 * column; tap < taps; tap += 1, from += stride) {
        const weight = weights[weight0 + tap] ?? 0;
        red += weight * (pixels[from] ?? 0);
        green += weight * (pixels[from + 1] ?? 0);
        blue += weight * (pixels[from + 2] ?? 0);
      }
    } else {
      for (let tap = 0; tap < taps; tap += 1) {
        const from = (within(tap0 + tap, last) - held) * stride + 3 * column;
        const weight = weights[weight0 + tap] ?? 0;
        red += weight * (pixels[from] ?? 0);
        green += weight * (pixels[from + 1] ?? 0);
        blue += weight * (pixels[from + 2] ?? 0);
      }
    }
    const to = 3 * (column * step.column + row * step.row);
    data[to] = sampleOf(red);
    data[to + 1] = sampleOf(green);
    data[to + 2] = sampleOf(blue);
  }
}

/** The same for one channel. */
export function filterGreyColumns(
  { from: held, last, data: pixels }: HeldRows,
  { taps, weights, before }: FilterBank,
  { columns, step, data }: Target,
  row: number,
  startY: number,
  slant: number,
): void {
  for (let column = 0; column < columns; column += 1) {
    const place = Math.floor((startY + slant * column) * PHASES + 0.5);
    const tap0 = (place >> 8) - before;
    const weight0 = (place & 255) * taps;
    let sum = 0;
    for (let tap = 0; tap < taps; tap += 1) {
      const from = (within(tap0 + tap, last) - held) * columns + column;
      sum += (weights[weight0 + tap] ?? 0) * (pixels[from] ?? 0);
    }
    data[column * step.column + row * step.row] = sampleOf(sum);
  }
}

function sampleOf(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0;
}
