import { MAX_BLUR_PX } from './measures/edge-blur.js';
import type { CriterionId, Threshold } from './thresholds.js';

/** A scale of our own for a criterion to which the guideline gives none. */
export interface OwnScale extends Threshold {
  /** What the value is. */
  readonly measure: string;
}

/**
 * Scales and thresholds that we declare, as the guideline leaves them to the maker (unit AU), and that of 7.6. They
 * are set to refuse what is plainly wrong: a criterion that refuses good photos does harm. None of them was tried on
 * a large collection.
 */
export const OWN_SCALES = {
  /** From OFIQ's mapping: 90 is a gap between the lips of about 7 % of the way from the eyes to the chin. */
  '2.2': {
    measure: 'MouthClosed (ISO/IEC 29794-5 as OFIQ 1.0.3 maps it)',
    min: 0,
    max: 100,
    tmin: 90,
    tmax: 100,
  },
  /** From OFIQ's mapping: 80 is a gap between the lids of 3.4 % of that way, 4 mm: somebody who laughs has more. */
  '3.1': {
    measure: 'EyesOpen (ISO/IEC 29794-5 as OFIQ 1.0.3 maps it)',
    min: 0,
    max: 100,
    tmin: 80,
    tmax: 100,
  },
  /** From OFIQ's mapping: 90 is a second face with a tenth of the first one's area, which is somebody far behind. */
  '4.3': {
    measure: 'SingleFacePresent (ISO/IEC 29794-5 as OFIQ 1.0.3 maps it)',
    min: 0,
    max: 100,
    tmin: 90,
    tmax: 100,
  },
  /**
   * 5 is a face of which a fifth is white, or nearly all is dark: the margin is wide because dark skin is no fault.
   */
  '7.1': {
    measure:
      'smaller of UnderExposurePrevention and OverExposurePrevention (as OFIQ 1.0.3 maps them, no occlusion model)',
    ...{ min: 0, max: 100, tmin: 5, tmax: 100 },
  },
  /**
   * Standard deviation on a picture of 1600 rows: 4.5 pixels are 0.13 mm on a print of 45 mm, what an eye resolves at
   * reading distance.
   */
  '7.2': { measure: 'edge blur at the eyes (own measure)', min: 0, max: MAX_BLUR_PX, tmin: 0, tmax: 4.5 },
  '7.5': { measure: '0 unknown or not sRGB, 1 RGB24, 2 YUV422, 3 grey8', min: 0, max: 3, tmin: 1, tmax: 1 },
  /** 7 bits, as products state ISO/IEC 19794-5; not read in the standard itself. */
  '7.6': { measure: 'grey values present on the face', min: 0, max: 256, tmin: 128, tmax: 256 },
} as const satisfies Readonly<Partial<Record<CriterionId, OwnScale>>>;
