import { alignmentSeeds } from './alignment-seeds.js';
import { bestAlignment, overlay, type Pair, type Tolerance } from './alignment.js';
import { matchTemplate, type MatchTemplate } from './match-template.js';
import type { Minutia } from './minutia.js';

/** Name of the comparison, for logs. */
export const MATCHER = 'buergerkoffer-minutiae';
/** Version of the comparison: scores of different versions are not to be compared. */
export const MATCHER_VERSION = '1';

/** What a comparison found. */
export interface MinutiaeComparison {
  /** What decided: {@link MATCHER} and its version, which changes with the scores. */
  readonly algorithm: typeof MATCHER;
  readonly version: typeof MATCHER_VERSION;
  /** 0 (nothing in common) upwards; {@link MATCH_THRESHOLD} is where a match begins. */
  readonly score: number;
  /** Minutiae found in both prints: their places in the lists that were given. */
  readonly pairs: readonly { readonly probe: number; readonly reference: number }[];
}

/**
 * The score from which two prints count as one finger: above all false matches that were measured, see the
 * README of this package for how many there were and what they say.
 */
export const MATCH_THRESHOLD = 18;

/**
 * Whether `score` says that both prints are of one finger; `threshold` is {@link MATCH_THRESHOLD} unless
 * given.
 */
export function isMatch(
  { score }: Pick<MinutiaeComparison, 'score'>,
  threshold: number = MATCH_THRESHOLD,
): boolean {
  return score >= threshold;
}

/** How many alignments are tried. */
const SEEDS = 12;

/** Tolerances of the first, rough alignment and of the last one. */
const ROUGH: Tolerance = { distance: 16, turn: 0.5 };
const FINE: Tolerance = { distance: 11, turn: 0.4 };

/**
 * Compares two prints by their minutiae, whatever their turn and place; the same either way round. It is
 * blind for the types of the minutiae, which pressure changes.
 */
export function compareMinutiae(
  probe: readonly Minutia[] | MatchTemplate,
  reference: readonly Minutia[] | MatchTemplate,
): MinutiaeComparison {
  const first = prepared(probe);
  const second = prepared(reference);
  const swap = isAfter(first, second);
  const [a, b] = swap ? [second, first] : [first, second];
  let score = 0;
  let pairs: readonly Pair[] = [];
  for (const seed of alignmentSeeds(a, b, SEEDS)) {
    if (seed.pairs.every((pair) => pairs.some(({ i, j }) => pair.i === i && pair.j === j))) continue;
    const found = grown(a, b, seed.pairs);
    if (found.score <= score) continue;
    ({ score, pairs } = found);
  }
  return {
    algorithm: MATCHER,
    version: MATCHER_VERSION,
    score,
    pairs: pairs.map(({ i, j }) => {
      const [p, q] = [a.index[i] ?? 0, b.index[j] ?? 0];
      return swap ? { probe: q, reference: p } : { probe: p, reference: q };
    }),
  };
}

function prepared(print: readonly Minutia[] | MatchTemplate): MatchTemplate {
  return 'neighbours' in print ? print : matchTemplate(print);
}

/** An order of prints: it makes the comparison the same either way round. */
function isAfter(a: MatchTemplate, b: MatchTemplate): boolean {
  if (a.count !== b.count) return a.count > b.count;
  for (const key of ['x', 'y', 'angle'] as const) {
    const at = a[key].findIndex((value, index) => value !== b[key][index]);
    if (at >= 0) return (a[key][at] ?? 0) > (b[key][at] ?? 0);
  }
  return false;
}

interface Fit {
  readonly score: number;
  readonly pairs: readonly Pair[];
}

/** Aligns by the seed, then by what lies together, then by what lies closer together. */
function grown(a: MatchTemplate, b: MatchTemplate, seed: readonly Pair[]): Fit {
  let { pairs } = overlay(a, b, bestAlignment(a, b, seed), ROUGH);
  let byChance = 0;
  for (let round = 0; round < 2; round += 1) {
    if (pairs.length < 3) return { score: 0, pairs: [] };
    ({ pairs, byChance } = overlay(a, b, bestAlignment(a, b, pairs), FINE));
  }
  return { score: surprise(pairs.length, byChance), pairs };
}

/**
 * How much `pairs` surprise where chance gives `byChance` (Poisson): n ln(n/e) - n + e nats; at least one is
 * chance.
 */
function surprise(pairs: number, byChance: number): number {
  const expected = Math.max(byChance, 1);
  return pairs <= expected ? 0 : pairs * Math.log(pairs / expected) - pairs + expected;
}
