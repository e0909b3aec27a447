import { type RgbImage } from '@buergerkoffer/formats';
import { distanceOf, eyeCentres, middleOf } from '../photo/eye-centres.js';
import type { FacePoints, Point } from '../photo/face-points.js';
import { ALIGNED_SIDE, alignedFace, alignmentOf, moved } from './aligned-face.js';
import { convexHull, maskOf } from './face-region.js';
import { luminanceOf } from './luminance.js';

/** A square of pixels of the aligned face, whole pixels. */
interface Zone {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** What the components that look at pixels need of a face. */
export interface AlignedPixels {
  readonly image: RgbImage;
  readonly luminance: Uint8Array;
  /** 1 inside the outline of the face, 0 outside (OFIQ's landmarked region). */
  readonly mask: Uint8Array;
  /** Squares on the cheeks beside the nose, on the left and right of the picture; absent without points of the lips. */
  readonly zones?: readonly [Zone, Zone];
}

/**
 * The face turned, scaled and moved into OFIQ's square of 616 pixels. `undefined` when tip of the nose or corners of the
 * mouth are missing.
 */
export function alignedPixels(
  image: RgbImage,
  points: FacePoints,
  outline: readonly Point[],
): AlignedPixels | undefined {
  const by = alignmentOf(points);
  if (by === undefined) return undefined;
  const aligned = alignedFace(image, by);
  const hull = convexHull([...outline, points.chin].map((point) => moved(by, point)));
  const zones = zonesOf(points, (point) => moved(by, point));
  return {
    image: aligned,
    luminance: luminanceOf(aligned),
    mask: maskOf(hull, ALIGNED_SIDE),
    ...(zones === undefined ? {} : { zones }),
  };
}

/** The pixels of a zone that lie in the picture, as indices; none when it leaves it. */
export function pixelsOf({ x, y, side }: Zone): readonly number[] {
  if (x < 0 || y < 0 || x + side > ALIGNED_SIDE || y + side > ALIGNED_SIDE) return [];
  return Array.from(
    { length: side * side },
    (_, index) => (y + Math.floor(index / side)) * ALIGNED_SIDE + x + (index % side),
  );
}

/** Squares of 0.3 eye distances, half way from the eyes to the mouth, between the eyes' verticals. */
function zonesOf(points: FacePoints, place: (point: Point) => Point): readonly [Zone, Zone] | undefined {
  const { upperLip, lowerLip } = points;
  if (upperLip === undefined || lowerLip === undefined) return undefined;
  const eyes = eyeCentres(points);
  const [right, left] = [place(eyes.right), place(eyes.left)];
  const side = Math.floor(distanceOf(right, left) * 0.3);
  const down = Math.floor(distanceOf(middleOf(right, left), place(middleOf(upperLip, lowerLip))) / 2);
  return [
    { x: Math.round(right.x), y: Math.round(right.y) + down, side },
    { x: Math.round(left.x) - side, y: Math.round(left.y) + down, side },
  ];
}
