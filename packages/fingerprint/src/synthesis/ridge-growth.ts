import type { RandomSource } from './random-source.js';
import { FILTER_RADIUS, type RidgeFilters } from './ridge-filter.js';

/** Where ridges grow: a grid with the filter to use at each sample. */
export interface GrowthGrid {
  /** Samples per row, margins of {@link FILTER_RADIUS} included. */
  readonly width: number;
  readonly height: number;
  /** Index of every sample that lies on skin, away from the margins. */
  readonly skin: Int32Array;
  /** First tap of the filter of each of them. */
  readonly filterAt: Int32Array;
}

/**
 * A ridge pattern over the grid, -1 in the middle of a valley to 1 on top of a ridge: grains thrown onto the
 * skin grow under repeated filtering until their ridges meet; where they do not fit, a ridge ends or forks, so
 * that minutiae arise by themselves (Cappelli, Maio, Maltoni: SFinGe). `grains` is their number, `rounds` how often it is filtered.
 */
export function growRidges(
  grid: GrowthGrid,
  filters: RidgeFilters,
  grains: number,
  rounds: number,
  random: RandomSource,
): Float32Array {
  let from = new Float32Array(grid.width * grid.height);
  let to = new Float32Array(grid.width * grid.height);
  for (let n = 0; n < grains; n += 1) {
    const at = grid.skin[Math.floor(random.next() * grid.skin.length)] ?? 0;
    from[at] = 2;
  }
  for (let round = 0; round < rounds; round += 1) {
    filterOnce(grid, filters, from, to);
    [from, to] = [to, from];
  }
  return from;
}

function filterOnce(grid: GrowthGrid, filters: RidgeFilters, from: Float32Array, to: Float32Array): void {
  const { skin, filterAt } = grid;
  const { taps, offsets } = filters;
  const count = offsets.length;
  for (let s = 0; s < skin.length; s += 1) {
    const at = skin[s] ?? 0;
    const first = filterAt[s] ?? 0;
    let total = 0;
    for (let t = 0; t < count; t += 1) {
      const offset = offsets[t] ?? 0;
      total += (taps[first + t] ?? 0) * ((from[at + offset] ?? 0) + (from[at - offset] ?? 0));
    }
    to[at] = total > 1 ? 1 : total < -1 ? -1 : total;
  }
}

/** Samples that must surround the skin on every side. */
export const GROWTH_MARGIN = FILTER_RADIUS;
