import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convolutionBank } from '../../src/wsq/convolution-bank.js';
import { filterBankOf } from '../../src/wsq/fastest-bank.js';
import type { FilterBank } from '../../src/wsq/filter-bank.js';
import { STANDARD_FILTERS } from '../../src/wsq/filters.js';
import { liftingOf } from '../../src/wsq/lifting.js';
import { subbandTree } from '../../src/wsq/subbands.js';
import { analyse, synthesise, type Plane } from '../../src/wsq/transform.js';
import { FIVE_THREE, HAAR } from './support/filters.js';
import { ridges } from './support/ridges.js';

const BANKS = {
  lifting: filterBankOf(STANDARD_FILTERS),
  'standard filters by convolution': convolutionBank(STANDARD_FILTERS),
  'five and three taps': convolutionBank(FIVE_THREE),
  'two taps': convolutionBank(HAAR),
};

const side = fc.integer({ min: 1, max: 90 });

function planeOf(width: number, height: number): Plane {
  return { samples: Float32Array.from(ridges(width, height).data, (grey) => grey - 128), stride: width };
}

function farthest(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - (b[at] ?? 0))), 0);
}

describe('the wavelet transform', () => {
  it.each(Object.entries(BANKS))('is undone by its inverse for any size: %s', (_, bank: FilterBank) => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const plane = planeOf(width, height);
        const tree = subbandTree(width, height);
        analyse(plane, tree, bank);
        synthesise(plane, tree, bank);
        expect(farthest(plane.samples, planeOf(width, height).samples)).toBeLessThan(1e-3);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same by lifting and by convolution', () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const [lifted, convolved] = [planeOf(width, height), planeOf(width, height)];
        analyse(lifted, subbandTree(width, height), BANKS.lifting);
        analyse(convolved, subbandTree(width, height), BANKS['standard filters by convolution']);
        expect(farthest(lifted.samples, convolved.samples)).toBeLessThan(2e-3);
      }),
      { numRuns: 40 },
    );
  });

  it('has lifting steps for the standard filters only', () => {
    expect(liftingOf(STANDARD_FILTERS)?.alpha).toBeCloseTo(-1.586134342, 8);
    expect(liftingOf(FIVE_THREE)).toBeUndefined();
    const { low, high } = STANDARD_FILTERS;
    const bent = low.taps.map((tap, index) => (index === 3 ? tap + 1e-5 : tap));
    expect(liftingOf({ low: { length: 9, taps: bent }, high })).toBeUndefined();
  });
});

describe('the subbands', () => {
  it('cover the image once, but for its highest quarter', () => {
    fc.assert(
      fc.property(side, side, (width, height) => {
        const covered = new Uint8Array(width * height);
        for (const { left, top, width: columns, height: rows } of subbandTree(width, height).subbands) {
          for (let row = top; row < top + rows; row += 1) {
            for (let column = left; column < left + columns; column += 1) {
              const at = row * width + column;
              covered[at] = (covered[at] ?? 0) + 1;
            }
          }
        }
        const [x, y] = [Math.ceil(width / 2), Math.ceil(height / 2)];
        expect(
          covered.every((times, at) => times === (at % width >= x && Math.floor(at / width) >= y ? 0 : 1)),
        ).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('are 60, and lie as the specification draws them', () => {
    const { subbands } = subbandTree(64, 128);
    expect(subbands).toHaveLength(60);
    expect(subbands[0]).toEqual({ left: 0, top: 0, width: 2, height: 4 });
    expect(subbands[7]).toEqual({ left: 8, top: 0, width: 4, height: 8 });
    expect(subbands[51]).toEqual({ left: 16, top: 32, width: 16, height: 32 });
    expect(subbands[59]).toEqual({ left: 16, top: 96, width: 16, height: 32 });
    // A right-hand quadrant has its low part, which has the odd sample more, on the right.
    expect(subbandTree(40, 40).subbands[7]).toMatchObject({ left: 5, width: 2 });
    expect(subbandTree(40, 40).subbands[8]).toMatchObject({ left: 7, width: 3 });
  });
});
