import { seededRandom } from '@buergerkoffer/core/simulation';
import { greyImage, InputError, type GreyImage } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { extractMinutiae, minutiaCandidates, type Minutia } from '../../src/minutiae/index.js';
import { growFinger } from '../../src/synthesis/finger-skin.js';
import { printImage } from '../../src/synthesis/print-image.js';
import { drawnMinutia, part, turned } from './waves.js';

// Growing fingers keeps a core busy; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 30_000 });

const CONTACT = { pressure: 0.5, moisture: 0.5, wear: 0, rotationDeg: 0, offsetMm: { x: 0, y: 0 } };
const skin = growFinger({ pattern: 'whorl', creases: 0 }, seededRandom(11));

function print(resolutionPpi: number, widthPx: number, heightPx: number): GreyImage {
  return printImage(skin, CONTACT, { widthPx, heightPx, resolutionPpi }, seededRandom(3));
}

/** Share of `expected` minutiae that are among `found`, within 3 pixels and 20 degrees. */
function shareFound(expected: readonly Minutia[], found: readonly Minutia[]): number {
  const isThere = (wanted: Minutia): boolean =>
    found.some(
      ({ x, y, angle }) =>
        Math.hypot(x - wanted.x, y - wanted.y) <= 3 &&
        Math.cos(angle - wanted.angle) >= Math.cos(Math.PI / 9),
    );
  return expected.filter(isThere).length / expected.length;
}

const flat = (width: number, height: number, grey: number): GreyImage =>
  greyImage({ width, height, data: new Uint8Array(width * height).fill(grey) });

