import { seededRandom } from '@buergerkoffer/core/simulation';
import { describe, expect, it, vi } from 'vitest';
import type { GreyImage } from '@buergerkoffer/formats';
import { findFingertips, segmentSlap } from '@buergerkoffer/fingerprint/segmentation';
import { GLASS, jointBelowBoxMm, shaded, slapOf, tipBelowBoxTopMm, type Laid } from './slaps.js';

// Growing fingers keeps a core busy; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** How far each fingertip that was found points away from where the finger was laid, in degrees. */
function errorsOf(image: GreyImage, laid: readonly Laid[], glass = GLASS): readonly number[] {
  const found = findFingertips(image);
  expect(found).toHaveLength(laid.length);
  return laid.map((finger, i) => {
    const box = found[i]?.box;
    if (box === undefined) throw new Error('not found');
    // The whole fingertip lies in the box, which ends at the crease of the joint.
    expect(tipBelowBoxTopMm(box, finger, glass)).toBeGreaterThan(-1);
    expect(Math.abs(jointBelowBoxMm(box, finger, glass))).toBeLessThan(2);
    return Math.abs(box.rotationDeg - finger.deg);
  });
}

const plain: readonly Laid[] = [
  { x: -10.5, deg: 12 },
  { x: 10.5, deg: -20 },
];

describe('a slap', () => {
  it('is turned upright to within 2 degrees on average and 5 at most, up to 45 degrees', () => {
    const turns = [
      [45, -45],
      [30, -38],
      [20, -5],
      [-10, 10],
      [0, 0],
    ];
    const errors = turns.flatMap(([left = 0, right = 0], i) => {
      const laid = [
        { x: -11, deg: left },
        { x: 11, deg: right },
      ];
      return errorsOf(slapOf(laid, GLASS, i), laid);
    });
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(2);
    expect(Math.max(...errors)).toBeLessThan(5);
  });

  it('of 1000 ppi is as good, and stays at 1000 ppi', () => {
    const glass = { widthPx: 1600, heightPx: 1500, resolutionPpi: 1000 };
    const image = slapOf(plain, glass);
    expect(Math.max(...errorsOf(image, plain, glass))).toBeLessThan(4);
    expect(findFingertips(image).map((tip) => tip.image.resolutionPpi)).toEqual([1000, 1000]);
  });

  it('names both index fingers from left to right', () => {
    const segmentation = segmentSlap(slapOf(plain), 'both-index');
    if (segmentation.outcome !== 'segmented') throw new Error(segmentation.outcome);
    expect(segmentation.segments.map(({ finger }) => finger)).toEqual(['left-index', 'right-index']);
    for (const { image, box } of segmentation.segments) {
      expect([image.width, image.height]).toEqual([box.width, box.height]);
    }
  });

  it('of fingers that touch is told apart, and neither print holds the other finger', () => {
    const laid = [
      { x: -8.2, deg: 6 },
      { x: 8.2, deg: -6 },
    ];
    const image = slapOf(laid);
    errorsOf(image, laid);
    // The prints have about as much ink together as both fingertips have on the glass.
    const ink = (data: Uint8Array): number => data.reduce((sum, grey) => sum + (grey < 128 ? 1 : 0), 0);
    const above = image.data.subarray(0, image.width * 440);
    const both = findFingertips(image).reduce((sum, tip) => sum + ink(tip.image.data), 0);
    expect(both / ink(above)).toBeGreaterThan(0.9);
    expect(both / ink(above)).toBeLessThan(1.1);
  });

  it('is not disturbed by a print left behind, halos, dirt, a hair and a grey ground', () => {
    const latent = slapOf([{ x: 1, y: 6, deg: -50 }], GLASS, 9);
    const random = seededRandom(4);
    const stains = Array.from({ length: 14 }, () => ({
      x: 800 * random.next(),
      y: 750 * random.next(),
      radius: 3 + 14 * random.next(),
    }));
    const dirty = shaded(slapOf(plain), (grey, column, row) => {
      const left = 0.2 * (255 - (latent.data[row * 800 + column] ?? 255));
      const halo = plain.reduce((sum, { x }) => {
        const distance = Math.hypot(column - 400 - x * 19.7, (row - 280) / 1.3);
        return sum + 50 / (1 + Math.exp((distance - 240) / 12));
      }, 0);
      const isStain = stains.some(({ x, y, radius }) => Math.hypot(column - x, row - y) < radius);
      const isHair = Math.abs(column - 400 - 60 * Math.sin(row / 90)) < 1.5;
      const ground = isStain ? Math.min(grey, 90) : isHair ? Math.min(grey, 60) : grey;
      return (ground - left - halo) * 0.88 + 3 * random.normal();
    });
    const found = findFingertips(dirty);
    expect(found).toHaveLength(2);
    for (const [i, { box }] of found.entries()) {
      expect(Math.abs(box.rotationDeg - (plain[i]?.deg ?? 0))).toBeLessThan(15);
    }
  });

  it('with a finger too few or too many says so, and shows what it found', () => {
    const one = segmentSlap(slapOf(plain.slice(0, 1)), 'both-index');
    expect(one).toMatchObject({ outcome: 'too-few-fingers', found: [{}] });
    const wide = { ...GLASS, widthPx: 1200 };
    const three = segmentSlap(slapOf([...plain, { x: -28, deg: 5 }], wide), 'both-index');
    expect(three).toMatchObject({ outcome: 'too-many-fingers', found: [{}, {}, {}] });
  });

  it('of four fingers of the right hand is told apart by order, turned as a whole', () => {
    const angle = (28 * Math.PI) / 180;
    const laid = [0, 1, 2, 3].map((i) => {
      const [x, y] = [20 * (i - 1.5), [-4, -9, -7, 2][i] ?? 0];
      return {
        x: Math.cos(angle) * x - Math.sin(angle) * y,
        y: Math.sin(angle) * x + Math.cos(angle) * y,
        deg: 28 + 4 * (i - 1.5),
      };
    });
    const glass = { widthPx: 1600, heightPx: 1500, resolutionPpi: 500 };
    const image = slapOf(laid, glass);
    expect(Math.max(...errorsOf(image, laid, glass))).toBeLessThan(4);
    const segmentation = segmentSlap(image, 'right-four');
    expect(segmentation).toMatchObject({
      outcome: 'segmented',
      segments: [
        { finger: 'right-index' },
        { finger: 'right-middle' },
        { finger: 'right-ring' },
        { finger: 'right-little' },
      ],
    });
  });
});

describe('one finger on a larger glass', () => {
  it.each([
    ['light and dry', { pressure: 0.2, moisture: 0.2 }],
    ['hard and wet', { pressure: 0.9, moisture: 0.85 }],
    ['worn', { wear: 0.6 }],
  ])('%s is found and turned upright', (_, contact) => {
    const laid = [{ x: 3, deg: -33, contact }];
    expect(Math.max(...errorsOf(slapOf(laid), laid))).toBeLessThan(4);
  });
});
