import { greyImage, type GreyImage } from '@buergerkoffer/formats';

/** Curved ridges with grain, of any size; the same seed gives the same pixels. Not a finger, but as busy as one. */
export function ridges(width: number, height: number, seed = 1): GreyImage {
  let state = seed;
  const grain = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) / 65_536 - 0.5;
  };
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const wave = Math.sin(Math.hypot(x - width / 2, y - 0.8 * height) / 1.4 + seed);
    return Math.max(0, Math.min(255, Math.round(150 + 80 * wave + 30 * grain())));
  });
  return greyImage({ width, height, data });
}

/** Root of the mean squared difference of two images of one size, in grey levels. */
export function rmsDifference(a: GreyImage, b: GreyImage): number {
  const squares = a.data.reduce((sum, pixel, at) => sum + (pixel - (b.data[at] ?? 0)) ** 2, 0);
  return Math.sqrt(squares / a.data.length);
}
