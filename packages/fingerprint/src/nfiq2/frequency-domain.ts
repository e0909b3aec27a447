import type { CroppedPrint } from './crop.js';
import type { RidgeBlocks } from './ridge-blocks.js';
import { LYING, turnBlock } from './turned-block.js';

/** Samples along the ridges' normal, and amplitudes without the constant one. */
const SAMPLES = LYING.rows;
const AMPLITUDES = SAMPLES - 1;
/** How much the neighbours of the strongest frequency count. */
const NEIGHBOUR = 0.3;

/**
 * How much of a foreground block's profile is one frequency, 0 to 1 and a little more (ISO/IEC 29794-4:2024,
 * FDA); 1 also where the strongest frequency is the lowest.
 */
export function frequencyScores(print: CroppedPrint, blocks: RidgeBlocks): readonly number[] {
  const scores: number[] = [];
  for (let at = 0; at < blocks.isForeground.length; at += 1) {
    if (blocks.isForeground[at] !== 1) continue;
    const column = at % blocks.columns;
    const row = (at - column) / blocks.columns;
    turnBlock(print, column, row, (blocks.orientation[at] ?? 0) + Math.PI / 2, 2, LYING, block);
    scores.push(scoreOf(block));
  }
  return scores;
}

const block = new Uint8Array(LYING.rows * LYING.columns);
const real = new Float64Array(SAMPLES);
const imaginary = new Float64Array(SAMPLES);
const amplitudes = new Float64Array(AMPLITUDES);

function scoreOf(pixels: Uint8Array): number {
  for (let row = 0; row < SAMPLES; row += 1) {
    let sum = 0;
    const end = (row + 1) * LYING.columns;
    for (let at = row * LYING.columns; at < end; at += 1) sum += pixels[at] ?? 0;
    const to = BIT_REVERSED[row] ?? 0;
    real[to] = sum / LYING.columns;
    imaginary[to] = 0;
  }
  transform();
  let strongest = 0;
  let sum = 0;
  for (let i = 0; i < AMPLITUDES; i += 1) {
    const amplitude = Math.sqrt((real[i + 1] ?? 0) ** 2 + (imaginary[i + 1] ?? 0) ** 2);
    amplitudes[i] = amplitude;
    if (amplitude > (amplitudes[strongest] ?? 0)) strongest = i;
    if (i < AMPLITUDES >> 1) sum += amplitude;
  }
  if (strongest === 0 || strongest === AMPLITUDES - 1) return 1;
  const beside = (amplitudes[strongest - 1] ?? 0) + (amplitudes[strongest + 1] ?? 0);
  return ((amplitudes[strongest] ?? 0) + NEIGHBOUR * beside) / sum;
}

/** Fast Fourier transform of the samples in place (decimation in time, radix 2). */
function transform(): void {
  for (let size = 2; size <= SAMPLES; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k += 1) {
      const cos = COS[(k * SAMPLES) / size] ?? 0;
      const sin = SIN[(k * SAMPLES) / size] ?? 0;
      for (let low = k; low < SAMPLES; low += size) {
        const high = low + half;
        const re = (real[high] ?? 0) * cos + (imaginary[high] ?? 0) * sin;
        const im = (imaginary[high] ?? 0) * cos - (real[high] ?? 0) * sin;
        real[high] = (real[low] ?? 0) - re;
        imaginary[high] = (imaginary[low] ?? 0) - im;
        real[low] = (real[low] ?? 0) + re;
        imaginary[low] = (imaginary[low] ?? 0) + im;
      }
    }
  }
}

const COS = Float64Array.from({ length: SAMPLES / 2 }, (_, i) => quarterExact(Math.cos, i));
const SIN = Float64Array.from({ length: SAMPLES / 2 }, (_, i) => quarterExact(Math.sin, i));
const BIT_REVERSED = Uint8Array.from({ length: SAMPLES }, (_, i) =>
  parseInt(i.toString(2).padStart(5, '0').split('').reverse().join(''), 2),
);

/** `wave` at i/32 of a turn, exactly 0 where it is zero: a flat block must have no frequency at all. */
function quarterExact(wave: (angle: number) => number, i: number): number {
  const value = wave((2 * Math.PI * i) / SAMPLES);
  return Math.abs(value) < 1e-12 ? 0 : value;
}
