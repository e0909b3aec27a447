import type { CropFrame } from './crop-frame.js';

/** What would give a photo enough pixels. */
export type CropAdvice = 'nearer' | 'portrait-orientation' | 'better-camera';

/** Sides of the photo. */
export type PhotoSide = 'left' | 'top' | 'right' | 'bottom';

/** Why no picture of 1244 x 1600 can be cut out of a photo. */
export type CropRefusal =
  | { readonly reason: 'no-face' }
  | {
      readonly reason: 'several-faces';
      readonly faces: number;
      /** Area of the second largest face by that of the largest, 0 to 1. */
      readonly secondToFirst: number;
    }
  /** The points with these names lie outside the photo; none where only the outline of the face does. */
  | { readonly reason: 'face-cut-off'; readonly points: readonly string[] }
  /** The person lies on the photo: it wants so many quarter turns clockwise. */
  | { readonly reason: 'turned'; readonly quarterTurns: 1 | 2 | 3 }
  /** The largest cut that meets the criteria has too few pixels, and pixels are not made up. */
  | {
      readonly reason: 'upscaling';
      /** Size of that cut, and what it lacks to 1600 rows and 1244 columns. */
      readonly availableHeightPx: number;
      readonly missingHeightPx: number;
      readonly missingWidthPx: number;
      /** What the eyes lack to a distance of 300 pixels on the photo; 0 where nothing. */
      readonly missingEyeDistancePx: number;
      readonly advice: readonly CropAdvice[];
    }
  /**
   * No cut that meets the criteria lies within the photo, and nothing is filled up: where the one that leaves it least hangs
   * over, in pixels.
   */
  | { readonly reason: 'outside-photo'; readonly missingPx: Readonly<Partial<Record<PhotoSide, number>>> }
  /** No size of the cut gives eyes and head the proportions that are asked for: a point lies wrong. */
  | { readonly reason: 'proportions' };

/** Where to cut, or why not. */
export type CropVerdict =
  | { readonly type: 'fits'; readonly frame: CropFrame }
  | { readonly type: 'refused'; readonly refusal: CropRefusal };
