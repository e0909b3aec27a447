import type { LiveStatus } from '../live-status.js';
import type { LiveFinger } from './live-finger.js';

/** Darker and paler than these the skin is pressed too hard, or too lightly; see {@link LiveFinger.darkShare}. */
const SMEARED = 0.6;
const PALE = 0.19;
/** Less skin than this is a finger that hardly touches, in square millimetres. */
const LITTLE_SKIN_MM2 = 110;
/** A fingertip that reaches the lower edge and is shorter lies too far back, in millimetres. */
const SHORT_MM = 17;
/** A finger that is cut off over more than this by an edge of the glass lies too close to it, in millimetres. */
const CUT_MM = 10;
/** Between two frames a finger that lies still moves less, in millimetres, and its area and darkness change less. */
const STILL = { moveMm: 0.5, areaShare: 0.08, darkShare: 0.05 } as const;

/**
 * The one thing that helps most, for the words of `LIVE_STATUS_TEXT`: to lie on the glass at all, then where, how hard,
 * and still. Directions are those of the picture: left and right as the person sees the glass, forward is up.
 */
export function guidanceOf(fingers: readonly LiveFinger[], before?: readonly LiveFinger[]): LiveStatus {
  if (fingers.length === 0) return 'SearchingFingers';
  const place = placeOf(fingers);
  if (place !== undefined) return place;
  if (fingers.some(({ darkShare }) => darkShare > SMEARED)) return 'ReduceFingerPressure';
  if (fingers.some(({ darkShare, areaMm2 }) => darkShare < PALE || areaMm2 < LITTLE_SKIN_MM2)) {
    return 'RaiseFingerPressure';
  }
  return before === undefined || isStill(fingers, before) ? 'FingersRecognized' : 'KeepFingersStill';
}

/** Where the fingers have to go; undefined when they may stay. What reaches two opposite edges has nowhere to go. */
function placeOf(fingers: readonly LiveFinger[]): LiveStatus | undefined {
  const isCut = (edge: 'left' | 'right' | 'top' | 'bottom'): boolean =>
    fingers.some(({ cutMm }) => cutMm[edge] > CUT_MM);
  if (isCut('left') !== isCut('right')) return isCut('left') ? 'MoveFingersRight' : 'MoveFingersLeft';
  if (isCut('top') && !isCut('bottom')) return 'MoveFingersBackward';
  if (
    fingers.some(({ cutMm, lengthMm }) => cutMm.bottom > CUT_MM && cutMm.top === 0 && lengthMm < SHORT_MM)
  ) {
    return 'MoveFingersForward';
  }
  return undefined;
}

function isStill(fingers: readonly LiveFinger[], before: readonly LiveFinger[]): boolean {
  return (
    fingers.length === before.length &&
    fingers.every((finger, i) => {
      const then = before[i];
      return (
        then !== undefined &&
        Math.hypot(finger.middleMm.x - then.middleMm.x, finger.middleMm.y - then.middleMm.y) < STILL.moveMm &&
        Math.abs(finger.areaMm2 - then.areaMm2) < STILL.areaShare * finger.areaMm2 &&
        Math.abs(finger.darkShare - then.darkShare) < STILL.darkShare
      );
    })
  );
}
