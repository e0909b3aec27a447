import { greyImage, type GreyImage } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { edgeBlur, MAX_BLUR_PX } from '../../src/photo/measures/edge-blur.js';

vi.setConfig({ testTimeout: 60_000 });

const [WIDTH, HEIGHT] = [200, 1600];
const REGION = { top: 700, rows: Array.from({ length: 150 }, () => ({ from: 20, to: 180 })) };

/** Integral of a Gaussian of standard deviation 1 up to x (Abramowitz and Stegun 26.2.17, to 1e-7). */
function gaussianUpTo(x: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(x));
  const tail =
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) *
    t *
    (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  return x > 0 ? 1 - tail : tail;
}

/** An edge down the middle that a Gaussian of `sigma` pixels softened, `contrast` grey values high, with grain. */
function edge(sigma: number, contrast = 120, grain = 2): GreyImage {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const x = (at % WIDTH) + 0.5 - WIDTH / 2 + Math.floor(at / WIDTH) / 50;
    const noise = ((Math.imul(at + 1, 2_654_435_761) >>> 24) / 255 - 0.5) * 2 * grain;
    return Math.round(60 + contrast * gaussianUpTo(x / sigma) + noise);
  });
  return greyImage({ width: WIDTH, height: HEIGHT, data });
}

/** Bars that cross in both directions, `pitch` pixels wide. */
function bars(pitch: number): GreyImage {
  const data = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    return 60 + 60 * (Math.floor(x / (2 * pitch)) % 2) + 60 * (Math.floor(y / pitch) % 2);
  });
  return greyImage({ width: WIDTH, height: HEIGHT, data });
}

/** `image` as a camera sees it that moves by `way` pixels to the side. */
function moved({ width, height, data }: GreyImage, way: number): GreyImage {
  const blurred = data.map((_, at) => {
    const x = at % width;
    let sum = 0;
    for (let step = 0; step < way; step++) sum += data[at - x + Math.min(width - 1, x + step)] ?? 0;
    return Math.round(sum / way);
  });
  return greyImage({ width, height, data: blurred });
}

describe('the blur of edges', () => {
  it.each([1.5, 2, 3, 4.5, 6, 8])('is measured in pixels: %d', (sigma) => {
    expect(edgeBlur(edge(sigma), [REGION]) ?? 0).toBeGreaterThan(0.85 * sigma);
    expect(edgeBlur(edge(sigma), [REGION]) ?? 99).toBeLessThan(1.12 * sigma);
  });

  it('does not depend on contrast', () => {
    const [strong, weak] = [edgeBlur(edge(3, 180), [REGION]), edgeBlur(edge(3, 40, 1), [REGION])];
    expect(Math.abs((strong ?? 0) - (weak ?? 99))).toBeLessThan(0.5);
  });

  it('is that of the direction which a movement blurred, however sharp the other stays', () => {
    const lines = bars(24);
    expect(edgeBlur(lines, [REGION]) ?? 99).toBeLessThan(1.5);
    expect(edgeBlur(moved(lines, 32), [REGION]) ?? 0).toBeGreaterThan(4.5);
  });

  it('is much where much is blurred, rather than less again', () => {
    expect(edgeBlur(edge(16, 190), [REGION]) ?? 0).toBeGreaterThan(12);
  });

  it('is not known where there is no edge', () => {
    expect(edgeBlur(greyImage({ width: WIDTH, height: HEIGHT }), [REGION])).toBeUndefined();
    expect(edgeBlur(edge(3), [])).toBeUndefined();
    expect(edgeBlur(edge(3), [{ top: 0, rows: [] }])).toBeUndefined();
  });

  it('ends where it only says very much', () => {
    expect(edgeBlur(edge(40, 190, 0), [REGION]) ?? MAX_BLUR_PX).toBeLessThanOrEqual(MAX_BLUR_PX);
  });
});
