import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greyImage, imageKind } from '@buergerkoffer/formats';
import { decodeWsq, encodeWsq, nistComment, readWsqInfo } from '../../src/wsq/index.js';
import { quantisedOf } from './support/quantised.js';
import { FIVE_THREE, HAAR } from './support/filters.js';
import { compare } from './support/reference-data.js';
import { ridges, rmsDifference } from './support/ridges.js';

describe('WSQ', () => {
  it('compresses at 0.75 bit per pixel what is hardly to be told from the original', () => {
    const image = ridges(300, 400);
    const { bytes, bitRate } = encodeWsq(image);
    expect(imageKind(bytes)).toBe('wsq');
    expect(bitRate).toBe(0.75);
    expect(bytes.length).toBeLessThan(image.data.length / 8);
    const decoded = decodeWsq(bytes);
    expect(decoded).toMatchObject({ channels: 1, width: 300, height: 400 });
    expect(rmsDifference(decoded, image)).toBeLessThan(16);
  });

  it('takes any size, and loses little where there are bits enough', () => {
    const side = fc.integer({ min: 1, max: 70 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 1000 }), (width, height, seed) => {
        // Without the highest quarter of its frequencies a smooth image is still itself.
        const image = greyImage({
          width,
          height,
          data: Uint8Array.from(
            { length: width * height },
            (_, at) =>
              128 + 100 * Math.sin(((at % width) + seed) / 9) * Math.cos(Math.floor(at / width) / 11),
          ),
        });
        const decoded = decodeWsq(encodeWsq(image, { bitRate: 4 }).bytes);
        expect([decoded.width, decoded.height]).toEqual([width, height]);
        expect(rmsDifference(decoded, image)).toBeLessThan(15);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    [0, 'black'],
    [255, 'white'],
    [93, 'one grey'],
  ])('takes an image of %i, %s, and gives it back', (grey) => {
    const image = greyImage({ width: 416, height: 560, data: new Uint8Array(416 * 560).fill(grey) });
    const { bytes } = encodeWsq(image);
    expect(bytes.length).toBeLessThan(600);
    const decoded = decodeWsq(bytes);
    expect([decoded.width, decoded.height]).toEqual([416, 560]);
    expect(decoded.data.every((pixel) => pixel === grey)).toBe(true);
  });

  it.each([
    ['two taps', HAAR],
    ['five and three taps', FIVE_THREE],
  ])('works with filters of %s', (_, filters) => {
    for (const [width, height] of [
      [150, 131],
      [97, 200],
      [33, 1],
      [1, 1],
    ] as const) {
      const image = ridges(width, height);
      const coarse = encodeWsq(image, { bitRate: 8 });
      const decoded = decodeWsq(encodeWsq(image, { bitRate: 8, filters }).bytes);
      // As close as with the standard filters: nothing is lost but what is quantised.
      expect(rmsDifference(decoded, image)).toBeLessThan(
        1.5 * rmsDifference(decodeWsq(coarse.bytes), image) + 3,
      );
    }
  });

  it('states its filters, so that a decoder needs to know none', () => {
    const { filters } = readWsqInfo(encodeWsq(ridges(20, 20), { filters: FIVE_THREE }).bytes);
    expect(filters.low.length).toBe(5);
    expect(filters.high.taps[1]).toBeCloseTo(-0.5 * Math.SQRT1_2, 8);
  });

  it.each([1, 7, 100, 65_535])('decodes the same with a restart marker after each %i samples', (interval) => {
    const image = ridges(130, 90);
    const { bytes } = encodeWsq(image, { restartInterval: interval });
    expect(readWsqInfo(bytes).restartInterval).toBe(interval);
    const plain = encodeWsq(image).bytes;
    expect(rmsDifference(decodeWsq(bytes), decodeWsq(plain))).toBe(0);
    expect(compare(quantisedOf(bytes), quantisedOf(plain)).equal).toBe(1);
  });

  it('has no comment unless one is given, and tells the resolution of a NISTCOM', () => {
    const image = greyImage({ ...ridges(40, 50), resolutionPpi: 500 });
    expect(readWsqInfo(encodeWsq(image).bytes).comments).toEqual([]);
    expect(decodeWsq(encodeWsq(image).bytes).resolutionPpi).toBeUndefined();
    const comments = ['Mühlbach', nistComment(image, 0.75)];
    const { bytes } = encodeWsq(image, { comments });
    expect(readWsqInfo(bytes)).toMatchObject({ comments, resolutionPpi: 500 });
    expect(decodeWsq(bytes).resolutionPpi).toBe(500);
    expect(nistComment(ridges(4, 5), 0.75)).toContain('\nPPI -1\n');
  });

  it('says that its software is not certified unless a number is given', () => {
    expect(readWsqInfo(encodeWsq(ridges(30, 30)).bytes)).toMatchObject({ encoder: 2, software: 0 });
    expect(readWsqInfo(encodeWsq(ridges(30, 30), { software: 7 }).bytes).software).toBe(7);
  });

  it('ignores what follows the image', () => {
    const { bytes } = encodeWsq(ridges(64, 64));
    expect(rmsDifference(decodeWsq(Uint8Array.of(...bytes, 1, 2, 3)), decodeWsq(bytes))).toBe(0);
  });
});
