import { InputError } from '@buergerkoffer/formats';
import { CROP_ASPECT, type CropFrame } from './crop-frame.js';

/** What a person chose by hand, in the terms of HLBS (BSI TR-03121-2-2 v6.0). */
export interface ManualCrop {
  /**
   * CropManually: a rectangle in pixels of the entire upright photo, from its upper left to its lower right corner.
   */
  readonly region?: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
  /**
   * RotateManually: how far the picture is turned clockwise from the unrotated photo, 0 to below 360, about the
   * middle of the cut.
   */
  readonly angleDeg?: number;
}

/**
 * The frame after a manual correction; what was not corrected stays. A region of another shape than 1244 : 1600 is
 * taken about its middle, large enough to hold all of it. Impossible numbers are `InputError('out-of-range')`;
 * whether the frame has pixels enough and lies within the photo is judged where it is cut.
 */
export function correctCrop(frame: CropFrame, { region, angleDeg }: ManualCrop): CropFrame {
  if (angleDeg !== undefined && !(angleDeg >= 0 && angleDeg < 360))
    throw new InputError('out-of-range', 'an angle is 0 to below 360 degrees clockwise', {
      path: 'angleDeg',
    });
  const turnedDeg = angleDeg === undefined ? frame.turnedDeg : signed(-angleDeg);
  if (region === undefined) return { ...frame, turnedDeg };
  const { x1, y1, x2, y2 } = region;
  if (!(x2 - x1 > 0 && y2 - y1 > 0 && Number.isFinite(x2 - x1) && Number.isFinite(y2 - y1)))
    throw new InputError('out-of-range', 'a region goes from its upper left to its lower right corner', {
      path: 'region',
    });
  return {
    centre: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 },
    heightPx: Math.max(y2 - y1, (x2 - x1) / CROP_ASPECT),
    turnedDeg,
  };
}

/** The same angle between -180 and 180 degrees. */
function signed(angleDeg: number): number {
  return angleDeg - 360 * Math.round(angleDeg / 360);
}
