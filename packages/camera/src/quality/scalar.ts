import type { FaceMeasure } from './face-measure.js';

/** What OFIQ says instead of 0 to 100 when a component could not be assessed. */
export const FAILURE_TO_ASSESS = -1;

/** A mapping from a native value to 0..100, not yet rounded and bounded. */
type Mapping = (native: number) => number;

/** Parameters of h (a + s S(x)), with S the logistic function around x0 with width w. */
interface Sigmoid {
  readonly h?: number;
  readonly a?: number;
  readonly s?: number;
  readonly x0: number;
  readonly w: number;
}

/**
 * The quality component of `native` as OFIQ 1.0.3 maps it (ISO/IEC 29794-5): a whole number from 0 to 100, more is better.
 * Angles are in degrees, shares from 0 to 1; the other native values are described in OFIQ's report. A value that has
 * no component (NaN, or one outside the domain of the formula) is {@link FAILURE_TO_ASSESS}.
 *
 * No threshold says what is good enough, and `UnifiedQualityScore` is mapped for those who measured it: the SDK does not.
 */
export function scalarOf(measure: FaceMeasure, native: number): number {
  const rounded = roundHalfAway(MAPPINGS[measure](native));
  if (Number.isNaN(rounded)) return FAILURE_TO_ASSESS;
  return Math.min(100, Math.max(0, rounded));
}

const unoccluded: Mapping = (share) => 100 * (1 - share);
const facing: Mapping = (degrees) => 100 * Math.max(0, Math.cos((degrees * Math.PI) / 180)) ** 2;
const cropSide = sigmoid({ x0: 0.9, w: 0.1 });
const headSize = sigmoid({ h: 200, a: 1, s: -1, x0: 0, w: 0.05 });

const MAPPINGS: Readonly<Record<FaceMeasure, Mapping>> = {
  UnifiedQualityScore: sigmoid({ x0: 23, w: 2.6 }),
  BackgroundUniformity: sigmoid({ h: 190, a: 1, s: -1, x0: 10, w: 100 }),
  IlluminationUniformity: (overlap) => 100 * overlap ** 0.3,
  LuminanceMean: (mean) => 100 * logistic(mean, 0.2, 0.05) * (1 - logistic(mean, 0.8, 0.05)),
  LuminanceVariance: (variance) => 100 * Math.sin(((60 * variance) / (60 * variance + 1)) * Math.PI),
  UnderExposurePrevention: sigmoid({ h: 120, a: 0.832, s: -1, x0: 0.92, w: 0.05 }),
  OverExposurePrevention: (share) => 1 / (share + 0.01),
  DynamicRange: (bits) => 12.5 * bits,
  Sharpness: sigmoid({ h: 1, a: -14, s: 115, x0: -20, w: 15 }),
  CompressionArtifacts: sigmoid({ h: 1, a: -0.0278, s: 103, x0: 0.3308, w: 0.092 }),
  NaturalColour: sigmoid({ h: 200, a: 1, s: -1, x0: 0, w: 10 }),
  SingleFacePresent: singleFace,
  EyesOpen: sigmoid({ x0: 0.02, w: 0.01 }),
  MouthClosed: sigmoid({ a: 1, s: -1, x0: 0.2, w: 0.06 }),
  EyesVisible: unoccluded,
  MouthOcclusionPrevention: unoccluded,
  FaceOcclusionPrevention: unoccluded,
  InterEyeDistance: sigmoid({ x0: 70, w: 20 }),
  HeadSize: (ratio) => headSize(Math.abs(ratio - 0.45)),
  LeftwardCropOfTheFaceImage: cropSide,
  RightwardCropOfTheFaceImage: cropSide,
  MarginAboveOfTheFaceImage: sigmoid({ x0: 1.4, w: 0.1 }),
  MarginBelowOfTheFaceImage: sigmoid({ x0: 1.8, w: 0.1 }),
  HeadPoseYaw: facing,
  HeadPosePitch: facing,
  HeadPoseRoll: facing,
  ExpressionNeutrality: sigmoid({ x0: -5000, w: 5000 }),
  NoHeadCoverings: bareHead,
};

function sigmoid({ h = 100, a = 0, s = 1, x0, w }: Sigmoid): Mapping {
  return (native) => h * (a + s * logistic(native, x0, w));
}

function logistic(x: number, x0: number, w: number): number {
  return 1 / (1 + Math.exp((x0 - x) / w));
}

/** OFIQ reckons this one with single precision. */
function singleFace(ratio: number): number {
  return Math.fround(100 * Math.fround(1 - Math.fround(ratio)));
}

/** Between no covering and 95 % of the picture the logistic function is stretched to run from 100 to 0. */
function bareHead(share: number): number {
  if (share <= 0) return 100;
  if (share >= 0.95) return 0;
  const at = (x: number): number => logistic(x, 0.02, 0.1);
  return (100 * (at(0.95) - at(share))) / (at(0.95) - at(0));
}

/** C's rounding, halves away from zero; never -0. */
function roundHalfAway(value: number): number {
  return Math.sign(value) * Math.floor(Math.abs(value) + 0.5) + 0;
}
