import type { LiveStatus } from '../camera.js';
import type { LocatedFace } from '../landmarks/face-locator.js';

/** What the live view tells the person: the values of LiveStatus that need no camera (BSI TR-03121-2-2 v6.0). */
export type GuidanceStatus = Extract<
  LiveStatus,
  | 'SearchingFace'
  | 'FaceRecognized'
  | 'StepBack'
  | 'StepForward'
  | 'StepLeft'
  | 'StepRight'
  | 'MoveUp'
  | 'MoveDown'
  | 'StandStill'
  | 'LookStraight'
  | 'OpenEyes'
  | 'CloseMouth'
  | 'MultipleFaces'
>;

/** Faces on one frame of a live view. */
export interface ObservedFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** The largest first. */
  readonly faces: readonly LocatedFace[];
  /** When the frame was taken, in milliseconds of any clock that does not jump. */
  readonly atMs: number;
}
