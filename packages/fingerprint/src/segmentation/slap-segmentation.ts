import type { GreyImage } from '@buergerkoffer/formats';
import type { FingerPosition } from '../finger-position.js';

/** What a slap was cut into. */
export type SlapSegmentation =
  /** As many fingertips as the slap has fingers, left to right: one for each of `SLAP_FINGERS`. */
  | { readonly outcome: 'segmented'; readonly segments: readonly FingerSegment[] }
  /** Another number of fingertips, left to right: which finger each one is cannot be told. */
  | { readonly outcome: 'too-few-fingers' | 'too-many-fingers'; readonly found: readonly Fingertip[] };

/** A fingertip whose finger is known. */
export interface FingerSegment extends Fingertip {
  readonly finger: FingerPosition;
}

/** One fingertip, cut out of the image of the glass. */
export interface Fingertip {
  /** Upright, the tip up, at the resolution of the glass; white where the glass ended. */
  readonly image: GreyImage & { readonly resolutionPpi: number };
  /** Where it was cut out. */
  readonly box: TurnedBox;
}

/** A turned rectangle in an image; pixels, the middle of the top left pixel is (0, 0). */
export interface TurnedBox {
  readonly centreX: number;
  readonly centreY: number;
  /** Across the finger. */
  readonly width: number;
  /** Along the finger. */
  readonly height: number;
  /** How far the fingertip points away from the upper edge, clockwise, in degrees. */
  readonly rotationDeg: number;
}
