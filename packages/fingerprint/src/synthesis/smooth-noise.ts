import type { RandomSource } from './random-source.js';

/** A random field over the plane that is smooth over `cell`; values have mean 0 and lie within [-1, 1]. */
export interface SmoothNoise {
  /** The value at (x, y), in the unit of `cell`; outside the field its edge goes on. */
  at(x: number, y: number): number;
}

/**
 * A field that covers `left`, `top`, `width`, `height`: random values on a lattice of pitch `cell`, joined by
 * cubic fading (value noise).
 */
export function smoothNoise(
  random: RandomSource,
  area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
  cell: number,
): SmoothNoise {
  const columns = Math.ceil(area.width / cell) + 2;
  const rows = Math.ceil(area.height / cell) + 2;
  const lattice = new Float32Array(columns * rows);
  for (let i = 0; i < lattice.length; i += 1) lattice[i] = 2 * random.next() - 1;
  const scale = 1 / cell;
  return {
    at: (x, y) => {
      const u = Math.min(Math.max((x - area.left) * scale, 0), columns - 1.001);
      const v = Math.min(Math.max((y - area.top) * scale, 0), rows - 1.001);
      const column = Math.floor(u);
      const row = Math.floor(v);
      const fx = fade(u - column);
      const fy = fade(v - row);
      const i = row * columns + column;
      const upper = (lattice[i] ?? 0) * (1 - fx) + (lattice[i + 1] ?? 0) * fx;
      const lower = (lattice[i + columns] ?? 0) * (1 - fx) + (lattice[i + columns + 1] ?? 0) * fx;
      return upper * (1 - fy) + lower * fy;
    },
  };
}

/** 0 at 0, 1 at 1, level at both ends: 3 t^2 - 2 t^3. */
export function fade(t: number): number {
  return t * t * (3 - 2 * t);
}

/** 0 below `low`, 1 above `high`, faded between. */
export function step(low: number, high: number, value: number): number {
  return fade(Math.min(Math.max((value - low) / (high - low), 0), 1));
}
