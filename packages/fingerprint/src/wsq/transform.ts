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
  /** Lines one after the other, each with room for mirrored ends: a row, or the columns of a strip. */
  readonly lines: Float32Array;
  /** The same lines after the bank. */
  readonly results: Float32Array;
}

function buffersFor({ splits: [image] }: SubbandTree, { pad }: FilterBank): Buffers {
  const { width = 0, height = 0 } = image ?? {};
  const lines = new Float32Array(Math.max(width + 2 * pad, STRIP * lineLengthOf(height, pad)));
  return { lines, results: new Float32Array(STRIP * lineLengthOf(height, 0)) };
}

function analyseRows({ samples, stride }: Plane, split: Split, bank: FilterBank, { lines }: Buffers): void {
  const { width, height, isReversedX } = split;
  const [low, high] = partsOf(width, isReversedX);
  for (let row = 0; row < height; row += 1) {
    const start = (split.top + row) * stride + split.left;
    lines.set(samples.subarray(start, start + width), bank.pad);
    bank.analyse(lines, bank.pad, width, samples, start + low, start + high);
  }
}

function synthesiseRows(
  { samples, stride }: Plane,
  split: Split,
  bank: FilterBank,
  { lines }: Buffers,
): void {
  const { width, height, isReversedX } = split;
  const [low, high] = partsOf(width, isReversedX);
  for (let row = 0; row < height; row += 1) {
    const start = (split.top + row) * stride + split.left;
    for (let from = start + low, to = bank.pad; to < bank.pad + width; from += 1, to += 2) {
      lines[to] = samples[from] ?? 0;
    }
    for (let from = start + high, to = bank.pad + 1; to < bank.pad + width; from += 1, to += 2) {
      lines[to] = samples[from] ?? 0;
    }
    bank.synthesise(lines, bank.pad, width, samples, start);
  }
}

function analyseColumns(plane: Plane, split: Split, bank: FilterBank, { lines, results }: Buffers): void {
  const { height, isReversedY } = split;
  const [low, high] = partsOf(height, isReversedY);
  const lineLength = lineLengthOf(height, bank.pad);
  const resultLength = lineLengthOf(height, 0);
  for (let first = 0; first < split.width; first += STRIP) {
    const columns = Math.min(STRIP, split.width - first);
    const origin = split.top * plane.stride + split.left + first;
    gather(plane, origin, columns, height, lines, bank.pad, 1, lineLength);
    for (let column = 0; column < columns; column += 1) {
      const start = column * resultLength;
      bank.analyse(lines, column * lineLength + bank.pad, height, results, start + low, start + high);
    }
    scatter(plane, origin, columns, height, results, resultLength);
  }
}

function synthesiseColumns(plane: Plane, split: Split, bank: FilterBank, { lines, results }: Buffers): void {
  const { height, isReversedY } = split;
  const [low, high] = partsOf(height, isReversedY);
  const lineLength = lineLengthOf(height, bank.pad);
  const resultLength = lineLengthOf(height, 0);
  for (let first = 0; first < split.width; first += STRIP) {
    const columns = Math.min(STRIP, split.width - first);
    const origin = split.top * plane.stride + split.left + first;
    const [lowOrigin, highOrigin] = [origin + low * plane.stride, origin + high * plane.stride];
    gather(plane, lowOrigin, columns, (height + 1) >> 1, lines, bank.pad, 2, lineLength);
    gather(plane, highOrigin, columns, height >> 1, lines, bank.pad + 1, 2, lineLength);
    for (let column = 0; column < columns; column += 1) {
      bank.synthesise(lines, column * lineLength + bank.pad, height, results, column * resultLength);
    }
    scatter(plane, origin, columns, height, results, resultLength);
  }
}

/**
 * Samples from line to line of a strip: an odd number of cache lines, so that they do not push each other
 * out.
 */
function lineLengthOf(length: number, pad: number): number {
  return STRIP * (Math.ceil((length + 2 * pad) / STRIP) | 1);
}

/** Where the low and the high part of a line begin. */
function partsOf(length: number, isReversed: boolean): readonly [low: number, high: number] {
  return isReversed ? [length >> 1, 0] : [0, (length + 1) >> 1];
}

/** `rows` rows of some columns of the plane become lines, from `at` on in steps of `step`. */
function gather(
  { samples, stride }: Plane,
  origin: number,
  columns: number,
  rows: number,
  lines: Float32Array,
  at: number,
  step: number,
  lineLength: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    let from = origin + row * stride;
    let to = at + row * step;
    const end = from + columns;
    for (; from + 3 < end; from += 4) {
      lines[to] = samples[from] ?? 0;
      lines[to + lineLength] = samples[from + 1] ?? 0;
      lines[to + 2 * lineLength] = samples[from + 2] ?? 0;
      lines[to + 3 * lineLength] = samples[from + 3] ?? 0;
      to += 4 * lineLength;
    }
    for (; from < end; from += 1, to += lineLength) lines[to] = samples[from] ?? 0;
  }
}

/** Lines become columns of the plane again. */
function scatter(
  { samples, stride }: Plane,
  origin: number,
  columns: number,
  rows: number,
  lines: Float32Array,
  lineLength: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    let from = row;
    let to = origin + row * stride;
    const end = to + columns;
    for (; to + 3 < end; to += 4) {
      samples[to] = lines[from] ?? 0;
      samples[to + 1] = lines[from + lineLength] ?? 0;
      samples[to + 2] = lines[from + 2 * lineLength] ?? 0;
      samples[to + 3] = lines[from + 3 * lineLength] ?? 0;
      from += 4 * lineLength;
    }
    for (; to < end; to += 1, from += lineLength) samples[to] = lines[from] ?? 0;
  }
}
