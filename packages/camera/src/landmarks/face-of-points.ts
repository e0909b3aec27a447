import { rollOf } from '../photo/eye-centres.js';
import type { FacePoints, Point } from '../photo/face-points.js';
import type { LocatedFace } from './face-locator.js';

/** A face whose points a person placed, as if it had been found. Nobody knows where it looks but for the roll, nor its outline. */
export function faceOfPoints(points: FacePoints): LocatedFace {
  const all: readonly Point[] = Object.values(points);
  const xs = all.map(({ x }) => x);
  const ys = all.map(({ y }) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return {
    box: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y },
    confidence: 1,
    points,
    outline: [],
    pose: { yawDeg: 0, pitchDeg: 0, rollDeg: rollOf(points) },
    cutOff: false,
  };
}
