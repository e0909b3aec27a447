import type { Quantisation } from './quantisation.js';
import { BLOCK_STARTS, SUBBAND_COUNT, type SubbandTree } from './subbands.js';
import { MAX_16_BIT, PLAIN_RANGE, SYMBOL } from './symbols.js';
import type { Plane } from './transform.js';

/** A quantised image as the symbols of its three blocks. */
export interface Tokens {
  /** Symbol in the low 8 bits, its additional bits above; {@link RESTART} between intervals. */
  readonly tokens: Int32Array;
  /** Where in `tokens` each block ends. */
  readonly blockEnds: readonly number[];
}

/** Where a restart marker goes: no symbol is 0. */
export const RESTART = 0;

/**
 * Quantises the subbands and puts the result in symbols (IAFIS-IC-0110 V3, 5.4 and A.3). `store` is overwritten; it
 * holds as many tokens as the subbands have samples, and one for each restart. An amount above 65,535 becomes 65,535.
 * With `restartInterval` above 0 an interval ends after so many samples, and at the end of a block.
 */
export function tokenise(
  plane: Plane,
  { subbands }: SubbandTree,
  quantisation: Quantisation,
  restartInterval: number,
  store: Int32Array,
): Tokens {
  const writer = { store, length: 0, run: 0, left: restartInterval, restartInterval };
  const blockEnds: number[] = [];
  for (let subband = 0; subband < SUBBAND_COUNT; subband += 1) {
    if (BLOCK_STARTS.includes(subband) && subband > 0) endBlock(writer, blockEnds);
    const { left = 0, top = 0, width = 0, height = 0 } = subbands[subband] ?? {};
    const binWidth = quantisation.binWidths[subband] ?? 0;
    const threshold = (quantisation.zeroBinWidths[subband] ?? 0) / 2;
    if (binWidth === 0) continue;
    for (let row = 0; row < height; row += 1) {
      const start = (top + row) * plane.stride + left;
      if (restartInterval === 0) tokeniseRow(writer, plane.samples, start, width, binWidth, threshold);
      else tokeniseWithRestarts(writer, plane.samples, start, width, binWidth, threshold);
    }
  }
  endBlock(writer, blockEnds);
  return { tokens: store.subarray(0, writer.length), blockEnds };
}

interface TokenWriter {
  readonly store: Int32Array;
  readonly restartInterval: number;
  length: number;
  /** Zeros that no token stands for yet. */
  run: number;
  /** Samples until the next restart. */
  left: number;
}

function endBlock(writer: TokenWriter, blockEnds: number[]): void {
  flushRun(writer);
  writer.left = writer.restartInterval;
  blockEnds.push(writer.length);
}

function tokeniseWithRestarts(
  writer: TokenWriter,
  samples: Float32Array,
  start: number,
  count: number,
  binWidth: number,
  threshold: number,
): void {
  let at = start;
  const end = start + count;
  while (at < end) {
    if (writer.left === 0) {
      flushRun(writer);
      writer.store[writer.length] = RESTART;
      writer.length += 1;
      writer.left = writer.restartInterval;
    }
    const part = Math.min(writer.left, end - at);
    tokeniseRow(writer, samples, at, part, binWidth, threshold);
    writer.left -= part;
    at += part;
  }
}

function tokeniseRow(
  writer: TokenWriter,
  samples: Float32Array,
  start: number,
  count: number,
  binWidth: number,
  threshold: number,
): void {
  const { store } = writer;
  const perBin = 1 / binWidth;
  let { length, run } = writer;
  for (let at = start; at < start + count; at += 1) {
    const sample = samples[at] ?? 0;
    if (sample <= threshold && sample >= -threshold) {
      run += 1;
      continue;
    }
    if (run > 0) {
      writer.length = length;
      writer.run = run;
      flushRun(writer);
      length = writer.length;
      run = 0;
    }
    const amount =
      sample > 0
        ? Math.trunc((sample - threshold) * perBin + 1)
        : -Math.trunc((-sample - threshold) * perBin + 1);
    store[length] =
      amount >= PLAIN_RANGE.from && amount <= PLAIN_RANGE.to ? amount + SYMBOL.zero : escaped(amount);
    length += 1;
  }
  writer.length = length;
  writer.run = run;
}

function escaped(number: number): number {
  const amount = Math.min(Math.abs(number), MAX_16_BIT);
  const isLong = amount > 255;
  const positive = isLong ? SYMBOL.positive16 : SYMBOL.positive8;
  const negative = isLong ? SYMBOL.negative16 : SYMBOL.negative8;
  return (number > 0 ? positive : negative) | (amount << 8);
}

function flushRun(writer: TokenWriter): void {
  while (writer.run > 0) {
    const run = Math.min(writer.run, MAX_16_BIT);
    const token =
      run <= SYMBOL.longestPlainRun
        ? run
        : run <= 255
          ? SYMBOL.run8 | (run << 8)
          : SYMBOL.run16 | (run << 8);
    writer.store[writer.length] = token;
    writer.length += 1;
    writer.run -= run;
  }
}
