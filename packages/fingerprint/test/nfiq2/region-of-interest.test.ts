import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradientMoments } from '../../src/nfiq2/gradients.js';
import { blur, BLUR_41, BLUR_91 } from '../../src/nfiq2/roi/blur.js';
import { erode } from '../../src/nfiq2/roi/erode.js';
import { binarise, otsuThreshold } from '../../src/nfiq2/roi/otsu.js';
import { regionOfInterest } from '../../src/nfiq2/roi/region-of-interest.js';
import { areasOf, runsOf } from '../../src/nfiq2/roi/runs.js';

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

function picture(maxSide: number, grey: fc.Arbitrary<number>): fc.Arbitrary<Picture> {
  return fc
    .tuple(fc.integer({ min: 1, max: maxSide }), fc.integer({ min: 1, max: maxSide }))
    .chain(([width, height]) =>
      fc
        .array(grey, { minLength: width * height, maxLength: width * height })
        .map((greys) => ({ width, height, data: Uint8Array.from(greys) })),
    );
}

const anyPicture = picture(24, fc.nat({ max: 255 }));
const blackAndWhite = picture(16, fc.constantFrom(0, 255));

/** Reflected without repeating the edge. */
function mirrored(i: number, length: number): number {
  let at = i;
  while (length > 1 && (at < 0 || at >= length)) at = at < 0 ? -at : 2 * (length - 1) - at;
  return length > 1 ? at : 0;
}

