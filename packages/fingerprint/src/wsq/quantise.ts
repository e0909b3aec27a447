import type { WsqQuantisation } from './quantisation.js';
import { BLOCK_STARTS, SUBBAND_COUNT, type SubbandTree } from './subbands.js';
import { MAX_16_BIT, PLAIN_RANGE, RESTART, SYMBOL } from './symbols.js';
import { TokenStore } from './token-store.js';
import type { Plane } from './transform.js';

/**
 * Quantises the subbands and appends the result to an empty store, as tokens (IAFIS-IC-0110 V3, 5.4 and A.3);
 * returns where in the store each of the three blocks ends. An amount above 65,535 becomes 65,535. With
 * `restartInterval` above 0 an interval ends after so many samples, and at the end of a block.
 */
export function quantise(
  plane: Plane,
  { subbands }: SubbandTree,
  quantisation: WsqQuantisation,
  restartInterval: number,
  store: TokenStore,
): readonly number[] {
  const writer: TokenWriter = { store, run: 0, left: restartInterval, restartInterval };
  const blockEnds: number[] = [];
  for (let subband = 0; subband < SUBBAND_COUNT; subband += 1) {
    if (BLOCK_STARTS.includes(subband) && subband > 0) endBlock(writer, blockEnds);
    const { left = 0, top = 0, width = 0, height = 0 } = subbands[subband] ?? {};
    const binWidth = quantisation.binWidths[subband] ?? 0;
    const threshold = (quantisation.zeroBinWidths[subband] ?? 0) / 2;
    if (binWidth === 0) continue;
    for (let row = 0; row < height; row += 1) {
      const start = (top + row) * plane.stride + left;
      if (restartInterval === 0) quantiseRow(writer, plane.samples, start, width, binWidth, threshold);
      else quantiseWithRestarts(writer, plane.samples, start, width, binWidth, threshold);
    }
  }
  endBlock(writer, blockEnds);
  return blockEnds;
}

interface TokenWriter {
  readonly store: TokenStore;
  readonly restartInterval: number;
  /** Zeros that no token stands for yet. */
  run: number;
  /** Samples until the next restart. */
  left: number;
}

function endBlock(writer: TokenWriter, blockEnds: number[]): void {
  flushRun(writer);
  writer.left = writer.restartInterval;
  blockEnds.push(writer.store.length);
}

function quantiseWithRestarts(
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
      writer.store.push(RESTART);
      writer.left = writer.restartInterval;
    }
    const part = Math.min(writer.left, end - at);
    quantiseRow(writer, samples, at, part, binWidth, threshold);
    writer.left -= part;
    at += part;
  }
}

function quantiseRow(
  writer: TokenWriter,
  samples: Float32Array,
  start: number,
  count: number,
  binWidth: number,
  threshold: number,
): void {
  // A row has no more tokens than samples, and one for the run before it; runs above 65,535 are rarer still.
  const tokens = writer.store.withRoomFor(count + 2 + Math.ceil(writer.run / MAX_16_BIT));
  const perBin = 1 / binWidth;
  let { length } = writer.store;
  let { run } = writer;
  for (let at = start; at < start + count; at += 1) {
    const sample = samples[at] ?? 0;
    if (sample <= threshold && sample >= -threshold) {
      run += 1;
      continue;
    }
    for (; run > 0; run -= Math.min(run, MAX_16_BIT)) {
      tokens[length] = runToken(run);
      length += 1;
    }
    const amount =
      sample > 0
        ? Math.trunc((sample - threshold) * perBin + 1)
        : -Math.trunc((-sample - threshold) * perBin + 1);
    tokens[length] =
      amount >= PLAIN_RANGE.from && amount <= PLAIN_RANGE.to ? amount + SYMBOL.zero : escaped(amount);
    length += 1;
  }
  writer.store.length = length;
  writer.run = run;
}

function flushRun(writer: TokenWriter): void {
  for (; writer.run > 0; writer.run -= Math.min(writer.run, MAX_16_BIT)) {
    writer.store.push(runToken(writer.run));
  }
}

/** The token for a run of zeros, or for the first 65,535 of it. */
function runToken(run: number): number {
  if (run <= SYMBOL.longestPlainRun) return run;
  return run <= 255 ? SYMBOL.run8 | (run << 8) : SYMBOL.run16 | (Math.min(run, MAX_16_BIT) << 8);
}

function escaped(number: number): number {
  const amount = Math.min(Math.abs(number), MAX_16_BIT);
  const isLong = amount > 255;
  const positive = isLong ? SYMBOL.positive16 : SYMBOL.positive8;
  const negative = isLong ? SYMBOL.negative16 : SYMBOL.negative8;
  return (number > 0 ? positive : negative) | (amount << 8);
}
