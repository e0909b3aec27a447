import type { FacePoints, Point } from '../photo/face-points.js';

/** What is known of a face on a photo, in pixels of the photo. */
export interface FaceToAssess {
  readonly points: FacePoints;
  /** Round jaw and eyebrows; estimated from the points where absent or empty. */
  readonly outline?: readonly Point[];
  /** Sizes of all faces that were found, this one included; absent when nobody looked. */
  readonly facesFound?: readonly { readonly width: number; readonly height: number }[];
  /** Angles of a calibrated model of the head, in degrees. */
  readonly pose?: { readonly yawDeg: number; readonly pitchDeg: number; readonly rollDeg: number };
}
