import { angleBetween, wrapped, type MatchTemplate } from './match-template.js';

/** A minutia of one print and the one of the other print that it is taken for. */
export interface Pair {
  readonly i: number;
  readonly j: number;
}

/** How the first print is turned, then moved, to lie on the second; pixels at 500 ppi, image axes. */
export interface Alignment {
  readonly cos: number;
  readonly sin: number;
  /** The turn, -pi to pi, clockwise as one sees it. */
  readonly turn: number;
  readonly dx: number;
  readonly dy: number;
}

/** How far a pair may be apart after aligning, in pixels and radians. */
export interface Tolerance {
  readonly distance: number;
  readonly turn: number;
}

/** The turn and move with the least squares of distances between `pairs` (Procrustes without scale). */
export function bestAlignment(a: MatchTemplate, b: MatchTemplate, pairs: readonly Pair[]): Alignment {
  let ax = 0;
  let ay = 0;
  let bx = 0;
  let by = 0;
  for (const { i, j } of pairs) {
    ax += (a.x[i] ?? 0) / pairs.length;
    ay += (a.y[i] ?? 0) / pairs.length;
    bx += (b.x[j] ?? 0) / pairs.length;
    by += (b.y[j] ?? 0) / pairs.length;
  }
  // The directions of the minutiae count as points 20 pixels away would: one pair alone gives a turn.
  let dot = 0;
  let cross = 0;
  for (const { i, j } of pairs) {
    const ux = (a.x[i] ?? 0) - ax;
    const uy = (a.y[i] ?? 0) - ay;
    const vx = (b.x[j] ?? 0) - bx;
    const vy = (b.y[j] ?? 0) - by;
    const turn = (b.angle[j] ?? 0) - (a.angle[i] ?? 0);
    dot += ux * vx + uy * vy + 400 * Math.cos(turn);
    cross += ux * vy - uy * vx + 400 * Math.sin(turn);
  }
  const turn = Math.atan2(cross, dot);
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  return { cos, sin, turn, dx: bx - cos * ax + sin * ay, dy: by - sin * ax - cos * ay };
}

/** The pairs within a tolerance, and how many there would be by chance. */
export interface Overlay {
  /** Each minutia in one pair at most; the closest were taken first. */
  readonly pairs: readonly Pair[];
  /** Pairs to be expected from prints that have nothing but their flow in common. */
  readonly byChance: number;
}

/** Radius, in tolerances, of the surroundings by which pairs by chance are estimated. */
const SURROUNDINGS = 4;

/** Lays `a` on `b` and pairs what fits within `tolerance`. */
export function overlay(
  a: MatchTemplate,
  b: MatchTemplate,
  alignment: Alignment,
  tolerance: Tolerance,
): Overlay {
  const { cos, sin, turn, dx, dy } = alignment;
  const near: (Pair & { readonly apart: number })[] = [];
  const close = tolerance.distance ** 2;
  const reach = SURROUNDINGS * tolerance.distance;
  let around = 0;
  for (let i = 0; i < a.count; i += 1) {
    const x = cos * (a.x[i] ?? 0) - sin * (a.y[i] ?? 0) + dx;
    const y = sin * (a.x[i] ?? 0) + cos * (a.y[i] ?? 0) + dy;
    const angle = wrapped((a.angle[i] ?? 0) + turn);
    for (let j = 0; j < b.count; j += 1) {
      const right = (b.x[j] ?? 0) - x;
      if (right > reach || right < -reach) continue;
      const down = (b.y[j] ?? 0) - y;
      const squared = right * right + down * down;
      if (squared > reach * reach) continue;
      const off = angleBetween(b.angle[j] ?? 0, angle);
      if (off > tolerance.turn) continue;
      around += 1;
      if (squared > close) continue;
      near.push({ i, j, apart: Math.sqrt(squared) / tolerance.distance + off / tolerance.turn });
    }
  }
  const pairs = closestFirst(near, a.count, b.count);
  return { pairs, byChance: (around - pairs.length) / (SURROUNDINGS ** 2 - 1) };
}

function closestFirst(
  near: (Pair & { readonly apart: number })[],
  countA: number,
  countB: number,
): readonly Pair[] {
  near.sort((p, q) => p.apart - q.apart || p.i - q.i || p.j - q.j);
  const takenA = new Uint8Array(countA);
  const takenB = new Uint8Array(countB);
  return near.filter(({ i, j }) => {
    if (takenA[i] === 1 || takenB[j] === 1) return false;
    takenA[i] = 1;
    takenB[j] = 1;
    return true;
  });
}
