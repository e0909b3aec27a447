import type { FilterBank } from './filter-bank.js';
import type { Split, SubbandTree } from './subbands.js';

/** Columns that are transformed together: those of one cache line of the plane. */
const STRIP = 16;

/** A plane of samples, row by row; `stride` samples per row. */
export interface Plane {
  readonly samples: Float32Array;
  readonly stride: number;
}

/** Splits the plane into its subbands, in place (IAFIS-IC-0110 V3, 5.2). */
export function analyse(plane: Plane, tree: SubbandTree, bank: FilterBank): void {
  const buffers = buffersFor(tree, bank);
  for (const split of tree.splits) {
    if (split.width === 0 || split.height === 0) continue;
    analyseRows(plane, split, bank, buffers);
    analyseColumns(plane, split, bank, buffers);
  }
}

/** Joins the subbands of the plane to the image, in place; the inverse of {@link analyse}. */
export function synthesise(plane: Plane, tree: SubbandTree, bank: FilterBank): void {
  const buffers = buffersFor(tree, bank);
  for (const split of tree.splits.toReversed()) {
    if (split.width === 0 || split.height === 0) continue;
    synthesiseColumns(plane, split, bank, buffers);
    synthesiseRows(plane, split, bank, buffers);
  }
}

interface Buffers {
  /** One line with its mirrored ends. */
  readonly line: Float64Array;
  /** The lines of a strip of columns, one after the other, before or after. */
  readonly strip: Float32Array;
}

function buffersFor({ splits: [image] }: SubbandTree, { pad }: FilterBank): Buffers {
  const { width = 0, height = 0 } = image ?? {};
  return {
    line: new Float64Array(Math.max(width, height) + 2 * pad),
    strip: new Float32Array(STRIP * height),
  };
}

function analyseRows({ samples, stride }: Plane, split: Split, bank: FilterBank, { line }: Buffers): void {
  const { width, height, isReversedX } = split;
  const [low, high] = partsOf(width, isReversedX);
  for (let row = 0; row < height; row += 1) {
    const start = (split.top + row) * stride + split.left;
    for (let column = 0; column < width; column += 1) line[bank.pad + column] = samples[start + column] ?? 0;
    bank.analyse(line, width, samples, start + low, start + high);
  }
}

function analyseColumns(plane: Plane, split: Split, bank: FilterBank, { line, strip }: Buffers): void {
  const { height, isReversedY } = split;
  const [low, high] = partsOf(height, isReversedY);
  for (let first = 0; first < split.width; first += STRIP) {
    const columns = Math.min(STRIP, split.width - first);
    const origin = split.top * plane.stride + split.left + first;
    gather(plane, origin, columns, height, strip);
    for (let column = 0; column < columns; column += 1) {
      const start = column * height;
      for (let row = 0; row < height; row += 1) line[bank.pad + row] = strip[start + row] ?? 0;
      bank.analyse(line, height, strip, start + low, start + high);
    }
    scatter(plane, origin, columns, height, strip);
  }
}

function synthesiseRows({ samples, stride }: Plane, split: Split, bank: FilterBank, { line }: Buffers): void {
  const { width, height, isReversedX } = split;
  const [low, high] = partsOf(width, isReversedX);
  for (let row = 0; row < height; row += 1) {
    const start = (split.top + row) * stride + split.left;
    interleave(samples, start + low, start + high, width, line, bank.pad);
    bank.synthesise(line, width, samples, start);
  }
}

function synthesiseColumns(plane: Plane, split: Split, bank: FilterBank, { line, strip }: Buffers): void {
  const { height, isReversedY } = split;
  const [low, high] = partsOf(height, isReversedY);
  for (let first = 0; first < split.width; first += STRIP) {
    const columns = Math.min(STRIP, split.width - first);
    const origin = split.top * plane.stride + split.left + first;
    gather(plane, origin, columns, height, strip);
    for (let column = 0; column < columns; column += 1) {
      const start = column * height;
      interleave(strip, start + low, start + high, height, line, bank.pad);
      bank.synthesise(line, height, strip, start);
    }
    scatter(plane, origin, columns, height, strip);
  }
}

/** Where the low and the high part of a line begin. */
function partsOf(length: number, isReversed: boolean): readonly [low: number, high: number] {
  return isReversed ? [length >> 1, 0] : [0, (length + 1) >> 1];
}

/** Low and high samples in turns. */
function interleave(
  samples: Float32Array,
  low: number,
  high: number,
  length: number,
  line: Float64Array,
  pad: number,
): void {
  const half = length >> 1;
  for (let pair = 0, to = pad; pair < half; pair += 1, to += 2) {
    line[to] = samples[low + pair] ?? 0;
    line[to + 1] = samples[high + pair] ?? 0;
  }
  if (length % 2 === 1) line[pad + length - 1] = samples[low + half] ?? 0;
}

/** Columns of the plane become lines of the strip. */
function gather(
  { samples, stride }: Plane,
  origin: number,
  columns: number,
  height: number,
  strip: Float32Array,
): void {
  for (let row = 0, from = origin; row < height; row += 1, from += stride) {
    for (let column = 0, to = row; column < columns; column += 1, to += height) {
      strip[to] = samples[from + column] ?? 0;
    }
  }
}

/** Lines of the strip become columns of the plane again. */
function scatter(
  { samples, stride }: Plane,
  origin: number,
  columns: number,
  height: number,
  strip: Float32Array,
): void {
  for (let row = 0, to = origin; row < height; row += 1, to += stride) {
    for (let column = 0, from = row; column < columns; column += 1, from += height) {
      samples[to + column] = strip[from] ?? 0;
    }
  }
}
