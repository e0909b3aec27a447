import { greyImage, type GreyImage } from '@buergerkoffer/formats';
import { DEFAULT_PPI } from './ridge-cells.js';
import type { TurnedBox } from './slap-segmentation.js';

/** Grey of what lies outside of the glass, and under other fingers. */
const WHITE = 255;

/** Some of the squares that the image is divided into, `columns` to a row from the top left, by their numbers. */
export interface Squares {
  /** In pixels. */
  readonly side: number;
  readonly columns: number;
  readonly members: readonly number[];
}

/**
 * The pixels of `image` in `box`, upright: by cubic convolution (Keys 1981, a = -1/2), at the same scale. White where
 * the image ends and in `blanked`, where other fingers lie.
 */
export function cutOut(
  image: GreyImage,
  box: TurnedBox,
  blanked?: Squares,
): GreyImage & { readonly resolutionPpi: number } {
  const { width, height } = box;
  const angle = (box.rotationDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const source = around(image, box);
  if (blanked !== undefined) blank(source, blanked);
  const data = new Uint8Array(width * height);
  for (let row = 0, at = 0; row < height; row += 1) {
    const v = row - (height - 1) / 2;
    const left = box.centreX - source.left - sin * v;
    const top = box.centreY - source.top + cos * v;
    for (let column = 0; column < width; column += 1, at += 1) {
      const u = column - (width - 1) / 2;
      data[at] = sampled(source.data, source.width, left + cos * u, top + sin * u);
    }
  }
  const resolutionPpi = image.resolutionPpi ?? DEFAULT_PPI;
  return { ...greyImage({ width, height, data }), resolutionPpi };
}

interface Patch {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** How far samples reach. */
const REACH = 3;

/** The pixels of `image` around `box`, all that its samples reach; white beyond its edges. */
function around(image: GreyImage, box: TurnedBox): Patch {
  const radius = Math.ceil(Math.hypot(box.width, box.height) / 2) + REACH;
  const left = Math.floor(box.centreX) - radius;
  const top = Math.floor(box.centreY) - radius;
  const width = 2 * radius + 2;
  const data = new Uint8Array(width * width).fill(WHITE);
  const [first, behind] = [Math.max(left, 0), Math.min(left + width, image.width)];
  if (behind > first) {
    for (let row = Math.max(top, 0); row < Math.min(top + width, image.height); row += 1) {
      const line = image.data.subarray(row * image.width + first, row * image.width + behind);
      data.set(line, (row - top) * width + first - left);
    }
  }
  return { left, top, width, height: width, data };
}

/** Makes `squares` white. */
function blank({ left, top, width, height, data }: Patch, { side, columns, members }: Squares): void {
  for (const member of members) {
    const x = (member % columns) * side;
    const y = Math.floor(member / columns) * side;
    const from = Math.max(x - left, 0);
    const to = Math.min(x - left + side, width);
    if (from >= to) continue;
    const last = Math.min(y - top + side, height);
    for (let row = Math.max(y - top, 0); row < last; row += 1) {
      data.fill(WHITE, row * width + from, row * width + to);
    }
  }
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
