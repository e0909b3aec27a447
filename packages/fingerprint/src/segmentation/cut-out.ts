import { greyImage, type GreyImage } from '@buergerkoffer/formats';
import { DEFAULT_PPI } from './ridge-cells.js';
import type { TurnedBox } from './slap-segmentation.js';

/** Grey of what lies outside of the glass, and under other fingers. */
const WHITE = 255;

/**
 * The pixels of `image` in `box`, upright: by cubic convolution (Keys 1981, a = -1/2), at the same scale. White where
 * the image ends and where `isElsewhere` says that a pixel belongs to another finger.
 */
export function cutOut(
  image: GreyImage,
  box: TurnedBox,
  isElsewhere: (column: number, row: number) => boolean = () => false,
): GreyImage & { readonly resolutionPpi: number } {
  const { width, height } = box;
  const angle = (box.rotationDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const data = new Uint8Array(width * height).fill(WHITE);
  for (let row = 0, at = 0; row < height; row += 1) {
    const v = row - (height - 1) / 2;
    for (let column = 0; column < width; column += 1, at += 1) {
      const u = column - (width - 1) / 2;
      const x = box.centreX + cos * u - sin * v;
      const y = box.centreY + sin * u + cos * v;
      if (x < -0.5 || y < -0.5 || x > image.width - 0.5 || y > image.height - 0.5) continue;
      if (isElsewhere(Math.round(x), Math.round(y))) continue;
      data[at] = sampled(image, x, y);
    }
  }
  const resolutionPpi = image.resolutionPpi ?? DEFAULT_PPI;
  return { ...greyImage({ width, height, data }), resolutionPpi };
}

function sampled({ data, width, height }: GreyImage, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const [a, b, c, d] = weights(x - column);
  const [e, f, g, h] = weights(y - row);
  if (column >= 1 && row >= 1 && column < width - 2 && row < height - 2) {
    const at = row * width + column;
    const line = (i: number): number =>
      a * (data[i - 1] ?? 0) + b * (data[i] ?? 0) + c * (data[i + 1] ?? 0) + d * (data[i + 2] ?? 0);
    return clamped(e * line(at - width) + f * line(at) + g * line(at + width) + h * line(at + 2 * width));
  }
  // At the edge of the glass its last pixels go on.
  const pixel = (i: number, j: number): number =>
    data[Math.min(Math.max(j, 0), height - 1) * width + Math.min(Math.max(i, 0), width - 1)] ?? 0;
  const line = (j: number): number =>
    a * pixel(column - 1, j) + b * pixel(column, j) + c * pixel(column + 1, j) + d * pixel(column + 2, j);
  return clamped(e * line(row - 1) + f * line(row) + g * line(row + 1) + h * line(row + 2));
}

function weights(t: number): readonly [number, number, number, number] {
  return [
    0.5 * t * (t * (2 - t) - 1),
    0.5 * (t * t * (3 * t - 5) + 2),
    0.5 * t * (t * (4 - 3 * t) + 1),
    0.5 * t * t * (t - 1),
  ];
}

function clamped(grey: number): number {
  return Math.min(Math.max(Math.round(grey), 0), 255);
}
