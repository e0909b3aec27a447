import { InputError } from '@buergerkoffer/formats';
import { mapPoint, type Affine } from './affine.js';
import type { FacePoints, Point } from './face-points.js';

/** What the points say about a face: lengths in pixels of the picture they lie on, angles in degrees. */
export interface FaceGeometry {
  /** Centre of an eye: the middle between its corners. */
  readonly rightEye: Point;
  readonly leftEye: Point;
  /** Middle between the eyes. */
  readonly eyeMidpoint: Point;
  readonly eyeDistancePx: number;
  /** How far the line through the eyes is turned clockwise on the picture, -180 to 180. */
  readonly rollDeg: number;
  /** Chin to crown without hair, along the middle line of the face. */
  readonly headHeightPx: number;
  /**
   * Where the crown comes from: a point that was placed, or twice the way from the eyes to the chin (a rule of
   * thumb).
   */
  readonly crownFrom: 'point' | 'rule-of-thumb';
  /** Between the places where the ears join the head, along the line of the eyes; absent without these points. */
  readonly headWidthPx?: number;
}

/**
 * Lengths and angles of a face; points that are no numbers, or eyes and chin in one place, are
 * `InputError('out-of-range')`.
 */
export function faceGeometry(points: FacePoints): FaceGeometry {
  checkPoints(points);
  const rightEye = middle(points.rightEyeOuter, points.rightEyeInner);
  const leftEye = middle(points.leftEyeOuter, points.leftEyeInner);
  const eyeMidpoint = middle(rightEye, leftEye);
  const eyeDistancePx = distance(rightEye, leftEye);
  if (eyeDistancePx < 1 || distance(eyeMidpoint, points.chin) < 1)
    throw new InputError('out-of-range', 'the eyes and the chin of a face lie apart', { path: 'points' });
  const across = {
    x: (leftEye.x - rightEye.x) / eyeDistancePx,
    y: (leftEye.y - rightEye.y) / eyeDistancePx,
  };
  const down = { x: -across.y, y: across.x };
  const { chin, crown, headRight, headLeft } = points;
  return {
    rightEye,
    leftEye,
    eyeMidpoint,
    eyeDistancePx,
    rollDeg: (Math.atan2(across.y, across.x) * 180) / Math.PI,
    headHeightPx:
      crown === undefined ? 2 * distance(eyeMidpoint, chin) : Math.abs(lengthAlong(down, crown, chin)),
    crownFrom: crown === undefined ? 'rule-of-thumb' : 'point',
    ...(headRight === undefined || headLeft === undefined
      ? {}
      : { headWidthPx: Math.abs(lengthAlong(across, headRight, headLeft)) }),
  };
}

/** The points where `map` puts them. */
export function mapFacePoints(points: FacePoints, map: Affine): FacePoints {
  return onEachPoint(points, (point) => mapPoint(map, point));
}

/** The points in a picture that is `factor` times as large. */
export function scaledPoints(points: FacePoints, factor: number): FacePoints {
  return onEachPoint(points, ({ x, y }) => ({ x: x * factor, y: y * factor }));
}

/** The names of the points that lie outside a picture of this size. */
export function pointsOutside(points: FacePoints, widthPx: number, heightPx: number): readonly string[] {
  return Object.entries(points)
    .filter(([, { x, y }]: [string, Point]) => x < 0 || y < 0 || x > widthPx || y > heightPx)
    .map(([name]) => name);
}

function onEachPoint(points: FacePoints, change: (point: Point) => Point): FacePoints {
  const { rightEyeOuter, rightEyeInner, leftEyeInner, leftEyeOuter, chin, ...others } = points;
  return {
    rightEyeOuter: change(rightEyeOuter),
    rightEyeInner: change(rightEyeInner),
    leftEyeInner: change(leftEyeInner),
    leftEyeOuter: change(leftEyeOuter),
    chin: change(chin),
    ...Object.fromEntries(
      Object.entries(others).map(([name, point]: [string, Point]) => [name, change(point)]),
    ),
  };
}

function checkPoints(points: FacePoints): void {
  for (const [name, { x, y }] of Object.entries(points) as [string, Point][]) {
    if (!Number.isFinite(x) || !Number.isFinite(y))
      throw new InputError('out-of-range', 'a point has two numbers', { path: name });
  }
}

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** How far `to` lies from `from` in the direction of the unit vector. */
function lengthAlong(direction: Point, from: Point, to: Point): number {
  return direction.x * (to.x - from.x) + direction.y * (to.y - from.y);
}
