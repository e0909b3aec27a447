import { deviationOf } from './block-statistics.js';

/** How many values fall into each of ten bins, their mean and standard deviation (divisor n). */
export interface Histogram {
  readonly bins: readonly number[];
  readonly mean: number;
  readonly deviation: number;
}

/** Counts `values` in bins whose upper `bounds` (nine, rising) are exclusive; the last bin takes the rest. */
export function histogramOf(values: readonly number[], bounds: readonly number[]): Histogram {
  // Sums run over the sorted values, as in the reference: the last digits depend on it.
  const sorted = Float64Array.from(values).sort();
  const bins = Array.from({ length: bounds.length + 1 }, () => 0);
  let bin = 0;
  let sum = 0;
  let squares = 0;
  for (const value of sorted) {
    while (bin < bounds.length && value >= (bounds[bin] ?? 0)) bin += 1;
    bins[bin] = (bins[bin] ?? 0) + 1;
    sum += value;
    squares += value * value;
  }
  const mean = sorted.length === 0 ? 0 : sum * (1 / sorted.length);
  return { bins, mean, deviation: deviationOf(sum, squares, sorted.length) };
}