describe('extracting minutiae', () => {
  const places = [
    { x: 120, y: 120, angle: 0 },
    { x: 110, y: 125, angle: 1 },
    { x: 130, y: 118, angle: Math.PI / 2 },
    { x: 121, y: 133, angle: 2.4 },
    { x: 117, y: 109, angle: Math.PI },
    { x: 125, y: 120, angle: 4 },
    { x: 119, y: 116, angle: 5.5 },
  ];
  it.each(places.flatMap((at) => (['ending', 'bifurcation'] as const).map((type) => ({ ...at, type }))))(
    'finds the one $type at ($x, $y), direction $angle',
    (drawn) => {
      const [found, ...more] = extractMinutiae(drawnMinutia(drawn));
      expect(more).toEqual([]);
      expect(found?.type).toBe(drawn.type);
      expect(Math.hypot((found?.x ?? 0) - drawn.x, (found?.y ?? 0) - drawn.y)).toBeLessThan(3);
      expect(Math.cos((found?.angle ?? 0) - drawn.angle)).toBeGreaterThan(Math.cos(0.15));
    },
  );

  it('finds none in ridges that run through', () => {
    const waves = Uint8Array.from({ length: 300 * 300 }, (_, at) =>
      Math.round(128 + 100 * Math.sin((at % 300) * 0.6 + Math.floor(at / 300) * 0.35)),
    );
    expect(extractMinutiae(greyImage({ width: 300, height: 300, data: waves }))).toEqual([]);
  });

  it('finds as many in a finger as fingers have, inside the image, best first', () => {
    const found = extractMinutiae(print(500, 416, 560));
    expect(found.length).toBeGreaterThan(25);
    expect(found.length).toBeLessThan(120);
    expect(found.map(({ quality }) => quality)).toEqual(
      found.map(({ quality }) => quality).sort((a, b) => b - a),
    );
    for (const { x, y, angle, quality } of found) {
      expect(x >= 0 && x < 416 && y >= 0 && y < 560).toBe(true);
      expect(angle >= 0 && angle < 2 * Math.PI).toBe(true);
      expect(quality >= 50 && quality <= 100).toBe(true);
    }
  });

  it('finds the same in the same image', () => {
    expect(extractMinutiae(print(500, 390, 480))).toEqual(extractMinutiae(print(500, 390, 480)));
  });

  it('finds the same minutiae, turned, in an image turned by 90 degrees', () => {
    const image = print(500, 384, 384);
    const expected = extractMinutiae(image).map((minutia) => ({
      ...minutia,
      x: minutia.y,
      y: 383 - minutia.x,
      angle: minutia.angle + Math.PI / 2,
    }));
    const found = extractMinutiae(turned(image));
    expect(shareFound(expected, found)).toBeGreaterThan(0.9);
    expect(shareFound(found, expected)).toBeGreaterThan(0.9);
  });

  it('finds the same minutiae, moved, in a part of the image', () => {
    const image = print(500, 384, 540);
    const whole = extractMinutiae(image);
    const inside = whole
      .map((minutia) => ({ ...minutia, x: minutia.x - 30, y: minutia.y - 60 }))
      .filter(({ x, y }) => x > 40 && y > 40 && x < 320 - 40 && y < 400 - 40);
    expect(inside.length).toBeGreaterThan(10);
    expect(shareFound(inside, extractMinutiae(part(image, 30, 60, 320, 400)))).toBeGreaterThan(0.85);
  });

  it('finds the same minutiae at 1000 ppi', () => {
    const coarse = extractMinutiae(print(500, 384, 480));
    const fine = extractMinutiae(print(1000, 768, 960)).map((minutia) => ({
      ...minutia,
      x: minutia.x / 2,
      y: minutia.y / 2,
    }));
    expect(shareFound(coarse, fine)).toBeGreaterThan(0.7);
  });

  it('reports fewer where only better ones are asked for', () => {
    const image = print(500, 384, 480);
    const good = extractMinutiae(image, { minQuality: 90 });
    expect(good).toEqual(extractMinutiae(image).filter(({ quality }) => quality >= 90));
    expect(good.length).toBeGreaterThan(5);
  });

  it('chooses from candidates by what speaks for each', () => {
    const image = print(500, 384, 480);
    const candidates = minutiaCandidates(image);
    const found = extractMinutiae(image);
    expect(candidates.length).toBeGreaterThan(found.length);
    expect(candidates.map(({ minutia }) => minutia)).toEqual(expect.arrayContaining([...found]));
    for (const { evidence } of candidates) {
      expect(evidence.coherence >= 0 && evidence.coherence <= 1.001).toBe(true);
      expect(evidence.ridgeShare >= 0 && evidence.ridgeShare <= 1.001).toBe(true);
      expect(evidence.oppositeDistance > 0 && evidence.oppositeDistance <= 20).toBe(true);
    }
  });

  it.each([
    [1, 1],
    [1, 600],
    [18, 18],
    [19, 700],
    [65_535, 1],
    [800, 1000],
  ])('finds none in a blank image of %i x %i', (width, height) => {
    for (const grey of [0, 128, 255]) expect(extractMinutiae(flat(width, height, grey))).toEqual([]);
  });

  it('is bounded in noise', () => {
    const random = seededRandom(9);
    const data = Uint8Array.from({ length: 800 * 1000 }, () => Math.floor(256 * random.next()));
    expect(extractMinutiae(greyImage({ width: 800, height: 1000, data })).length).toBeLessThanOrEqual(255);
  });

  it('refuses a resolution at which it was never measured, and pixels that are not there', () => {
    expect(() => extractMinutiae({ ...flat(300, 300, 9), resolutionPpi: 96 })).toThrow(InputError);
    expect(() => extractMinutiae({ ...flat(300, 300, 9), resolutionPpi: Number.NaN })).toThrow(InputError);
    expect(() => extractMinutiae({ ...flat(300, 300, 9), height: 301 })).toThrow(InputError);
  });

  it('finds minutiae inside the image or none, whatever the pixels are', () => {
    const size = fc.record({
      width: fc.integer({ min: 1, max: 70 }),
      height: fc.integer({ min: 1, max: 70 }),
    });
    fc.assert(
      fc.property(size, fc.nat(1e6), fc.integer({ min: 450, max: 1100 }), (sides, seed, resolutionPpi) => {
        const random = seededRandom(seed);
        const steps = 1 + Math.floor(4 * random.next());
        const data = Uint8Array.from({ length: sides.width * sides.height }, () =>
          Math.round((255 * Math.floor(steps * random.next())) / steps),
        );
        for (const { x, y } of extractMinutiae(greyImage({ ...sides, data, resolutionPpi }))) {
          expect(x >= 0 && x < sides.width && y >= 0 && y < sides.height).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
