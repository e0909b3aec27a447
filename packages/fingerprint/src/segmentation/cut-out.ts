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
  const source = around(image, box);
  const data = new Uint8Array(width * height).fill(WHITE);
  for (let row = 0, at = 0; row < height; row += 1) {
    const v = row - (height - 1) / 2;
    for (let column = 0; column < width; column += 1, at += 1) {
      const u = column - (width - 1) / 2;
      const x = box.centreX + cos * u - sin * v;
      const y = box.centreY + sin * u + cos * v;
      if (x < -0.5 || y < -0.5 || x > image.width - 0.5 || y > image.height - 0.5) continue;
      if (isElsewhere(Math.round(x), Math.round(y))) continue;
      data[at] = sampled(source.data, source.width, x - source.left, y - source.top);
    }
  }
  const resolutionPpi = image.resolutionPpi ?? DEFAULT_PPI;
  return { ...greyImage({ width, height, data }), resolutionPpi };
}

interface Patch {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly data: Uint8Array;
}

/** How far samples reach. */
const REACH = 3;

/** The pixels of `image` around `box`, all that its samples reach; its edges go on beyond them. */
function around(image: GreyImage, box: TurnedBox): Patch {
  const radius = Math.hypot(box.width, box.height) / 2 + REACH;
  const left = Math.max(Math.floor(box.centreX - radius), -REACH);
  const top = Math.max(Math.floor(box.centreY - radius), -REACH);
  const right = Math.min(Math.ceil(box.centreX + radius), image.width + REACH);
  const bottom = Math.min(Math.ceil(box.centreY + radius), image.height + REACH);
  const width = Math.max(right - left, 0);
  const data = new Uint8Array(width * Math.max(bottom - top, 0));
  for (let row = top, at = 0; row < bottom; row += 1) {
    const from = Math.min(Math.max(row, 0), image.height - 1) * image.width;
    for (let column = left; column < right; column += 1, at += 1) {
      data[at] = image.data[from + Math.min(Math.max(column, 0), image.width - 1)] ?? 0;
    }
  }
  return { left, top, width, data };
}

/** Weights of the four samples around a point, by how far it lies behind the second of them, in 256ths; sum 1024. */
const WEIGHTS = cubicWeights();

function cubicWeights(): Int16Array {
  const weights = new Int16Array(4 * 256);
  for (let step = 0; step < 256; step += 1) {
    const t = step / 256;
    const a = Math.round(512 * t * (t * (2 - t) - 1));
    const c = Math.round(512 * t * (t * (4 - 3 * t) + 1));
    const d = Math.round(512 * t * t * (t - 1));
    weights.set([a, 1024 - a - c - d, c, d], 4 * step);
  }
  return weights;
}

/** The grey at column `x`, row `y` of `data`, which has all samples around. */
function sampled(data: Uint8Array, stride: number, x: number, y: number): number {
  const column = Math.round(256 * x);
  const row = Math.round(256 * y);
  const across = (column & 255) << 2;
  const down = (row & 255) << 2;
  const a = WEIGHTS[across] ?? 0;
  const b = WEIGHTS[across + 1] ?? 0;
  const c = WEIGHTS[across + 2] ?? 0;
  const d = WEIGHTS[across + 3] ?? 0;
  const at = (row >> 8) * stride + (column >> 8);
  const line = (from: number): number =>
    (a * (data[from - 1] ?? 0) +
      b * (data[from] ?? 0) +
      c * (data[from + 1] ?? 0) +
      d * (data[from + 2] ?? 0)) |
    0;
  const sum =
    Math.imul(WEIGHTS[down] ?? 0, line(at - stride)) +
    Math.imul(WEIGHTS[down + 1] ?? 0, line(at)) +
    Math.imul(WEIGHTS[down + 2] ?? 0, line(at + stride)) +
    Math.imul(WEIGHTS[down + 3] ?? 0, line(at + 2 * stride));
  return Math.min(Math.max((sum + (1 << 19)) >> 20, 0), 255);
}
