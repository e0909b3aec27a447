import type { RgbImage } from '@buergerkoffer/formats';
import type { FacePoints, Point } from '../photo/face-points.js';

/** An upright rectangle in pixels of the image; it leaves the image where the face does. */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Where a head looks, in degrees, estimated from the mesh of a face: good enough to tell somebody to look into the camera,
 * not calibrated for a verdict. All are 0 for somebody who looks straight into an upright camera.
 */
export interface FacePose {
  /** Turned to the person's own left: positive. */
  readonly yawDeg: number;
  /** Face raised: positive. */
  readonly pitchDeg: number;
  /** Tilted clockwise on the image: positive; -180 to 180, about 90 when the whole photo lies on its side. */
  readonly rollDeg: number;
}

/** One face on an image, in pixels of that image as it was given. */
export interface LocatedFace {
  /** Of the face from hairline to chin. */
  readonly box: FaceBox;
  /** That this is a face, 0 to 1. */
  readonly confidence: number;
  /** All points of the mesh that the rules ask for; pupils are not among them, the crown is an estimate. */
  readonly points: FacePoints;
  /** Around jaw and eyebrows, clockwise: the face without its forehead, as OFIQ's landmarks enclose it. */
  readonly outline: readonly Point[];
  readonly pose: FacePose;
  /** Part of the face, from forehead to chin, lies outside the image; points there are guesses. */
  readonly cutOff: boolean;
}

/** How long a search may take and what cancels it. */
export interface LocateOptions {
  /** Rejects with its reason when aborted. */
  readonly signal?: AbortSignal;
  /** After so many milliseconds `timeout`; default 30,000. */
  readonly deadlineMs?: number;
  /**
   * The face of the frame before this one: it is looked for where it was, which costs a third, and everywhere only when
   * it is gone. For live views; no other face is found while it stays.
   */
  readonly near?: LocatedFace;
  /** `fine`, the default, looks several times and takes the mean; `quick` once, for live views. */
  readonly effort?: 'fine' | 'quick';
}

/** What found the faces, for the log of a result. */
export interface LocatorInfo {
  readonly algorithm: string;
  readonly version: string;
  /** SHA-256 of the weights, in hexadecimal. */
  readonly modelHash: string;
}

/** Finds faces and their points on an image. */
export interface FaceLocator {
  readonly info: LocatorInfo;
  /**
   * The faces on `image`, the largest first; none, several, turned or cut off are answers, not errors. The image is upright
   * as far as its file tells (EXIF orientation applied); faces that lie on their side or stand on their head are found
   * when no upright one is. One search at a time, in the order of the calls.
   *
   * `DeviceError` `timeout` and `closed`; the reason of `signal` when that is aborted.
   */
  locate(image: RgbImage, options?: LocateOptions): Promise<readonly LocatedFace[]>;
  /** Frees the networks, after the search that runs. Idempotent. */
  close(): Promise<void>;
}
