import { expect, it, vi } from 'vitest';
import { analysePrint, qualityOverlay } from '../../src/nfiq2/index.js';
import { syntheticPrint } from './support/prints.js';

vi.setConfig({ testTimeout: 30_000 });

it('the overlay shows foreground in colour, the rest as it was, and rings where minutiae are', () => {
  const analysis = analysePrint(syntheticPrint());
  const { width, height, data } = analysis.print;
  const plain = qualityOverlay(analysis);
  expect([plain.width, plain.height]).toEqual([width, height]);
  const colour = (image: typeof plain, x: number, y: number): readonly number[] => [
    ...image.data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3),
  ];
  expect(colour(plain, 0, 0)).toEqual([data[0], data[0], data[0]]);
  const [red = 0, green = 0, blue = 0] = colour(plain, (width >> 1) + 1, (height >> 1) + 7);
  expect(Math.max(red, green) - blue).toBeGreaterThan(0);
  const at = { x: width >> 1, y: height >> 1, angle: 0, quality: 50 } as const;
  const ring = qualityOverlay(analysis, [{ ...at, type: 'ending' }]);
  const disc = qualityOverlay(analysis, [{ ...at, type: 'bifurcation' }]);
  expect(colour(ring, at.x, at.y)).toEqual(colour(plain, at.x, at.y));
  expect(colour(ring, at.x + 4, at.y)).toEqual([190, 0, 170]);
  expect(colour(disc, at.x, at.y)).toEqual([190, 0, 170]);
  const outside = qualityOverlay(analysis, [{ ...at, x: 0, y: 0, type: 'other' }]);
  expect(colour(outside, 4, 0)).toEqual([190, 0, 170]);
});
