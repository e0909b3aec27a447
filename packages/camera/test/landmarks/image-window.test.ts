import { rgbImage } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { fromWindow, sampleWindow, type ImageWindow } from '../../src/landmarks/image-window.js';

const AS_IS = { gain: 1, offset: 0 };

/** A picture that grows brighter to the right in red and downwards in green. */
function ramp(width: number, height: number): ReturnType<typeof rgbImage> {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data.set([(x * 255) / (width - 1), (y * 255) / (height - 1), 7], (y * width + x) * 3);
  return rgbImage({ width, height, data });
}

const whole = (side: number): ImageWindow => ({ centre: { x: side / 2, y: side / 2 }, side, angle: 0 });

describe('a window on an image', () => {
  it('of the same size shows the same pixels', () => {
    const image = ramp(8, 8);
    expect(Array.from(sampleWindow(image, whole(8), 8, AS_IS))).toEqual(Array.from(image.data));
  });

  it('gives values as a network wants them', () => {
    const white = rgbImage({ width: 4, height: 4, data: new Uint8Array(48).fill(255) });
    for (const value of sampleWindow(white, whole(4), 2, { gain: 1 / 127.5, offset: -1 }))
      expect(value).toBeCloseTo(1, 5);
  });

  it('takes the mean of what it makes smaller', () => {
    const stripes = ramp(64, 64);
    for (let at = 0; at < stripes.data.length; at++)
      stripes.data[at] = Math.floor(at / 3) % 2 === 0 ? 0 : 200;
    for (const value of sampleWindow(stripes, whole(64), 16, AS_IS)) expect(value).toBeCloseTo(100, 3);
  });

  it('turned by a quarter looks from the side', () => {
    const seen = sampleWindow(ramp(32, 32), { ...whole(32), angle: Math.PI / 2 }, 32, AS_IS);
    // Its x axis runs down the image, so that green grows along a row.
    expect(seen[1]).toBeCloseTo(0, 3);
    expect(seen[31 * 3 + 1]).toBeCloseTo(255, 3);
    expect(fromWindow({ ...whole(32), angle: Math.PI / 2 }, 32, 32, 16)).toMatchObject({
      x: expect.closeTo(16) as number,
      y: expect.closeTo(32) as number,
    });
  });

  it('repeats the edge where it leaves the image', () => {
    const image = rgbImage({ width: 2, height: 2, data: new Uint8Array(12).fill(90) });
    for (const value of sampleWindow(image, { centre: { x: -50, y: 70 }, side: 30, angle: 1 }, 4, AS_IS))
      expect(value).toBeCloseTo(90, 3);
  });
});
