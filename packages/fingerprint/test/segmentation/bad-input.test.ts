import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { seededRandom } from '@buergerkoffer/core/simulation';
import { greyImage, InputError, type GreyImage } from '@buergerkoffer/formats';
import { findFingertips, segmentSlap } from '@buergerkoffer/fingerprint/segmentation';
import { liveQuality } from '@buergerkoffer/fingerprint';

vi.setConfig({ testTimeout: 60_000 });

function filled(width: number, height: number, grey: (at: number) => number): GreyImage {
  return greyImage({ width, height, data: Uint8Array.from({ length: width * height }, (_, at) => grey(at)) });
}

const random = seededRandom(8);

describe('what is no finger', () => {
  it.each([
    ['bare glass', filled(800, 750, () => 253)],
    ['all black', filled(800, 750, () => 0)],
    ['noise', filled(800, 750, () => 256 * random.next())],
    ['weak noise', filled(800, 750, () => 240 + 12 * random.next())],
    ['a checkerboard', filled(800, 750, (at) => ((at % 800) / 50 + Math.floor(at / 800 / 50)) & 1 && 255)],
    ['a black bar', filled(800, 750, (at) => (at % 800 < 200 ? 0 : 255))],
    ['one pixel', filled(1, 1, () => 9)],
    ['one row', filled(800, 1, (at) => at & 255)],
    ['one column', filled(1, 800, (at) => at & 255)],
    [
      'a large bare glass',
      greyImage({ width: 4000, height: 4000, data: new Uint8Array(16_000_000).fill(255) }),
    ],
    ['a large noisy glass', filled(1600, 1500, (at) => (at * 2654435761) >>> 24)],
  ])('is not found in %s', (_, image) => {
    expect(findFingertips(image)).toEqual([]);
    expect(segmentSlap(image, 'both-index')).toEqual({ outcome: 'too-few-fingers', found: [] });
    expect(liveQuality(image)).toMatchObject({ score: 0, fingers: [], guidance: 'SearchingFingers' });
  });

  it.each([1, 199, 1301, 1e9])('is refused at %d ppi', (resolutionPpi) => {
    const attempt = (): unknown => findFingertips({ ...filled(40, 40, () => 0), resolutionPpi });
    expect(attempt).toThrow(expect.objectContaining({ code: 'unsupported', path: 'resolutionPpi' }));
  });

  it('whatever lies on the glass, boxes are whole and few, and prints as large as they say', () => {
    const side = fc.integer({ min: 1, max: 180 });
    const image = fc
      .tuple(side, side, fc.integer(), fc.integer({ min: 3, max: 24 }), fc.constantFrom(250, 500, 1000))
      .map(([width, height, seed, period, resolutionPpi]) => {
        const chance = seededRandom(seed);
        const [a, b, c] = [chance.normal(), chance.normal(), chance.normal()];
        const ridges = (at: number): number => {
          const [x, y] = [(at % width) - width / 2, Math.floor(at / width) - height / 2];
          if (Math.hypot(x * (1 + a / 4), y) > 40 + 30 * b) return 250;
          return 128 + 100 * Math.sin((2 * Math.PI * (a * x + b * y + (c * x * x) / 90)) / period);
        };
        return { ...filled(width, height, ridges), resolutionPpi };
      });
    fc.assert(
      fc.property(image, (glass) => {
        try {
          const found = findFingertips(glass);
          expect(found.length).toBeLessThan(33);
          for (const { image: print, box } of found) {
            expect(print.data).toHaveLength(box.width * box.height);
            expect(Math.abs(box.rotationDeg)).toBeLessThanOrEqual(60);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 150 },
    );
  });
});
