import { mapPoint, turnAbout } from './affine.js';
import { CROP_ASPECT, CROP_SIZE } from './crop-frame.js';
import type { FaceGeometry } from './face-geometry.js';
import type { FacePoints } from './face-points.js';
import { THRESHOLDS } from './thresholds.js';

/** Smallest and largest height of a cut, in pixels of the photo. */
export interface SizeRange {
  readonly smallest: number;
  readonly largest: number;
}

/** What criteria 5.3 to 5.7 leave for a cut around one face. */
export interface CropLimits {
  readonly height: SizeRange;
  /** Where the middle of the eyes may lie: shares of the width from the left, of the height from the top. */
  readonly eyes: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
  /** How far the head reaches above and below the eyes, in pixels of the photo. */
  readonly abovePx: number;
  readonly belowPx: number;
  /** Smallest eye distance on a cut of 1600 rows, in pixels. */
  readonly eyeDistancePx: number;
}

/** How far inside its bounds a value is kept: a share of what lies between them, and of a bound with one side. */
const MARGINS = { comfortable: 0.04, exact: 0.000_5 } as const;

/** The limits for a cut that is turned with the eyes; `comfortable` keeps off their edges. */
export function limitsFor(face: FaceGeometry, points: FacePoints, margin: keyof typeof MARGINS): CropLimits {
  const share = MARGINS[margin];
  const { thresholds } = THRESHOLDS.live;
  const [headLow, headHigh] = inset(thresholds['5.4'], share);
  const [widthLow, widthHigh] = inset(thresholds['5.3'], share);
  const eyeDistancePx = thresholds['5.7'].tmin * (1 + share / 2);
  const { headWidthPx } = face;
  const smallest = [face.headHeightPx / headHigh];
  const largest = [face.headHeightPx / headLow, (face.eyeDistancePx * CROP_SIZE.heightPx) / eyeDistancePx];
  if (headWidthPx !== undefined) {
    smallest.push(headWidthPx / (widthHigh * CROP_ASPECT));
    largest.push(headWidthPx / (widthLow * CROP_ASPECT));
  }
  const belowPx = mapPoint(turnAbout(face.eyeMidpoint, -face.rollDeg), points.chin).y - face.eyeMidpoint.y;
  return {
    height: { smallest: Math.max(...smallest), largest: Math.min(...largest) },
    eyes: { x: inset(thresholds['5.6'], share), y: inset(thresholds['5.5'], share) },
    abovePx: face.headHeightPx - belowPx,
    belowPx,
    eyeDistancePx: thresholds['5.7'].tmin,
  };
}

function inset(
  { tmin, tmax }: { readonly tmin: number; readonly tmax: number },
  share: number,
): readonly [number, number] {
  const margin = share * (tmax - tmin);
  return [tmin + margin, tmax - margin];
}
