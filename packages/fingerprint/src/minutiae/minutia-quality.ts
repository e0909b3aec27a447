import { boxBlur } from './local-contrast.js';
import type { PhaseVortex } from './phase-vortices.js';
import { CELL, cellMix, type RidgeDirections } from './ridge-direction.js';
import type { RidgePhase } from './ridge-phase.js';

/** What tells a minutia from a disturbance of the print. */
export interface MinutiaEvidence {
  /** How clear the direction of the ridges is around it, 0 to 1. */
  readonly coherence: number;
  /**
   * Share of ridges in the surroundings of about 24 pixels (500 ppi), 0 to 1: low at the edge of the print.
   */
  readonly ridgeShare: number;
  /** Power of the wave around it, as a logarithm of the share of the strong ones: about -9 to 3. */
  readonly power: number;
  /**
   * Working pixels to the nearest vortex of the opposite turn, at most 20: pairs are gaps and
   * bridges.
   */
  readonly oppositeDistance: number;
}

/** Distance at which an opposite vortex no longer counts, in working pixels. */
export const FAR = 20;

/** A cell is ridge when its wave has a tenth of the power of the strong ones (80 % quantile). */
const RIDGE_POWER_SHARE = 0.1;

/** How strong the ridges are, cell by cell of the direction field. */
export interface RidgeStrength {
  /** Logarithm of the power of the wave, as a share of the strong ones (80 % quantile). */
  readonly power: Float32Array;
  /** Share of cells around with ridges, 0 to 1. */
  readonly ridgeShare: Float32Array;
}

/** Measures the wave of the ridges on the cells of the direction field. */
export function ridgeStrength(phase: RidgePhase, { columns, rows }: RidgeDirections): RidgeStrength {
  const sums = new Float32Array(columns * rows);
  for (let y = 0, at = 0; y < phase.height; y += 1) {
    const line = Math.floor(y / CELL) * columns;
    for (let x = 0; x < phase.width; x += 1, at += 1) {
      const even = phase.even[at] ?? 0;
      const odd = phase.odd[at] ?? 0;
      const cell = line + Math.floor(x / CELL);
      sums[cell] = (sums[cell] ?? 0) + even * even + odd * odd;
    }
  }
  const around = boxBlur(sums, columns, rows, 1);
  const strong = around.slice().sort()[Math.floor(0.8 * around.length)] ?? 0;
  const shares = around.map((value) => (strong > 0 ? value / strong : 0));
  const ridges = shares.map((share) => (share > RIDGE_POWER_SHARE ? 1 : 0));
  return {
    power: shares.map((share) => Math.log(share + 1e-4)),
    ridgeShare: boxBlur(boxBlur(boxBlur(ridges, columns, rows, 4), columns, rows, 4), columns, rows, 4),
  };
}

/** The evidence for each of `vortices`, which come row by row. */
export function evidenceFor(
  vortices: readonly PhaseVortex[],
  directions: RidgeDirections,
  strength: RidgeStrength,
): readonly MinutiaEvidence[] {
  const opposite = oppositeDistances(vortices);
  return vortices.map(({ x, y }, index) => ({
    coherence: cellMix(directions, directions.coherence, x, y),
    ridgeShare: cellMix(directions, strength.ridgeShare, x, y),
    power: cellMix(directions, strength.power, x, y),
    oppositeDistance: opposite[index] ?? FAR,
  }));
}

/** Quality 0 to 100 of a minutia by its `evidence`; 50 is the border of what is reported. */
export function minutiaQuality(evidence: MinutiaEvidence): number {
  const sum =
    WEIGHT.none +
    WEIGHT.coherence * evidence.coherence +
    WEIGHT.ridgeShare * evidence.ridgeShare +
    WEIGHT.power * evidence.power +
    WEIGHT.oppositeDistance * evidence.oppositeDistance;
  return 100 / (1 + Math.exp(-sum));
}

/**
 * Logistic regression on which vortices FingerJetFX OSE reports as minutiae, then `none` so that there are as
 * many: scripts/minutiae/fit-quality.mjs makes them.
 */
const WEIGHT = {
  none: -2.244,
  coherence: 2.193,
  ridgeShare: 4.195,
  power: 0.483,
  oppositeDistance: 0.089,
};

function oppositeDistances(vortices: readonly PhaseVortex[]): Float32Array {
  const nearest = new Float32Array(vortices.length).fill(FAR);
  vortices.forEach((a, i) => {
    for (let j = i + 1; j < vortices.length; j += 1) {
      const b = vortices[j];
      if (b === undefined || b.y - a.y >= FAR) break;
      if (Math.abs(b.x - a.x) >= FAR || Math.cos(a.angle - b.angle) >= 0) continue;
      const distance = Math.hypot(b.x - a.x, b.y - a.y);
      nearest[i] = Math.min(nearest[i] ?? FAR, distance);
      nearest[j] = Math.min(nearest[j] ?? FAR, distance);
    }
  });
  return nearest;
}
