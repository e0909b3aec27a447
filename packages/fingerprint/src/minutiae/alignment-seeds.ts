import type { Pair } from './alignment.js';
import { angleBetween, type MatchTemplate } from './match-template.js';

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

/**
 * How well the neighbours of `i` and `j` agree: one for each pair without error, less with; `pairs` collects
 * them.
 */
function agreement(a: MatchTemplate, i: number, b: MatchTemplate, j: number, pairs?: Pair[]): number {
  const p = a.neighbours;
  const { perMinutia, distance, bearing, turn, who } = b.neighbours;
  const endP = (i + 1) * p.perMinutia;
  const startQ = j * perMinutia;
  const endQ = startQ + perMinutia;
  let from = startQ;
  let sum = 0;
  let used = 0;
  for (let k = i * p.perMinutia; k < endP; k += 1) {
    const wanted = p.distance[k] ?? 0;
    const slack = BLUR_PX + wanted * STRETCH;
    while (from < endQ && (distance[from] ?? 0) < wanted - slack) from += 1;
    if (from === endQ) break;
    // Close by, a bearing says little.
    const bearingSlack = BEARING + BLUR_PX / (wanted + 1);
    let best = 0;
    let bestAt = -1;
    for (let l = from; l < endQ && (distance[l] ?? 0) <= wanted + slack; l += 1) {
      if (angleBetween(bearing[l] ?? 0, p.bearing[k] ?? 0) > bearingSlack) continue;
      const turned = angleBetween(turn[l] ?? 0, p.turn[k] ?? 0);
      if (turned > TURN || (used & (1 << (l - startQ))) !== 0) continue;
      const likeness = 1.5 - Math.abs((distance[l] ?? 0) - wanted) / (2 * slack) - turned / (2 * TURN);
      if (likeness > best) {
        best = likeness;
        bestAt = l;
      }
    }
    if (bestAt < 0) continue;
    used |= 1 << (bestAt - startQ);
    sum += best;
    pairs?.push({ i: p.who[k] ?? 0, j: who[bestAt] ?? 0 });
  }
  return sum;
}