describe('the blur', () => {
  it.each([
    ['41', BLUR_41],
    ['91', BLUR_91],
  ])('with %s taps keeps a flat image and is the sum over all taps', (_, half) => {
    const radius = half.length - 1;
    const taps = [...half, ...half.toReversed().slice(1)];
    expect(taps.reduce((sum, tap) => sum + tap)).toBe(256);
    fc.assert(
      fc.property(anyPicture, ({ width, height, data }) => {
        const expected = Uint8Array.from(data, (__, at) => {
          const [x, y] = [at % width, Math.floor(at / width)];
          let sum = 0;
          for (const [dy, wy] of taps.entries()) {
            const row = mirrored(y + dy - radius, height) * width;
            let inRow = 0;
            for (const [dx, wx] of taps.entries())
              inRow += wx * (data[row + mirrored(x + dx - radius, width)] ?? 0);
            sum += wy * inRow;
          }
          return (sum + 32_768) >>> 16;
        });
        expect(blur(data, width, height, half)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
    expect(blur(new Uint8Array(50 * 60).fill(255), 50, 60, half)).toEqual(new Uint8Array(50 * 60).fill(255));
  });
});

describe('the erosion', () => {
  it('takes the darkest of 25 pixels', () => {
    fc.assert(
      fc.property(anyPicture, ({ width, height, data }) => {
        const expected = Uint8Array.from(data, (_, at) => {
          const [x, y] = [at % width, Math.floor(at / width)];
          let darkest = 255;
          for (let row = Math.max(y - 2, 0); row <= Math.min(y + 2, height - 1); row += 1) {
            for (let column = Math.max(x - 2, 0); column <= Math.min(x + 2, width - 1); column += 1) {
              darkest = Math.min(darkest, data[row * width + column] ?? 255);
            }
          }
          return darkest;
        });
        expect(erode(data, width, height)).toEqual(expected);
      }),
    );
  });
});

describe("Otsu's threshold", () => {
  it('parts two greys', () => {
    const data = Uint8Array.from({ length: 100 }, (_, i) => (i < 30 ? 20 : 200));
    expect(otsuThreshold(data)).toBe(20);
    expect(binarise(data, 20).filter((grey) => grey === 255)).toHaveLength(70);
  });

  it('is 0 for one grey', () => {
    expect(otsuThreshold(new Uint8Array(10).fill(7))).toBe(0);
  });
});

describe('areas of runs', () => {
  it('are those of a flood fill', () => {
    fc.assert(
      fc.property(blackAndWhite, ({ width, height, data }) => {
        const runs = runsOf(data, width, height);
        const area = areasOf(runs, runs.isWhite);
        const labels = floodLabels(data, width, height);
        const pairs = new Map<number, number>();
        for (let row = 0; row < height; row += 1) {
          for (let run = runs.firstOfRow[row] ?? 0; run < (runs.firstOfRow[row + 1] ?? 0); run += 1) {
            if (runs.isWhite[run] !== 1) continue;
            const label = labels[row * width + (runs.start[run] ?? 0)] ?? -1;
            const own = area[run] ?? -1;
            expect(pairs.get(own) ?? label).toBe(label);
            pairs.set(own, label);
          }
        }
        expect(new Set(pairs.values()).size).toBe(pairs.size);
      }),
      { numRuns: 300 },
    );
  });
});

/** The first pixel of the white area that each white pixel belongs to. */
function floodLabels(data: Uint8Array, width: number, height: number): Int32Array {
  const labels = new Int32Array(data.length).fill(-1);
  for (let seed = 0; seed < data.length; seed += 1) {
    if (data[seed] === 0 || labels[seed] !== -1) continue;
    const open = [seed];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (labels[at] !== -1) continue;
      labels[at] = seed;
      const [x, y] = [at % width, Math.floor(at / width)];
      if (x > 0 && data[at - 1] !== 0) open.push(at - 1);
      if (x < width - 1 && data[at + 1] !== 0) open.push(at + 1);
      if (y > 0 && data[at - width] !== 0) open.push(at - width);
      if (y < height - 1 && data[at + width] !== 0) open.push(at + width);
    }
  }
  return labels;
}

describe('the region of interest', () => {
  it('is the largest dark area, with its hole', () => {
    const [width, height] = [400, 400];
    const data = new Uint8Array(width * height).fill(250);
    const disc = (x: number, y: number, radius: number, grey: number): void => {
      for (let at = 0; at < data.length; at += 1) {
        if (Math.hypot((at % width) - x, Math.floor(at / width) - y) < radius) data[at] = grey;
      }
    };
    disc(150, 200, 120, 40);
    disc(150, 200, 45, 250);
    disc(370, 30, 28, 40);
    const region = regionOfInterest({ crop: { left: 0, top: 0, width, height }, width, height, data });
    expect(region.mask[200 * width + 150]).toBe(1);
    expect(region.mask[30 * width + 370]).toBe(0);
    expect(region.pixels).toBeGreaterThan(Math.PI * 110 ** 2);
    expect(region.pixels).toBeLessThan(Math.PI * 135 ** 2);
    expect(region.pixels).toBe(region.mask.reduce((sum, pixel) => sum + pixel, 0));
  });
});

describe('gradient moments', () => {
  it('are the sums of products of differences inside the block', () => {
    fc.assert(
      fc.property(anyPicture, ({ width, height, data }) => {
        const moments = { xx: 0, yy: 0, xy: 0 };
        gradientMoments(data, width, 0, 0, width, height, moments);
        const grey = (x: number, y: number): number => data[y * width + x] ?? 0;
        const slope = (before: number, after: number, reach: number): number =>
          reach === 0 ? 0 : (after - before) / reach;
        let [xx, yy, xy] = [0, 0, 0];
        for (let y = 0; y < height; y += 1) {
          for (let x = 0; x < width; x += 1) {
            const [left, right] = [Math.max(x - 1, 0), Math.min(x + 1, width - 1)];
            const [above, below] = [Math.max(y - 1, 0), Math.min(y + 1, height - 1)];
            const fx = slope(grey(left, y), grey(right, y), right - left);
            const fy = slope(grey(x, above), grey(x, below), below - above);
            xx += fx * fx;
            yy += fy * fy;
            xy += fx * fy;
          }
        }
        expect(moments).toEqual({ xx, yy, xy: xy === 0 ? expect.closeTo(0) : xy });
      }),
    );
  });
});
