import type { GreyImage } from '@buergerkoffer/formats';
import { MAX_MINUTIAE, minutiaAt } from '../../minutiae/extract-minutiae.js';
import type { Minutia } from '../../minutiae/minutia.js';
import { ridgeAnalysis, type RidgeAnalysis } from '../../minutiae/ridge-analysis.js';
import { chancesOf } from './reporting-chance.js';
import { REPORTING_MODEL } from './reporting-model.js';
import { vortexEvidence } from './vortex-evidence.js';

/**
 * Where the reference no longer reports anything, in working pixels from each side of the 19.5 x 30.5 mm
 * about the middle; observed on 1,500 prints.
 */
const MARGIN = { left: 1, right: 6, top: 7, bottom: 5 };

/** Every place where the reference may report a minutia, with what speaks for it. */
export interface ReportCandidates {
  /** Without a chance yet: all have quality 0. */
  readonly minutiae: readonly Minutia[];
  /** The evidence of the first, of the second … */
  readonly evidence: Float64Array;
}

/**
 * The minutiae that FingerJetFX OSE is expected to report of a print, likeliest first, at most
 * {@link MAX_MINUTIAE}: their number is the sum of the chances of all places, so that it is right on average
 * also where single places are doubtful. Quality is the chance in percent.
 */
export function reportedMinutiae(analysis: RidgeAnalysis): readonly Minutia[] {
  const { minutiae, evidence } = candidatesIn(analysis);
  const chances = chancesOf(evidence, REPORTING_MODEL);
  const expected = Math.round(chances.reduce((sum, chance) => sum + chance, 0));
  return minutiae
    .map((minutia, index) => ({ minutia, chance: chances[index] ?? 0 }))
    .sort((a, b) => b.chance - a.chance || a.minutia.y - b.minutia.y || a.minutia.x - b.minutia.x)
    .slice(0, Math.min(Math.max(expected, 1), MAX_MINUTIAE))
    .map(({ minutia, chance }) => ({ ...minutia, quality: Math.max(Math.round(100 * chance), 1) }));
}

/** Everything that own minutiae are chosen from (`OWN_MINUTIAE`): for fitting the chances anew. */
export function reportCandidates(image: GreyImage): ReportCandidates {
  return candidatesIn(ridgeAnalysis(image));
}

function candidatesIn(analysis: RidgeAnalysis): ReportCandidates {
  const { working, phase } = analysis;
  const vortices = analysis.vortices.filter(
    ({ x, y }) =>
      x >= MARGIN.left &&
      working.width - 1 - x >= MARGIN.right &&
      y >= MARGIN.top &&
      working.height - 1 - y >= MARGIN.bottom,
  );
  return {
    minutiae: vortices.map((vortex) => minutiaAt(vortex, 0, working, phase)),
    evidence: vortexEvidence(analysis, vortices),
  };
}
