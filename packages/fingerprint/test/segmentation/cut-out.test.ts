import { describe, expect, it } from 'vitest';
import { greyImage } from '@buergerkoffer/formats';
import { paddedEvenly, resampledTo500, segmentationOverlay } from '@buergerkoffer/fingerprint/segmentation';
import { cutOut } from '../../src/segmentation/cut-out.js';

/** 60 x 50 pixels, each with a grey of its own neighbourhood. */
const image = greyImage({
  width: 60,
  height: 50,
  data: Uint8Array.from({ length: 3000 }, (_, at) => (7 * (at % 60) + 13 * Math.floor(at / 60)) & 127),
  resolutionPpi: 500,
});

const grey = (column: number, row: number): number => image.data[row * 60 + column] ?? -1;

describe('cutting out', () => {
  it('copies the pixels of a box that is not turned', () => {
    const cut = cutOut(image, { centreX: 24.5, centreY: 19.5, width: 10, height: 20, rotationDeg: 0 });
    expect(cut).toMatchObject({ width: 10, height: 20, resolutionPpi: 500 });
    for (const [at, value] of cut.data.entries()) {
      expect(value).toBe(grey(20 + (at % 10), 10 + Math.floor(at / 10)));
    }
  });

  it('turns what points to the right upright', () => {
    const cut = cutOut(image, { centreX: 30, centreY: 25, width: 5, height: 9, rotationDeg: 90 });
    // Up in the cut is right in the image, and right is down.
    expect(cut.data[0]).toBe(grey(34, 23));
    expect(cut.data[4]).toBe(grey(34, 27));
    expect(cut.data[8 * 5]).toBe(grey(26, 23));
  });

  it('is white where the glass ends, and where another finger lies', () => {
    const blanked = { side: 3, columns: 20, members: [1] };
    const box = { centreX: 0, centreY: 0, width: 9, height: 9, rotationDeg: 0 };
    const cut = cutOut(image, box, blanked);
    expect(cut.data[0]).toBe(255);
    expect(cut.data[4 * 9 + 4]).toBe(grey(0, 0));
    expect(cut.data[4 * 9 + 6]).toBe(grey(2, 0));
    expect(cut.data[4 * 9 + 7]).toBe(255);
    expect(cut.data[8 * 9 + 8]).toBe(grey(4, 4));
  });
});

describe('a larger image', () => {
  it('is white evenly around the print', () => {
    const padded = paddedEvenly(image, 71, 40);
    expect(padded).toMatchObject({ width: 71, height: 50, resolutionPpi: 500 });
    expect(padded.data[4]).toBe(255);
    expect(padded.data[5]).toBe(grey(0, 0));
    expect(padded.data[64]).toBe(grey(59, 0));
    expect(padded.data[65]).toBe(255);
  });

  it.each([0, 1.5, 70_000])('is refused where a side is %f', (side) => {
    expect(() => paddedEvenly(image, 100, side)).toThrow(expect.objectContaining({ path: 'height' }));
  });
});

describe('resampling to 500 ppi', () => {
  it('halves 1000 ppi, keeps a slow wave and takes out the finest', () => {
    const wave = (period: number) =>
      greyImage({
        width: 200,
        height: 40,
        data: Uint8Array.from({ length: 8000 }, (_, at) =>
          Math.round(128 + 100 * Math.cos((2 * Math.PI * (at % 200)) / period)),
        ),
        resolutionPpi: 1000,
      });
    const slow = resampledTo500(wave(18));
    expect(slow).toMatchObject({ width: 100, height: 20, resolutionPpi: 500 });
    // exp(-2 (pi sigma / period)^2) of 200 grey levels is left.
    const middle = (print: typeof slow): number => {
      const line = print.data.subarray(10 * 100 + 10, 10 * 100 + 90);
      return Math.max(...line) - Math.min(...line);
    };
    expect(middle(slow)).toBeGreaterThan(180);
    expect(middle(slow)).toBeLessThan(195);
    expect(middle(resampledTo500(wave(2)))).toBeLessThan(8);
  });

  it('leaves 500 ppi as it is, and refuses other resolutions', () => {
    expect(resampledTo500(image)).toBe(image);
    expect(() => resampledTo500({ ...image, resolutionPpi: 600 })).toThrow(/600/);
  });
});

describe('the overlay', () => {
  it('draws the side of the tip in red and the rest in blue', () => {
    const box = { centreX: 30, centreY: 25, width: 20, height: 30, rotationDeg: 0 };
    const { data } = segmentationOverlay(image, [box]);
    const at = 3 * (10 * 60 + 30);
    expect([...data.subarray(at, at + 3)]).toEqual([200, 30, 40]);
    const below = 3 * (40 * 60 + 30);
    expect([...data.subarray(below, below + 3)]).toEqual([30, 80, 220]);
    expect([...data.subarray(0, 3)]).toEqual([grey(0, 0), grey(0, 0), grey(0, 0)]);
  });
});
