import { between, type RandomSource } from './random-source.js';
import type { SkinPoint } from './ridge-flow.js';

/** A fold or scar that no ridge crosses: a line through `points`, in millimetres. */
export interface Crease {
  readonly points: readonly SkinPoint[];
  readonly widthMm: number;
}

/** A sweat pore: a dent on a ridge. */
export interface Pore extends SkinPoint {
  readonly radiusMm: number;
}

/** Distance from pore to pore along a ridge, in millimetres. */
const PORE_PITCH_MM = 0.42;

/**
 * Pores on the ridges within `halfWidthMm` and `halfHeightMm`; `height` tells how high the skin is at a point,
 * -1 to 1.
 */
export function scatterPores(
  halfWidthMm: number,
  halfHeightMm: number,
  height: (x: number, y: number) => number,
  random: RandomSource,
): readonly Pore[] {
  const pores: Pore[] = [];
  for (let row = -halfHeightMm; row < halfHeightMm; row += PORE_PITCH_MM) {
    for (let column = -halfWidthMm; column < halfWidthMm; column += PORE_PITCH_MM) {
      const x = column + PORE_PITCH_MM * random.next();
      const y = row + PORE_PITCH_MM * random.next();
      const radiusMm = between(random, 0.05, 0.1);
      if (height(x, y) > 0.55) pores.push({ x, y, radiusMm });
    }
  }
  return pores;
}

/** `count` creases, most of them across the finger, as age and work leave them. */
export function scatterCreases(
  count: number,
  halfWidthMm: number,
  halfHeightMm: number,
  random: RandomSource,
): readonly Crease[] {
  return Array.from({ length: count }, () => {
    let x = between(random, -0.8, 0.6) * halfWidthMm;
    let y = between(random, -0.7, 0.9) * halfHeightMm;
    let direction = between(random, -0.7, 0.7);
    const points: SkinPoint[] = [{ x, y }];
    const steps = Math.round(between(random, 6, 30));
    for (let i = 0; i < steps; i += 1) {
      direction += 0.12 * random.normal();
      x += 0.25 * Math.cos(direction);
      y += 0.25 * Math.sin(direction);
      points.push({ x, y });
    }
    return { points, widthMm: between(random, 0.06, 0.13) };
  });
}
