import { describe, expect, it } from 'vitest';
import { greyImage } from '@buergerkoffer/formats';
import { encodeWsq } from '../../src/wsq/index.js';
import { hasReferenceData, original, print, referenceNames } from './support/reference-data.js';
import { ridges } from './support/ridges.js';

const MAX_BYTES = 18_431;

describe('WSQ within a size (TC-COM-FP-WSQR-001)', () => {
  it('lowers the rate until the file has 17,408 to 18,431 bytes', () => {
    const image = ridges(500, 600);
    expect(encodeWsq(image).bytes.length).toBeGreaterThan(MAX_BYTES);
    const { bytes, bitRate } = encodeWsq(image, { maxBytes: MAX_BYTES });
    expect(bytes.length).toBeGreaterThanOrEqual(17_408);
    expect(bytes.length).toBeLessThanOrEqual(MAX_BYTES);
    expect(bitRate).toBeLessThan(0.75);
    // The file is that of its rate, made in one go.
    expect(encodeWsq(image, { bitRate }).bytes).toEqual(bytes);
  });

  it('leaves a file alone that is small enough', () => {
    const image = ridges(160, 160);
    expect(encodeWsq(image, { maxBytes: MAX_BYTES })).toEqual(encodeWsq(image));
  });

  it('aims at another least size when asked to', () => {
    const { bytes } = encodeWsq(ridges(300, 300), { maxBytes: 6000, minBytes: 5950 });
    expect(bytes.length).toBeGreaterThanOrEqual(5950);
    expect(bytes.length).toBeLessThanOrEqual(6000);
  });

  it('says how small a file can be where none is small enough', () => {
    expect(() => encodeWsq(ridges(300, 300), { maxBytes: 500 })).toThrowError(
      expect.objectContaining({ code: 'out-of-range', path: 'maxBytes' }),
    );
  });

  it.each([
    ['bitRate', { bitRate: 0 }],
    ['bitRate', { bitRate: 8.01 }],
    ['bitRate', { bitRate: Number.NaN }],
    ['maxBytes', { maxBytes: 0 }],
    ['minBytes', { maxBytes: 10, minBytes: 11 }],
    ['restartInterval', { restartInterval: 65_536 }],
    ['software', { software: -1 }],
  ])('refuses a wrong %s: %j', (path, options) => {
    expect(() => encodeWsq(ridges(10, 10), options)).toThrowError(
      expect.objectContaining({ code: 'out-of-range', path }),
    );
  });

  it('refuses an image whose data does not fit its size', () => {
    const image = { ...greyImage({ width: 10, height: 10 }), height: 11 };
    expect(() => encodeWsq(image)).toThrowError(
      expect.objectContaining({ code: 'out-of-range', path: 'data' }),
    );
  });

  const names = referenceNames().flatMap(([rate, name]) => (rate === '0.75' ? [name] : []));
  it.skipIf(!hasReferenceData())(
    'fits all images of NIST and the prints of SFinGe',
    { timeout: 120_000 },
    () => {
      const prints = [1, 2, 3, 4, 5].map((number) => print(`images/sfinge/SFinGe_Test0${number}.pgm`));
      const sizes = [...names.map(original), ...prints].map((image) => [
        encodeWsq(image).bytes.length,
        encodeWsq(image, { maxBytes: MAX_BYTES }).bytes.length,
      ]);
      expect(sizes).toHaveLength(25);
      for (const [free = 0, within = 0] of sizes) {
        if (free <= MAX_BYTES) expect(within).toBe(free);
        else expect(within >= 17_408 && within <= MAX_BYTES).toBe(true);
      }
    },
  );
});
