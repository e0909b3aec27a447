/**
 * A place on a photo in pixels as a person looks at it: origin at the outer corner of the top left pixel, x right, y
 * down.
 */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The points of one face that the rules for photos ask for, on the upright photo (after its EXIF orientation). Right
 * and left are the person's own: the right eye stands on the left of the photo. An operator or a landmark adapter
 * places them.
 */
export interface FacePoints {
  readonly rightEyeOuter: Point;
  readonly rightEyeInner: Point;
  readonly leftEyeInner: Point;
  readonly leftEyeOuter: Point;
  /** Lowest point of the chin. */
  readonly chin: Point;
  /**
   * Top of the head without hair; nobody sees it under hair, so it is an estimate, and absent where nobody made one.
   */
  readonly crown?: Point;
  /** Where the ears join the head. */
  readonly headRight?: Point;
  readonly headLeft?: Point;
  readonly mouthRight?: Point;
  readonly mouthLeft?: Point;
  /** Edges of the lips towards each other, in the middle of the mouth. */
  readonly upperLip?: Point;
  readonly lowerLip?: Point;
  /** Middles of the lids' edges. */
  readonly rightUpperLid?: Point;
  readonly rightLowerLid?: Point;
  readonly leftUpperLid?: Point;
  readonly leftLowerLid?: Point;
  readonly rightPupil?: Point;
  readonly leftPupil?: Point;
  readonly noseTip?: Point;
}
