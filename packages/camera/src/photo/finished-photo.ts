import { CROP_SIZE, type CropFrame } from './crop-frame.js';
import { faceGeometry } from './face-geometry.js';
import type { FacePoints } from './face-points.js';
import { THRESHOLDS, type Threshold } from './thresholds.js';

/**
 * The whole photo as the cut, where it has 1244 x 1600 pixels and meets the criteria of geometry already, as one from a
 * photographer does: it is not turned or made smaller again. Else `undefined`.
 */
export function finishedFrame(
  photo: { readonly widthPx: number; readonly heightPx: number },
  points: FacePoints,
): CropFrame | undefined {
  const { widthPx, heightPx } = CROP_SIZE;
  if (photo.widthPx !== widthPx || photo.heightPx !== heightPx) return undefined;
  const face = faceGeometry(points);
  const { thresholds } = THRESHOLDS.live;
  const isMet =
    within(face.rollDeg, thresholds['1.3']) &&
    (face.headWidthPx === undefined || within(face.headWidthPx / widthPx, thresholds['5.3'])) &&
    within(face.headHeightPx / heightPx, thresholds['5.4']) &&
    within(face.eyeMidpoint.y / heightPx, thresholds['5.5']) &&
    within(face.eyeMidpoint.x / widthPx, thresholds['5.6']) &&
    within(face.eyeDistancePx, thresholds['5.7']);
  return isMet ? { centre: { x: widthPx / 2, y: heightPx / 2 }, heightPx, turnedDeg: 0 } : undefined;
}

function within(value: number, { tmin, tmax }: Threshold): boolean {
  return value >= tmin && value <= tmax;
}
