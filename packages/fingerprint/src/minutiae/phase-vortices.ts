import { DIRECTIONS } from './line-filter.js';
import type { RidgePhase } from './ridge-phase.js';

/** A point around which the phase of the ridges turns once: where a ridge more begins. */
export interface PhaseVortex {
  /** Working pixels. */
  readonly x: number;
  readonly y: number;
  /** Direction of the side with one ridge more, radians in image axes (y down). */
  readonly angle: number;
}

/**
 * The vortices of the ridge phase. A print is a wave whose phase turns by 2 pi around each minutia (Larkin
 * and Fletcher, "A coherent framework for fingerprint analysis", Optics Express 15, 2007): neither
 * binarising nor thinning is needed.
 */
export function phaseVortices(phase: RidgePhase): readonly PhaseVortex[] {
  const { width, height, even, odd, direction } = phase;
  const vortices: PhaseVortex[] = [];
  const e = new Float64Array(4);
  const o = new Float64Array(4);
  for (let y = 0; y + 1 < height; y += 1) {
    for (let x = 0; x + 1 < width; x += 1) {
      const at = y * width + x;
      const first = direction[at] ?? 0;
      let positive = 0;
      for (let corner = 0; corner < 4; corner += 1) {
        const pixel = at + (corner === 1 || corner === 2 ? 1 : 0) + (corner >= 2 ? width : 0);
        e[corner] = even[pixel] ?? 0;
        const turned = Math.abs((direction[pixel] ?? 0) - first) > DIRECTIONS / 2;
        o[corner] = turned ? -(odd[pixel] ?? 0) : (odd[pixel] ?? 0);
        if ((e[corner] ?? 0) > 0) positive += 1;
      }
      if (positive === 0 || positive === 4) continue;
      const turns = winding(e, o);
      if (turns === 0) continue;
      const angle = (first * Math.PI) / DIRECTIONS + (turns > 0 ? 0 : Math.PI);
      vortices.push({ x: x + 0.5, y: y + 0.5, angle });
    }
  }
  return vortices;
}

/**
 * `vortices` without the pairs of opposite turn closer than `distance`: they are one disturbance, not two
 * minutiae. The closest pairs go first.
 */
export function withoutClosePairs(
  vortices: readonly PhaseVortex[],
  distance: number,
): readonly PhaseVortex[] {
  const pairs: { readonly apart: number; readonly i: number; readonly j: number }[] = [];
  vortices.forEach((a, i) => {
    for (let j = i + 1; j < vortices.length; j += 1) {
      const b = vortices[j];
      if (b === undefined || b.y - a.y > distance) break;
      const apart = Math.hypot(b.x - a.x, b.y - a.y);
      if (apart <= distance && Math.cos(a.angle - b.angle) < 0) pairs.push({ apart, i, j });
    }
  });
  const gone = new Set<number>();
  for (const { i, j } of pairs.sort((a, b) => a.apart - b.apart)) {
    if (gone.has(i) || gone.has(j)) continue;
    gone.add(i).add(j);
  }
  return vortices.filter((_, index) => !gone.has(index));
}

/** How often (e, o) turns around zero on the way through its four corners. */
function winding(e: Float64Array, o: Float64Array): number {
  let turns = 0;
  for (let corner = 0; corner < 4; corner += 1) {
    const next = (corner + 1) & 3;
    const e0 = e[corner] ?? 0;
    const o0 = o[corner] ?? 0;
    const e1 = e[next] ?? 0;
    const o1 = o[next] ?? 0;
    if (o0 >= 0 === o1 >= 0) continue;
    // The edge crosses the axis o = 0; only the crossing at negative e counts.
    const crossing = e0 * o1 - e1 * o0;
    if (o0 >= 0 ? crossing > 0 : crossing < 0) turns += o0 >= 0 ? 1 : -1;
  }
  return turns;
}
