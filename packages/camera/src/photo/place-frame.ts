import { turnAbout, mapPoint } from './affine.js';
import { CROP_ASPECT, type CropFrame } from './crop-frame.js';
import type { CropLimits } from './crop-limits.js';
import type { FaceGeometry } from './face-geometry.js';
import type { Point } from './face-points.js';
import { clipped, leastBeyond, nearestIn, type HalfPlane } from './polygon.js';
import type { PhotoTemplate } from './template.js';

/** A cut and how far the eyes lie from where the template wants them, as a share of the picture's height. */
export interface Placement {
  readonly frame: CropFrame;
  readonly distance: number;
}

/** Size of a photo, in pixels. */
interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * The cut of this height whose eyes lie as near as possible to the template's, inside the limits and the photo;
 * `undefined` where there is none. Exact: the places that the eyes may have on the picture are a convex polygon.
 */
export function placeFrame(
  photo: Size,
  face: FaceGeometry,
  heightPx: number,
  limits: CropLimits,
  template: PhotoTemplate,
): Placement | undefined {
  const room = roomFor(limits, heightPx);
  if (room === undefined) return undefined;
  const { left, right, top, bottom } = room;
  const corners = [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ];
  const wanted = { x: template.target.middle, y: template.target.eyes };
  const place = nearestIn(clipped(corners, withinPhoto(photo, face, heightPx)), wanted);
  if (place === undefined) return undefined;
  return {
    frame: frameAt(place, face, heightPx),
    distance: Math.hypot((place.x - wanted.x) * CROP_ASPECT, place.y - wanted.y),
  };
}

/** The cut of this height, inside the limits, that leaves the photo by the fewest pixels, all sides added up. */
export function leastOutside(
  photo: Size,
  face: FaceGeometry,
  heightPx: number,
  limits: CropLimits,
): CropFrame | undefined {
  const room = roomFor(limits, heightPx);
  if (room === undefined) return undefined;
  const { left, right, top, bottom } = room;
  const bounds = [
    { a: -1, b: 0, c: -left },
    { a: 1, b: 0, c: right },
    { a: 0, b: -1, c: -top },
    { a: 0, b: 1, c: bottom },
  ];
  const place = leastBeyond(bounds, withinPhoto(photo, face, heightPx));
  return place === undefined ? undefined : frameAt(place, face, heightPx);
}

/** Where the eyes may lie on the picture, as shares of its sides, with the whole head on it. */
function roomFor(
  { eyes, abovePx, belowPx }: CropLimits,
  heightPx: number,
): Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>> | undefined {
  const [left, right] = eyes.x;
  const top = Math.max(eyes.y[0], abovePx / heightPx);
  const bottom = Math.min(eyes.y[1], 1 - belowPx / heightPx);
  return top > bottom ? undefined : { left, right, top, bottom };
}

function frameAt(place: Point, { eyeMidpoint, rollDeg }: FaceGeometry, heightPx: number): CropFrame {
  const level = { x: (0.5 - place.x) * heightPx * CROP_ASPECT, y: (0.5 - place.y) * heightPx };
  const shift = mapPoint(turnAbout({ x: 0, y: 0 }, rollDeg), level);
  const centre = { x: eyeMidpoint.x + shift.x, y: eyeMidpoint.y + shift.y };
  return { centre, heightPx, turnedDeg: rollDeg };
}

/** The places of the eyes on the picture, as shares of its sides, for which the turned cut lies within the photo. */
function withinPhoto(
  photo: Size,
  { eyeMidpoint, rollDeg }: FaceGeometry,
  heightPx: number,
): readonly HalfPlane[] {
  const widthPx = heightPx * CROP_ASPECT;
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
