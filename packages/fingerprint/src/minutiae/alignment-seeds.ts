import type { Pair } from './alignment.js';
import { wrapped, type MatchTemplate } from './match-template.js';

/** Two minutiae that look alike by their neighbours, with the neighbours that agree. */
export interface Seed {
  readonly pairs: readonly Pair[];
}

/** Tolerances among neighbours: skin stretches by a twelfth, and positions are off by a third of a ridge. */
const STRETCH = 1 / 12;
const BLUR_PX = 3;
const BEARING = 0.3;
const TURN = 0.4;

/** The `most` pairs of minutiae whose neighbours agree best, at least two of them; the best first. */
export function alignmentSeeds(a: MatchTemplate, b: MatchTemplate, most: number): readonly Seed[] {
  const found: { readonly i: number; readonly j: number; readonly agreeing: number }[] = [];
  for (let i = 0; i < a.count; i += 1) {
    for (let j = 0; j < b.count; j += 1) {
      const agreeing = agreement(a, i, b, j);
      if (agreeing >= 2) found.push({ i, j, agreeing });
    }
  }
  found.sort((p, q) => q.agreeing - p.agreeing || p.i - q.i || p.j - q.j);
  return found.slice(0, most).map(({ i, j }) => {
    const pairs: Pair[] = [{ i, j }];
    agreement(a, i, b, j, pairs);
    return { pairs };
  });
}

/** How well the neighbours of `i` and `j` agree: one for each pair without error, less with; `pairs` collects them. */
function agreement(a: MatchTemplate, i: number, b: MatchTemplate, j: number, pairs?: Pair[]): number {
  const p = a.neighbours;
  const q = b.neighbours;
  const endP = (i + 1) * p.perMinutia;
  const endQ = (j + 1) * q.perMinutia;
  let from = j * q.perMinutia;
  let sum = 0;
  let used = 0;
  for (let k = i * p.perMinutia; k < endP; k += 1) {
    const distance = p.distance[k] ?? 0;
    const slack = BLUR_PX + distance * STRETCH;
    while (from < endQ && (q.distance[from] ?? 0) < distance - slack) from += 1;
    let best = 0;
    let bestAt = -1;
    for (let l = from; l < endQ && (q.distance[l] ?? 0) <= distance + slack; l += 1) {
      if ((used & (1 << (l - j * q.perMinutia))) !== 0) continue;
      const bearing = Math.abs(wrapped((q.bearing[l] ?? 0) - (p.bearing[k] ?? 0)));
      // Close by, a bearing says little.
      if (bearing > BEARING + BLUR_PX / (distance + 1)) continue;
      const turn = Math.abs(wrapped((q.turn[l] ?? 0) - (p.turn[k] ?? 0)));
      if (turn > TURN) continue;
      const likeness = 1.5 - Math.abs((q.distance[l] ?? 0) - distance) / (2 * slack) - turn / (2 * TURN);
      if (likeness > best) {
        best = likeness;
        bestAt = l;
      }
    }
    if (bestAt < 0) continue;
    used |= 1 << (bestAt - j * q.perMinutia);
    sum += best;
    pairs?.push({ i: p.who[k] ?? 0, j: q.who[bestAt] ?? 0 });
  }
  return sum;
}
