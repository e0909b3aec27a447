import { rgbImage } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { drawGuide } from '../../src/guidance/index.js';
import { photoTemplate } from '../../src/photo/index.js';

const PHOTO = rgbImage({ width: 400, height: 500, data: new Uint8Array(600_000).fill(100) });
const FRAME = { centre: { x: 200, y: 250 }, heightPx: 400, turnedDeg: 0 };

function pixel(image: ReturnType<typeof rgbImage>, x: number, y: number): readonly number[] {
  return Array.from(image.data.subarray((y * image.width + x) * 3, (y * image.width + x) * 3 + 3));
}

describe('the guide drawn over a photo', () => {
  const points = {
    rightEyeOuter: { x: 140, y: 220 },
    rightEyeInner: { x: 180, y: 220 },
    leftEyeInner: { x: 220, y: 220 },
    leftEyeOuter: { x: 260, y: 220 },
    chin: { x: 200, y: 340 },
  };
  const drawn = drawGuide(PHOTO, { template: photoTemplate('adult'), frame: FRAME, points });

  it('has the frame of the picture where it would be cut, and the line of the eyes in it', () => {
    const left = 200 - (400 * 1244) / 1600 / 2;
    expect(pixel(drawn, Math.round(left), 250)).toEqual([255, 255, 255]);
    expect(pixel(drawn, 250, 50)).toEqual([255, 255, 255]);
    const eyeLine = Math.round(50 + 0.42 * 400);
    const column = [eyeLine - 1, eyeLine, eyeLine + 1].map((y) => pixel(drawn, 300, y).join());
    expect(column).toContain('0,160,64');
  });

  it('marks every point, and leaves the photo alone elsewhere and itself', () => {
    expect(pixel(drawn, 200, 340)).toEqual([0, 208, 255]);
    expect(pixel(drawn, 5, 5)).toEqual([100, 100, 100]);
    expect(PHOTO.data.every((value) => value === 100)).toBe(true);
  });

  it('may lie far outside the photo', () => {
    const away = { ...FRAME, centre: { x: -1e7, y: 1e7 }, heightPx: 1e6, turnedDeg: 33 };
    const same = drawGuide(PHOTO, { template: photoTemplate('infant'), frame: away });
    expect(Buffer.from(same.data).equals(PHOTO.data)).toBe(true);
  });
});
