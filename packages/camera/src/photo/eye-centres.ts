import type { FacePoints, Point } from './face-points.js';

/** The middle between two points. */
export function middleOf(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** The distance between two points, in pixels. */
export function distanceOf(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

/** Middles between the corners of each eye, and between those (ISO/IEC 19794-5: eye centres). */
export interface EyeCentres {
  /** The person's own right eye, on the left of the photo. */
  readonly right: Point;
  readonly left: Point;
  readonly middle: Point;
}

/** The eye centres of a face. */
export function eyeCentres(points: FacePoints): EyeCentres {
  const right = middleOf(points.rightEyeOuter, points.rightEyeInner);
  const left = middleOf(points.leftEyeInner, points.leftEyeOuter);
  return { right, left, middle: middleOf(right, left) };
}

/** How far the line of the eye centres is turned clockwise from the horizontal, in degrees, -180 to 180. */
export function rollOf(points: FacePoints): number {
  const { right, left } = eyeCentres(points);
  return (Math.atan2(left.y - right.y, left.x - right.x) * 180) / Math.PI;
}
