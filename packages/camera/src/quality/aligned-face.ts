import { rgbImage, type RgbImage } from '@buergerkoffer/formats';
import { distanceOf, eyeCentres } from '../photo/eye-centres.js';
import type { FacePoints, Point } from '../photo/face-points.js';

/** Side of the aligned face, in pixels. */
export const ALIGNED_SIDE = 616;
/** Where eye centres (right, left), tip of the nose and corners of the mouth (right, left) come to lie in it. */
const PLACES: readonly Point[] = [
  { x: 251, y: 272 },
  { x: 364, y: 272 },
  { x: 308, y: 336 },
  { x: 262, y: 402 },
  { x: 355, y: 402 },
];

/** x' = a x - b y + dx, y' = b x + a y + dy: turned, scaled and moved, never skewed. */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly dx: number;
  readonly dy: number;
}

/** `point` after `by`. */
export function moved(by: Similarity, { x, y }: Point): Point {
  return { x: by.a * x - by.b * y + by.dx, y: by.b * x + by.a * y + by.dy };
}

/**
 * How the face is turned, scaled and moved into the aligned square (OFIQ 1.0.3: least median of squares over five points,
 * then least squares over those that fit). `undefined` without nose tip and corners of the mouth, or when points coincide.
 */
export function alignmentOf(points: FacePoints): Similarity | undefined {
  const { right, left } = eyeCentres(points);
  const { noseTip, mouthRight, mouthLeft } = points;
  if (noseTip === undefined || mouthRight === undefined || mouthLeft === undefined) return undefined;
  const from = [right, left, noseTip, mouthRight, mouthLeft];
  let best: { readonly by: Similarity; readonly median: number } | undefined;
  for (const [i, first] of from.entries()) {
    for (let j = i + 1; j < from.length; j++) {
      const by = leastSquares([first, from[j] ?? first], [PLACES[i], PLACES[j]].filter(isPoint));
      if (by === undefined) continue;
      const median = errorsOf(by, from).sort((a, b) => a - b)[2] ?? Number.POSITIVE_INFINITY;
      if (best === undefined || median < best.median) best = { by, median };
    }
  }
  if (best === undefined) return undefined;
  // Rousseeuw and Leroy's robust standard deviation for five points and models of two.
  const limit = (2.5 * 1.4826 * (1 + 5 / (from.length - 2))) ** 2 * best.median;
  const fits = errorsOf(best.by, from).map((error) => error <= Math.max(limit, Number.EPSILON));
  return leastSquares(
    from.filter((_, index) => fits[index]),
    PLACES.filter((_, index) => fits[index]),
  );
}

/** The aligned face, {@link ALIGNED_SIDE} squared: bilinear, black where the image ends. */
export function alignedFace(image: RgbImage, by: Similarity): RgbImage {
  const data = new Uint8Array(ALIGNED_SIDE * ALIGNED_SIDE * 3);
  const square = by.a * by.a + by.b * by.b;
  for (let y = 0, at = 0; y < ALIGNED_SIDE; y++) {
    for (let x = 0; x < ALIGNED_SIDE; x++, at += 3) {
      const shiftedX = x + 0.5 - by.dx;
      const shiftedY = y + 0.5 - by.dy;
      const fromX = (by.a * shiftedX + by.b * shiftedY) / square - 0.5;
      const fromY = (by.a * shiftedY - by.b * shiftedX) / square - 0.5;
      for (let channel = 0; channel < 3; channel++) {
        data[at + channel] = Math.round(bilinear(image, fromX, fromY, channel));
      }
    }
  }
  return rgbImage({ width: ALIGNED_SIDE, height: ALIGNED_SIDE, data });
}

function isPoint(point: Point | undefined): point is Point {
  return point !== undefined;
}

function errorsOf(by: Similarity, from: readonly Point[]): number[] {
  return from.map((point, index) => distanceOf(moved(by, point), PLACES[index] ?? point) ** 2);
}

/** The similarity that brings `from` nearest to `to`; `undefined` when all of `from` is one point. */
function leastSquares(from: readonly Point[], to: readonly Point[]): Similarity | undefined {
  const centreFrom = meanOf(from);
  const centreTo = meanOf(to);
  let [along, across, size] = [0, 0, 0];
  from.forEach((point, index) => {
    const x = point.x - centreFrom.x;
    const y = point.y - centreFrom.y;
    const u = (to[index]?.x ?? 0) - centreTo.x;
    const v = (to[index]?.y ?? 0) - centreTo.y;
    along += x * u + y * v;
    across += x * v - y * u;
    size += x * x + y * y;
  });
  if (!(size > 0) || (along === 0 && across === 0)) return undefined;
  const [a, b] = [along / size, across / size];
  return {
    a,
    b,
    dx: centreTo.x - a * centreFrom.x + b * centreFrom.y,
    dy: centreTo.y - b * centreFrom.x - a * centreFrom.y,
  };
}

function meanOf(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** Value between four pixels; beyond the edge everything is black. */
function bilinear(image: RgbImage, x: number, y: number, channel: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const right = x - column;
  const { width, height, data } = image;
  if (column >= 0 && row >= 0 && column < width - 1 && row < height - 1) {
    const at = (row * width + column) * 3 + channel;
    const below = at + 3 * width;
    const upper = (1 - right) * (data[at] ?? 0) + right * (data[at + 3] ?? 0);
    const lower = (1 - right) * (data[below] ?? 0) + right * (data[below + 3] ?? 0);
    return upper + (y - row) * (lower - upper);
  }
  const above =
    (1 - right) * valueAt(image, column, row, channel) + right * valueAt(image, column + 1, row, channel);
  const under =
    (1 - right) * valueAt(image, column, row + 1, channel) +
    right * valueAt(image, column + 1, row + 1, channel);
  return above + (y - row) * (under - above);
}

function valueAt({ width, height, data }: RgbImage, column: number, row: number, channel: number): number {
  if (column < 0 || row < 0 || column >= width || row >= height) return 0;
  return data[(row * width + column) * 3 + channel] ?? 0;
}
