import { eyeCentres } from '../photo/eye-centres.js';
import type { FacePoints, Point } from '../photo/face-points.js';

/** Corners of the ellipse that stands for a jaw, on each side of the chin. */
const JAW_STEPS = 8;
/** Upper edge of the eyebrows above the eyes, as a share of the distance from the eyes to the chin. */
const BROWS = 0.22;
/** Distance from the middle of the eyes to a side of the head, as a share of the distance between the eyes. */
const HALF_HEAD = 1;

/** Whether somebody outlined the face: an outline has three corners at least. */
export function isOutline(outline: readonly Point[] | undefined): outline is readonly Point[] {
  return outline !== undefined && outline.length >= 3;
}

/**
 * The outline of a face, without its forehead, from an operator's points: half an ellipse from one side of the head over the
 * chin to the other, and a line over the eyebrows. An estimate, for want of the outline of a mesh.
 */
export function estimatedOutline(points: FacePoints): readonly Point[] {
  const { right, left, middle } = eyeCentres(points);
  const toChin = vector(middle, points.chin);
  const toLeft = vector(right, left);
  const toSide = {
    left: points.headLeft === undefined ? times(toLeft, HALF_HEAD) : vector(middle, points.headLeft),
    right: points.headRight === undefined ? times(toLeft, -HALF_HEAD) : vector(middle, points.headRight),
  };
  const jaw = Array.from({ length: 2 * JAW_STEPS + 1 }, (_, step) => {
    const angle = ((step / JAW_STEPS) * Math.PI) / 2;
    const side =
      step <= JAW_STEPS ? times(toSide.left, Math.cos(angle)) : times(toSide.right, -Math.cos(angle));
    return plus(plus(middle, side), times(toChin, Math.sin(angle)));
  });
  const brows = [points.rightEyeOuter, points.leftEyeOuter].map((corner) =>
    plus(corner, times(toChin, -BROWS)),
  );
  return [...jaw, ...brows];
}

/** The corners of the smallest convex polygon around `points`, in order (Andrew's monotone chain). */
export function convexHull(points: readonly Point[]): readonly Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

/** 1 for every pixel of a square of `side` whose middle lies inside the convex polygon, else 0. */
export function maskOf(polygon: readonly Point[], side: number): Uint8Array {
  const mask = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    const crossings = crossingsAt(polygon, row + 0.5);
    if (crossings.length < 2) continue;
    const from = Math.max(0, Math.ceil(Math.min(...crossings) - 0.5));
    const to = Math.min(side - 1, Math.floor(Math.max(...crossings) - 0.5));
    if (to >= from) mask.fill(1, row * side + from, row * side + to + 1);
  }
  return mask;
}

/** Where the edges of the polygon cross a horizontal line. */
function crossingsAt(polygon: readonly Point[], y: number): readonly number[] {
  return polygon.flatMap((a, index) => {
    const b = polygon[(index + 1) % polygon.length] ?? a;
    if (a.y <= y === b.y <= y) return [];
    return [a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)];
  });
}

function turn(a: Point | undefined, b: Point | undefined, c: Point): number {
  if (a === undefined || b === undefined) return 1;
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

function vector(from: Point, to: Point): Point {
  return { x: to.x - from.x, y: to.y - from.y };
}

function plus(a: Point, b: Point): Point {
  return { x: a.x + b.x, y: a.y + b.y };
}

function times({ x, y }: Point, factor: number): Point {
  return { x: x * factor, y: y * factor };
}
