import type { PhaseVortex } from '../../minutiae/phase-vortices.js';
import type { RidgeAnalysis } from '../../minutiae/ridge-analysis.js';
import { cellMix } from '../../minutiae/ridge-direction.js';
import type { RidgePhase } from '../../minutiae/ridge-phase.js';
import { printPlanes } from './print-planes.js';

/** What is measured at each candidate of `reportCandidates`, in this order. */
export const EVIDENCE = [
  'coherence',
  'bend',
  'power',
  'powerAround',
  'powerToStrong',
  'ridgesNear',
  'ridgesFar',
  'height',
  'printNear',
  'printFar',
  'grey',
  'contrast',
  'ringAmplitude',
  'sideContrast',
  'period',
  'opposite',
  'same',
  'crowdNear',
  'crowdFar',
  'left',
  'right',
  'top',
  'bottom',
  'strongPower',
  'ridgeShare',
  'ridgeArea',
  'highRidges',
  'printArea',
  'wholeCoherence',
  'deviation',
  'density',
  'inner',
  'steady',
  'roughness',
  'roughnessAround',
] as const;

/** Distances beyond this, in working pixels, are all the same. */
const FAR = 20;
/** Distances of those that crowd a vortex, in working pixels. */
const CROWD = { near: 10, far: 20 };
/** Distance from the edge of what is looked at that no longer matters, in working pixels. */
const INSIDE = 30;

/**
 * The evidence for each vortex of a print, {@link EVIDENCE} after {@link EVIDENCE}; `steady` are those that a
 * smoother filter finds. Both come row by row.
 */
export function vortexEvidence(analysis: RidgeAnalysis, steady: readonly PhaseVortex[]): Float64Array {
  const { directions, phase, vortices } = analysis;
  const planes = printPlanes(analysis);
  const { whole } = planes;
  const crowds = crowdsOf(vortices);
  const density = Math.log(vortices.length + 1) - whole.ridgeArea;
  const inPrint = vortices.reduce((sum, { x, y }) => sum + cellMix(directions, planes.printNear, x, y), 0);
  const inner = Math.log(inPrint + 1) - whole.printArea;
  const evidence = new Float64Array(vortices.length * EVIDENCE.length);
  vortices.forEach(({ x, y, angle }, index) => {
    const at = (plane: Float32Array): number => cellMix(directions, plane, x, y);
    const ring = ringOf(phase, x, y, angle);
    const power = at(planes.power);
    const crowd = crowds[index] ?? ALONE;
    evidence.set(
      [
        at(directions.coherence),
        at(planes.bend),
        power,
        at(planes.powerAround),
        power - whole.strongPower,
        at(planes.ridgesNear),
        at(planes.ridgesFar),
        at(planes.height),
        at(planes.printNear),
        at(planes.printFar),
        at(planes.grey),
        at(planes.contrast),
        Math.log(ring.amplitude + 1e-3),
        ring.sideContrast,
        ring.period,
        crowd.opposite,
        crowd.same,
        crowd.near,
        crowd.far,
        Math.min(x, INSIDE),
        Math.min(phase.width - 1 - x, INSIDE),
        Math.min(y, INSIDE),
        Math.min(phase.height - 1 - y, INSIDE),
        whole.strongPower,
        whole.ridgeShare,
        whole.ridgeArea,
        whole.highRidges,
        whole.printArea,
        whole.coherence,
        whole.deviation,
        density,
        inner,
        nearestOf(steady, x, y, angle),
        at(planes.roughness),
        at(planes.roughnessAround),
      ],
      index * EVIDENCE.length,
    );
  });
  return evidence;
}

/** Distance to the nearest of `vortices` that points about the same way, at most {@link FAR}. */
function nearestOf(vortices: readonly PhaseVortex[], x: number, y: number, angle: number): number {
  let nearest = FAR;
  for (const vortex of vortices) {
    if (Math.abs(vortex.y - y) >= nearest || Math.abs(vortex.x - x) >= nearest) continue;
    if (Math.cos(vortex.angle - angle) < 0.5) continue;
    nearest = Math.min(nearest, Math.hypot(vortex.x - x, vortex.y - y));
  }
  return nearest;
}

interface Ring {
  /** Mean amplitude of the wave four pixels around. */
  readonly amplitude: number;
  /** How much more ridge there is ahead than behind, as a share of that amplitude, at most 1. */
  readonly sideContrast: number;
  /** Mean turn of the phase per pixel across the ridges on both sides, radians; about 1 for ordinary ridges. */
  readonly period: number;
}

const RING = 4;
/** Where the phase is followed across the ridges: so far along the ridge, from and to so far across. */
const ALONG = 6;
const ACROSS = 4;

function ringOf({ width, height, even, odd }: RidgePhase, x: number, y: number, angle: number): Ring {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const pixel = (along: number, across: number): number => {
    const column = Math.min(Math.max(Math.round(x + along * cos - across * sin), 0), width - 1);
    const row = Math.min(Math.max(Math.round(y + along * sin + across * cos), 0), height - 1);
    return row * width + column;
  };
  let amplitude = 0;
  for (let turn = 0; turn < 8; turn += 1) {
    const at = pixel(RING * Math.cos((turn * Math.PI) / 4), RING * Math.sin((turn * Math.PI) / 4));
    amplitude += Math.hypot(even[at] ?? 0, odd[at] ?? 0) / 8;
  }
  let turns = 0;
  for (const along of [-ALONG, ALONG]) {
    for (let across = -ACROSS; across < ACROSS; across += 1) {
      const [a, b] = [pixel(along, across), pixel(along, across + 1)];
      const [ea, oa, eb, ob] = [even[a] ?? 0, odd[a] ?? 0, even[b] ?? 0, odd[b] ?? 0];
      turns += Math.abs(Math.atan2(ea * ob - oa * eb, ea * eb + oa * ob)) / (4 * ACROSS);
    }
  }
  const side = (even[pixel(RING, 0)] ?? 0) - (even[pixel(-RING, 0)] ?? 0);
  return { amplitude, sideContrast: Math.min(Math.abs(side) / (amplitude + 1e-3), 2) / 2, period: turns };
}

interface Crowd {
  /** Distance to the nearest vortex of the opposite and of the same turn, at most {@link FAR}. */
  opposite: number;
  same: number;
  /** Logarithm of how many others are near and far. */
  near: number;
  far: number;
}

const ALONE: Readonly<Crowd> = { opposite: FAR, same: FAR, near: 0, far: 0 };

/** `vortices` come row by row. */
function crowdsOf(vortices: readonly PhaseVortex[]): readonly Crowd[] {
  const crowds = vortices.map((): Crowd => ({ ...ALONE }));
  vortices.forEach((a, i) => {
    const first = crowds[i];
    for (let j = i + 1; j < vortices.length; j += 1) {
      const b = vortices[j];
      const second = crowds[j];
      if (b === undefined || first === undefined || second === undefined || b.y - a.y >= FAR) break;
      const distance = Math.hypot(b.x - a.x, b.y - a.y);
      if (distance >= FAR) continue;
      const turn = Math.cos(a.angle - b.angle) < 0 ? 'opposite' : 'same';
      for (const crowd of [first, second]) {
        crowd[turn] = Math.min(crowd[turn], distance);
        if (distance < CROWD.near) crowd.near += 1;
        crowd.far += 1;
      }
    }
  });
  for (const crowd of crowds) {
    crowd.near = Math.log(crowd.near + 1);
    crowd.far = Math.log(crowd.far + 1);
  }
  return crowds;
}
