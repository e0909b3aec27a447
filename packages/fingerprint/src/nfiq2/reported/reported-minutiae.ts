import type { GreyImage } from '@buergerkoffer/formats';
import { minutiaAt } from '../../minutiae/extract-minutiae.js';
import type { Minutia } from '../../minutiae/minutia.js';
import { phaseVortices } from '../../minutiae/phase-vortices.js';
import { ridgeAnalysis, type RidgeAnalysis } from '../../minutiae/ridge-analysis.js';
import { filteredPhase, type RidgeFilter } from '../../minutiae/ridge-phase.js';
import { reportedAmong, type ReportCandidates } from './reported-among.js';
import { vortexEvidence } from './vortex-evidence.js';

/**
 * Where the reference no longer reports anything, in working pixels from each side of the 19.5 x 30.5 mm
 * about the middle; observed on 1,500 prints.
 */
const MARGIN = { left: 1, right: 6, top: 7, bottom: 5 };

/**
 * Finer than what the minutiae of the finger are found with: it wavers in noise about as the reference does
 * (tried on 56 prints: about 84 instead of 72 % of what the reference reports lie within 7 pixels of a vortex that
 * points the same way).
 */
const FINE_RIDGES: RidgeFilter = { period: 5, sigmaAcross: 2, reachAcross: 6, sigmaAlong: 2, reachAlong: 5 };

/** The minutiae that FingerJetFX OSE is expected to report of a print, as {@link reportedAmong} chooses them. */
export function reportedMinutiae(analysis: RidgeAnalysis): readonly Minutia[] {
  return reportedAmong(candidatesIn(analysis));
}

/** Everything that own minutiae are chosen from (`OWN_MINUTIAE`): for fitting the chances anew. */
export function reportCandidates(image: GreyImage): ReportCandidates {
  return candidatesIn(ridgeAnalysis(image));
}

function candidatesIn(analysis: RidgeAnalysis): ReportCandidates {
  const { working, even } = analysis;
  const phase = filteredPhase(even, analysis.phase.direction, FINE_RIDGES);
  const vortices = phaseVortices(phase).filter(
    ({ x, y }) =>
      x >= MARGIN.left &&
      working.width - 1 - x >= MARGIN.right &&
      y >= MARGIN.top &&
      working.height - 1 - y >= MARGIN.bottom,
  );
  return {
    minutiae: vortices.map((vortex) => minutiaAt(vortex, 0, working, phase)),
    evidence: vortexEvidence({ ...analysis, phase, vortices }, analysis.vortices),
  };
}
