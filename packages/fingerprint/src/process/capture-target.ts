import { FINGER_CODE, SLAP_CODE, type FingerPosition } from '../finger-position.js';

/** A finger that goes into a German identity document; little fingers never do (TR-03121-3 Vol. 2, 4.6). */
export type EnrolledFinger = Exclude<FingerPosition, 'right-little' | 'left-little'>;

/** Left or right hand, the person's own. */
export type Hand = 'right' | 'left';

/** In this order the hands are captured. */
export const HANDS: readonly Hand[] = ['right', 'left'];

/**
 * The fingers of each hand in the order in which they are asked for until one is sufficient, which is the priority
 * between equal values too (4.6, 4.7; the ring finger is not named there for equal values and comes last).
 */
export const FINGERS_IN_ORDER: Readonly<Record<Hand, readonly EnrolledFinger[]>> = {
  right: ['right-index', 'right-thumb', 'right-middle', 'right-ring'],
  left: ['left-index', 'left-thumb', 'left-middle', 'left-ring'],
};

/** Both index fingers, right first. */
export const INDEX_FINGERS: readonly EnrolledFinger[] = ['right-index', 'left-index'];

/** What one capture task is for: one finger, or both index fingers laid down together. */
export type CaptureTarget =
  | { readonly finger: EnrolledFinger; readonly slap?: undefined }
  | { readonly slap: 'both-index'; readonly finger?: undefined };

/** The fingers of the target, right first. */
export function fingersOf(target: CaptureTarget): readonly EnrolledFinger[] {
  return target.slap === undefined ? [target.finger] : INDEX_FINGERS;
}

/** The position code of the target: 1 to 10 for a finger, 46 for both index fingers. */
export function codeOf(target: CaptureTarget): number {
  return target.slap === undefined ? FINGER_CODE[target.finger] : SLAP_CODE[target.slap];
}

/** Whether a print of `finger` may be enrolled. */
export function isEnrolledFinger(finger: FingerPosition): finger is EnrolledFinger {
  return finger !== 'right-little' && finger !== 'left-little';
}
