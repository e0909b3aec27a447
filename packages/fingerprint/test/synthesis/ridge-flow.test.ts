import { seededRandom } from '@buergerkoffer/core/simulation';
import { describe, expect, it } from 'vitest';
import {
  ridgeDirection,
  ridgeFlow,
  type PatternClass,
  type RidgeFlow,
  type SkinPoint,
} from '../../src/synthesis/ridge-flow.js';

const CLASSES: readonly PatternClass[] = ['arch', 'tented-arch', 'left-loop', 'right-loop', 'whorl'];

/** Poincaré index: turns of the ridge direction on a small circle around `point`. */
function turns(flow: RidgeFlow, point: SkinPoint): number {
  const steps = 360;
  const at = (step: number): number => {
    const angle = (2 * Math.PI * step) / steps;
    return ridgeDirection(flow, point.x + 0.2 * Math.cos(angle), point.y + 0.2 * Math.sin(angle));
  };
  let total = 0;
  for (let step = 0; step < steps; step += 1) {
    const change = at(step + 1) - at(step);
    total += change - Math.PI * Math.round(change / Math.PI);
  }
  return total / (2 * Math.PI);
}

describe.each(CLASSES)('the flow of class %s', (pattern) => {
  const flows = [1, 2, 3, 4, 5].map((seed) => ridgeFlow(pattern, seededRandom(seed)));

  it('turns half a turn around each core and half a turn back around each delta', () => {
    for (const flow of flows) {
      for (const core of flow.cores) expect(turns(flow, core)).toBeCloseTo(0.5, 6);
      for (const delta of flow.deltas) expect(turns(flow, delta)).toBeCloseTo(-0.5, 6);
      expect(turns(flow, { x: 0, y: 9.5 })).toBeCloseTo(0, 6);
    }
  });

  it('has as many deltas as cores', () => {
    const expected = { arch: 0, 'tented-arch': 1, 'left-loop': 1, 'right-loop': 1, whorl: 2 }[pattern];
    for (const flow of flows) {
      expect(flow.cores).toHaveLength(expected);
      expect(flow.deltas).toHaveLength(expected);
    }
  });

  it('runs over the tip like an arch: down to both sides', () => {
    for (const flow of flows) {
      expect(Math.tan(ridgeDirection(flow, 6, -9))).toBeGreaterThan(0.1);
      expect(Math.tan(ridgeDirection(flow, -6, -9))).toBeLessThan(-0.1);
    }
  });
});

it('puts the delta of a loop on the side to which the loop does not open', () => {
  const left = ridgeFlow('left-loop', seededRandom(1));
  const right = ridgeFlow('right-loop', seededRandom(1));
  expect(left.deltas[0]?.x).toBeGreaterThan(left.cores[0]?.x ?? NaN);
  expect(right.deltas[0]?.x).toBeLessThan(right.cores[0]?.x ?? NaN);
});
