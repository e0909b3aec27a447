import type { Phalanx } from './contact.js';
import { between, type RandomSource } from './random-source.js';
import { ridgeFilters, type RidgeFilters } from './ridge-filter.js';
import { levelFlow, ridgeDirection, ridgeFlow, type PatternClass, type RidgeFlow } from './ridge-flow.js';
import { GROWTH_MARGIN, growRidges, type GrowthGrid } from './ridge-growth.js';
import { scatterCreases, scatterPores, type Crease, type Pore } from './skin-marks.js';
import { smoothNoise, type SmoothNoise } from './smooth-noise.js';

/** Distance of two samples of the skin, in millimetres: two pixels of a 500 ppi scanner. */
export const SKIN_PITCH_MM = 25.4 / 250;

/** Half width and half height of the skin that carries ridges, in millimetres. */
export const SKIN_HALF_WIDTH_MM = 10;
export const SKIN_HALF_HEIGHT_MM = 13.5;

/** The ridges of one synthetic finger: nobody's, and the same at every touch. */
export interface FingerSkin {
  readonly phalanx: Phalanx;
  readonly flow: RidgeFlow;
  /** Samples per row, 0.1016 mm apart; the middle of the finger is the middle sample. */
  readonly width: number;
  readonly height: number;
  /** Height of the skin, row by row: -1 in a valley to 1 on a ridge, 0 where there is no skin. */
  readonly ridges: Float32Array;
  readonly pores: readonly Pore[];
  readonly creases: readonly Crease[];
  /** Where ridges wear away first: high values. */
  readonly patches: SmoothNoise;
}

/** What can be chosen about a finger; the rest is chance. */
export interface FingerTraits {
  readonly pattern: PatternClass;
  /** Which part of the finger. Default `distal`, the fingertip; on a `middle` one ridges run across, whatever the pattern. */
  readonly phalanx?: Phalanx;
  /** Mean distance from ridge to ridge, in millimetres, 0.4 to 0.55. Default 0.457: nine pixels at 500 ppi. */
  readonly ridgePeriodMm?: number;
  /** How many folds and scars it carries. Default 3; old hands have 20 and more. */
  readonly creases?: number;
}

/** Grows the skin of a finger of `traits` from `random`. */
export function growFinger(traits: FingerTraits, random: RandomSource): FingerSkin {
  const phalanx = traits.phalanx ?? 'distal';
  const flow =
    phalanx === 'distal' ? ridgeFlow(traits.pattern, random.fork('flow')) : levelFlow(random.fork('flow'));
  const width = 2 * (Math.ceil(SKIN_HALF_WIDTH_MM / SKIN_PITCH_MM) + GROWTH_MARGIN) + 1;
  const height = 2 * (Math.ceil(SKIN_HALF_HEIGHT_MM / SKIN_PITCH_MM) + GROWTH_MARGIN) + 1;
  const period = (traits.ridgePeriodMm ?? 0.457) / SKIN_PITCH_MM;
  const filters = ridgeFilters(width, 0.82 * period, 1.24 * period, 1.6);
  const grid = growthGrid(width, height, flow, period, random.fork('period'), filters);
  const grains = random.fork('grains');
  const ridges = growRidges(grid, filters, Math.round(between(grains, 130, 190)), ROUNDS, grains);
  const heightAt = (x: number, y: number): number => {
    const column = Math.round(x / SKIN_PITCH_MM) + (width - 1) / 2;
    const row = Math.round(y / SKIN_PITCH_MM) + (height - 1) / 2;
    return ridges[row * width + column] ?? 0;
  };
  return {
    phalanx,
    flow,
    width,
    height,
    ridges,
    pores: scatterPores(SKIN_HALF_WIDTH_MM, SKIN_HALF_HEIGHT_MM, heightAt, random.fork('pores')),
    creases: scatterCreases(
      traits.creases ?? 3,
      SKIN_HALF_WIDTH_MM,
      SKIN_HALF_HEIGHT_MM,
      random.fork('creases'),
    ),
    patches: smoothNoise(random.fork('patches'), SKIN_AREA, 1.6),
  };
}

/** The rectangle around the skin, in millimetres. */
const SKIN_AREA = {
  left: -SKIN_HALF_WIDTH_MM,
  top: -SKIN_HALF_HEIGHT_MM,
  width: 2 * SKIN_HALF_WIDTH_MM,
  height: 2 * SKIN_HALF_HEIGHT_MM,
};

/** Rounds of filtering: the grains meet after about ten, the rest joins the ridges. */
const ROUNDS = 24;

function growthGrid(
  width: number,
  height: number,
  flow: RidgeFlow,
  period: number,
  random: RandomSource,
  filters: RidgeFilters,
): GrowthGrid {
  const periodNoise = smoothNoise(random, SKIN_AREA, 4);
  const turnNoise = smoothNoise(random, SKIN_AREA, 5);
  const skin: number[] = [];
  const filterAt: number[] = [];
  for (let row = GROWTH_MARGIN; row < height - GROWTH_MARGIN; row += 1) {
    const y = (row - (height - 1) / 2) * SKIN_PITCH_MM;
    for (let column = GROWTH_MARGIN; column < width - GROWTH_MARGIN; column += 1) {
      const x = (column - (width - 1) / 2) * SKIN_PITCH_MM;
      if ((x / SKIN_HALF_WIDTH_MM) ** 4 + (y / SKIN_HALF_HEIGHT_MM) ** 4 > 1) continue;
      const direction = ridgeDirection(flow, x, y) + 0.13 * turnNoise.at(x, y);
      // Ridges are wider towards the crease below the fingertip.
      const local = period * (1 + 0.13 * periodNoise.at(x, y) + 0.1 * Math.tanh((y - 4) / 5));
      skin.push(row * width + column);
      filterAt.push(filters.first(direction, local));
    }
  }
  return { width, height, skin: Int32Array.from(skin), filterAt: Int32Array.from(filterAt) };
}
