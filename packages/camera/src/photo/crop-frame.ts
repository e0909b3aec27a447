import { chain, inverse, mapPoint, turnAbout, type Affine } from './affine.js';
import type { Point } from './face-points.js';

/** Size of the digital photo in pixels (BSI TR-03121-3 Vol. 2 v6.0, 5.3.1). */
export const CROP_SIZE = { widthPx: 1244, heightPx: 1600 } as const;

/** Width to height of the digital photo. */
export const CROP_ASPECT = CROP_SIZE.widthPx / CROP_SIZE.heightPx;

/** A rectangle of the shape 1244 : 1600 on the upright photo, in its pixels; it may be turned. */
export interface CropFrame {
  readonly centre: Point;
  readonly heightPx: number;
  /** How far the rectangle is turned clockwise, which is how far the picture is turned back, in degrees. */
  readonly turnedDeg: number;
}

/** The map from places on the finished picture of 1244 x 1600 to places on the upright photo. */
export function cropToPhoto({ centre, heightPx, turnedDeg }: CropFrame): Affine {
  const shift = {
    ...{ a: 1, b: 0, c: centre.x - CROP_SIZE.widthPx / 2 },
    ...{ d: 0, e: 1, f: centre.y - CROP_SIZE.heightPx / 2 },
  };
  return chain(shift, turnAbout(centre, turnedDeg, heightPx / CROP_SIZE.heightPx));
}

/** Places on the upright photo as they lie on the finished picture. */
export function placesOnCrop(frame: CropFrame, places: readonly Point[]): readonly Point[] {
  const toCrop = inverse(cropToPhoto(frame));
  return places.map((place) => mapPoint(toCrop, place));
}

/**
 * Corners of the rectangle on the upright photo: top left, top right, bottom right, bottom left as the picture will
 * show it.
 */
export function cornersOf(frame: CropFrame): readonly [Point, Point, Point, Point] {
  const map = cropToPhoto(frame);
  const { widthPx: w, heightPx: h } = CROP_SIZE;
  return [
    mapPoint(map, { x: 0, y: 0 }),
    mapPoint(map, { x: w, y: 0 }),
    mapPoint(map, { x: w, y: h }),
    mapPoint(map, { x: 0, y: h }),
  ];
}

/** By how many pixels the rectangle leaves a photo of this size on each side; 0 where it does not. */
export function overhang(
  frame: CropFrame,
  photo: { readonly widthPx: number; readonly heightPx: number },
): Readonly<Record<'left' | 'top' | 'right' | 'bottom', number>> {
  const corners = cornersOf(frame);
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const beyond = (px: number): number => (px > EXACT_PX ? px : 0);
  return {
    left: beyond(-Math.min(...xs)),
    top: beyond(-Math.min(...ys)),
    right: beyond(Math.max(...xs) - photo.widthPx),
    bottom: beyond(Math.max(...ys) - photo.heightPx),
  };
}

/** What rounding may add up to, in pixels. */
const EXACT_PX = 1e-6;
