import { MAX_MINUTIAE } from '../../minutiae/extract-minutiae.js';
import type { Minutia } from '../../minutiae/minutia.js';
import { chancesOf, type ReportEvidence, type ReportingModel } from './reporting-chance.js';
import { REPORTING_MODEL } from './reporting-model.js';

/** Every place where the reference may report a minutia, with what speaks for it. */
export interface ReportCandidates {
  /** Without a chance yet: all have quality 0. */
  readonly minutiae: readonly Minutia[];
  /** The evidence of the first, of the second … */
  readonly evidence: ReportEvidence;
}

/** Side of the squares that minutiae are chosen in, in pixels at 500 ppi: five ridges. */
const SQUARE = 48;

interface Likely {
  readonly minutia: Minutia;
  readonly chance: number;
}

/**
 * The minutiae that the reference is expected to report among `candidates`, likeliest first, at most
 * {@link MAX_MINUTIAE}; quality is the chance in percent. In each square of the print there are as many as the
 * chances add up to, and what is left over goes to the next: so their number and where they are crowded is
 * right on average, also where single places are doubtful. (The likeliest of the whole print would all lie
 * where it is clear.)
 */
export function reportedAmong(
  candidates: ReportCandidates,
  model: ReportingModel = REPORTING_MODEL,
): readonly Minutia[] {
  const chances = chancesOf(candidates.evidence, model);
  const all = candidates.minutiae.map((minutia, index) => ({ minutia, chance: chances[index] ?? 0 }));
  const sum = chances.reduce((total, chance) => total + chance, 0);
  const share = Math.min(Math.max(Math.round(sum), 1), MAX_MINUTIAE) / sum;
  let owed = 0;
  const chosen = squaresOf(all).flatMap((square) => {
    owed += share * square.reduce((total, { chance }) => total + chance, 0);
    const likeliest = square.toSorted(likelierFirst).slice(0, Math.max(Math.floor(owed + 0.5), 0));
    owed -= likeliest.length;
    return likeliest;
  });
  return chosen.toSorted(likelierFirst).slice(0, MAX_MINUTIAE).map(withChance);
}

/** The candidates square by square, there and back from row to row, so that neighbours follow each other. */
function squaresOf(candidates: readonly Likely[]): readonly (readonly Likely[])[] {
  const squares = new Map<number, Likely[]>();
  for (const candidate of candidates) {
    const row = Math.floor(candidate.minutia.y / SQUARE);
    const column = Math.floor(candidate.minutia.x / SQUARE);
    const place = 1024 * row + (row % 2 === 0 ? column : 1023 - column);
    const square = squares.get(place);
    if (square === undefined) squares.set(place, [candidate]);
    else square.push(candidate);
  }
  return [...squares].sort(([a], [b]) => a - b).map(([, square]) => square);
}

function likelierFirst(a: Likely, b: Likely): number {
  return b.chance - a.chance || a.minutia.y - b.minutia.y || a.minutia.x - b.minutia.x;
}

function withChance({ minutia, chance }: Likely): Minutia {
  return { ...minutia, quality: Math.max(Math.round(100 * chance), 1) };
}
