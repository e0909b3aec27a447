/** Fractions of a pixel for which weights are kept ready. */
export const PHASES = 256;

const LOBES = 3;

/** Weights of a one-dimensional kernel for every fraction of a pixel. */
export interface FilterBank {
  /** Weights per fraction. */
  readonly taps: number;
  /** How many pixels before the place the first weight belongs to. */
  readonly before: number;
  /** {@link PHASES} times `taps` weights of single precision; those of one fraction sum up to 1. */
  readonly weights: Float64Array;
}

/**
 * Lanczos-3 weights for steps of `step` source pixels; above 1 the kernel is as much wider and passes only what the
 * new grid can hold.
 */
export function filterBank(step: number): FilterBank {
  const scale = Math.max(1, step);
  const before = Math.ceil(LOBES * scale) - 1;
  const taps = 2 * before + 2;
  const weights = new Float64Array(PHASES * taps);
  for (let phase = 0; phase < PHASES; phase += 1) {
    const raw = Array.from({ length: taps }, (_, tap) => lanczos((tap - before - phase / PHASES) / scale));
    const sum = raw.reduce((total, weight) => total + weight, 0);
    weights.set(
      raw.map((weight) => Math.fround(weight / sum)),
      phase * taps,
    );
  }
  return { taps, before, weights };
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const angle = Math.PI * x;
  return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / (angle * angle);
}

/** The index, or the nearest one from 0 to `last`. */
export function within(index: number, last: number): number {
  return index < 0 ? 0 : index > last ? last : index;
}
