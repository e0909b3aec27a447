import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centreCrop, DIGITAL_ASPECT, PRINT_ASPECT } from '../../src/index.js';

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

describe('a centre crop', () => {
  it('takes the middle of a landscape photo at full height', () => {
    expect(centreCrop({ widthPx: 4000, heightPx: 3200, orientation: 1 })).toEqual({
      x: 756,
      y: 0,
      width: 2488,
      height: 3200,
      assessment: 'not-assessed',
      label: 'nicht geprüft',
    });
  });

  it('takes the middle of a narrow photo at full width', () => {
    const crop = centreCrop({ widthPx: 350, heightPx: 1000, orientation: 1 }, PRINT_ASPECT);
    expect(crop).toMatchObject({ x: 0, y: 275, width: 350, height: 450 });
  });

  it('is the whole photo when the aspect fits', () => {
    const crop = centreCrop({ widthPx: 1244, heightPx: 1600, orientation: 1 });
    expect(crop).toMatchObject({ x: 0, y: 0, width: 1244, height: 1600 });
  });

  it('turns a photo that lies on its side before it is cropped', () => {
    const lying = centreCrop({ widthPx: 1600, heightPx: 1244, orientation: 6 });
    expect(lying).toMatchObject({ x: 0, y: 0, width: 1244, height: 1600 });
  });

  it('lies inside the upright photo, centred, and is off the aspect by less than a pixel', () => {
    const side = fc.integer({ min: 50, max: 20_000 });
    fc.assert(
      fc.property(side, side, fc.constantFrom(...ORIENTATIONS), (widthPx, heightPx, orientation) => {
        const { x, y, width, height } = centreCrop({ widthPx, heightPx, orientation });
        const [across, down] = orientation >= 5 ? [heightPx, widthPx] : [widthPx, heightPx];
        expect(x >= 0 && y >= 0 && x + width <= across && y + height <= down).toBe(true);
        expect(Math.abs(across - width - 2 * x)).toBeLessThanOrEqual(1);
        expect(Math.abs(down - height - 2 * y)).toBeLessThanOrEqual(1);
        expect(width === across || height === down).toBe(true);
        expect(Math.abs(width - (height * DIGITAL_ASPECT.width) / DIGITAL_ASPECT.height)).toBeLessThan(1);
      }),
    );
  });

  it('is refused for sizes that no photo has', () => {
    for (const widthPx of [0, -1, 1.5, Number.NaN])
      expect(() => centreCrop({ widthPx, heightPx: 10, orientation: 1 })).toThrow(/one pixel/);
    expect(() => centreCrop({ widthPx: 10, heightPx: 10, orientation: 1 }, { width: 0, height: 1 })).toThrow(
      /aspect/,
    );
    expect(() => centreCrop({ widthPx: 1, heightPx: 9000, orientation: 1 }, { width: 9, height: 1 })).toThrow(
      /narrow/,
    );
  });
});
