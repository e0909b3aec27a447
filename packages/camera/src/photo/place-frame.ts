import { turnAbout, mapPoint } from './affine.js';
import { CROP_ASPECT, type CropFrame } from './crop-frame.js';
import type { CropLimits } from './crop-limits.js';
import type { FaceGeometry } from './face-geometry.js';
import type { Point } from './face-points.js';
import { clipped, nearestIn, type HalfPlane } from './polygon.js';
import type { PhotoTemplate } from './template.js';

/** A cut and how far the eyes lie from where the template wants them, as a share of the picture's height. */
export interface Placement {
  readonly frame: CropFrame;
  readonly distance: number;
}

/**
 * The cut of this height whose eyes lie as near as possible to the template's, inside the limits and the photo;
 * `undefined` where there is none. Without a photo, there is no end to it. Exact: the places that the eyes may have
 * on the picture are a convex polygon.
 */
export function placeFrame(
  photo: { readonly widthPx: number; readonly heightPx: number } | undefined,
  face: FaceGeometry,
  heightPx: number,
  limits: CropLimits,
  template: PhotoTemplate,
): Placement | undefined {
  const { eyes, abovePx, belowPx } = limits;
  const widthPx = heightPx * CROP_ASPECT;
  const [left, right] = eyes.x;
  // The whole head is on the picture.
  const top = Math.max(eyes.y[0], abovePx / heightPx);
  const bottom = Math.min(eyes.y[1], 1 - belowPx / heightPx);
  if (top > bottom) return undefined;
  const allowed = [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
  const possible =
    photo === undefined ? allowed : clipped(allowed, withinPhoto(photo, face, widthPx, heightPx));
  const wanted = { x: template.target.middle, y: template.target.eyes };
  const place = nearestIn(possible, wanted);
  if (place === undefined) return undefined;
  const level = { x: (0.5 - place.x) * widthPx, y: (0.5 - place.y) * heightPx };
  const shift = mapPoint(turnAbout({ x: 0, y: 0 }, face.rollDeg), level);
  const centre = { x: face.eyeMidpoint.x + shift.x, y: face.eyeMidpoint.y + shift.y };
  return {
    frame: { centre, heightPx, turnedDeg: face.rollDeg },
    distance: Math.hypot((place.x - wanted.x) * CROP_ASPECT, place.y - wanted.y),
  };
}

/** The places of the eyes on the picture, as shares of its sides, for which the turned cut lies within the photo. */
function withinPhoto(
  photo: { readonly widthPx: number; readonly heightPx: number },
  { eyeMidpoint, rollDeg }: FaceGeometry,
  widthPx: number,
  heightPx: number,
): readonly HalfPlane[] {
  const radians = (rollDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const halfWidth = (widthPx * Math.abs(cos) + heightPx * Math.abs(sin)) / 2;
  const halfHeight = (widthPx * Math.abs(sin) + heightPx * Math.abs(cos)) / 2;
  const across: Point = { x: cos * widthPx, y: -sin * heightPx };
  const down: Point = { x: sin * widthPx, y: cos * heightPx };
  return [
    ...between(across, eyeMidpoint.x, halfWidth, photo.widthPx - halfWidth),
    ...between(down, eyeMidpoint.y, halfHeight, photo.heightPx - halfHeight),
  ];
}

/**
 * The centre of the cut lies at `eyes` minus `step` times the place of the eyes off its middle: from `low` to `high`.
 */
function between(step: Point, eyes: number, low: number, high: number): readonly HalfPlane[] {
  const middle = eyes + (step.x + step.y) / 2;
  return [
    { a: step.x, b: step.y, c: middle - low },
    { a: -step.x, b: -step.y, c: high - middle },
  ];
}
