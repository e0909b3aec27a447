/** Directions that the filters tell apart, over half a turn. */
const DIRECTIONS = 40;
/** Ridge periods that they tell apart. */
const PERIODS = 6;
/** Filters reach this many samples to each side. */
export const FILTER_RADIUS = 5;

/** Gabor filters by direction and period, ready to be run over a grid of row length `stride`. */
export interface RidgeFilters {
  /** Taps of all filters, `offsets.length` each. */
  readonly taps: Float32Array;
  /** Where the tap lies in the grid, relative to the sample; the mirrored sample has the same tap. */
  readonly offsets: Int32Array;
  /** Index of the first tap of the filter for `direction` (radians) and `period` (samples). */
  first(direction: number, period: number): number;
}

/**
 * Filters that answer to parallel ridges of one direction and period and to nothing else: a cosine across the
 * ridge under a round Gaussian, without its mean, scaled so that a perfect ridge pattern comes out `gain` times.
 * The period lies in [shortest, longest], in samples.
 */
export function ridgeFilters(stride: number, shortest: number, longest: number, gain: number): RidgeFilters {
  const points = halfDisc();
  const offsets = Int32Array.from(points, ([dx, dy]) => dy * stride + dx);
  const taps = new Float32Array(PERIODS * DIRECTIONS * points.length);
  const step = (longest - shortest) / (PERIODS - 1);
  for (let p = 0; p < PERIODS; p += 1) {
    for (let d = 0; d < DIRECTIONS; d += 1) {
      const at = (p * DIRECTIONS + d) * points.length;
      taps.set(filter(points, (d * Math.PI) / DIRECTIONS, shortest + p * step, gain), at);
    }
  }
  return {
    taps,
    offsets,
    first: (direction, period) => {
      const turns = direction / Math.PI;
      const d = Math.round((turns - Math.floor(turns)) * DIRECTIONS) % DIRECTIONS;
      const p = Math.min(Math.max(Math.round((period - shortest) / step), 0), PERIODS - 1);
      return (p * DIRECTIONS + d) * points.length;
    },
  };
}

/** The centre and one of each two mirrored points of a disc: filters are even, so the other has the same tap. */
function halfDisc(): readonly (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [];
  for (let dy = 0; dy <= FILTER_RADIUS; dy += 1) {
    for (let dx = -FILTER_RADIUS; dx <= FILTER_RADIUS; dx += 1) {
      const first = dy > 0 || dx >= 0;
      if (first && dx * dx + dy * dy <= (FILTER_RADIUS + 0.4) ** 2) points.push([dx, dy]);
    }
  }
  return points;
}

function filter(
  points: readonly (readonly [number, number])[],
  direction: number,
  period: number,
  gain: number,
): Float32Array {
  const sigma = 0.48 * period;
  const wave = points.map(([dx, dy]) =>
    Math.cos((2 * Math.PI * (dy * Math.cos(direction) - dx * Math.sin(direction))) / period),
  );
  // The centre counts once, every other point stands for two; it is listed first and halved for that.
  const bell = points.map(
    ([dx, dy], i) => Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)) / (i === 0 ? 2 : 1),
  );
  const mean = sum(bell, (b, i) => b * (wave[i] ?? 0)) / sum(bell, (b) => b);
  const taps = bell.map((b, i) => b * ((wave[i] ?? 0) - mean));
  const answer = 2 * sum(taps, (t, i) => t * (wave[i] ?? 0));
  return Float32Array.from(taps, (t) => (t * gain) / answer);
}

function sum(values: readonly number[], term: (value: number, index: number) => number): number {
  return values.reduce((total, value, index) => total + term(value, index), 0);
}
