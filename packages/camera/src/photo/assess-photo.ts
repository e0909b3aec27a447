import { greyOf, type DecodedImage } from '@buergerkoffer/formats';
import type { CriterionResult, PhotoAssessment } from './assessment.js';
import type { UnknownColours } from './colour/photo-colours.js';
import { faceGeometry } from './face-geometry.js';
import type { FacePoints, Point } from './face-points.js';
import { faceComponents } from './measures/face-components.js';
import { edgeBlur } from './measures/edge-blur.js';
import { eyeRegions, faceOval } from './measures/face-region.js';
import { intensityCount } from './measures/intensities.js';
import { OWN_SCALES, type OwnScale } from './own-thresholds.js';
import type { Measured } from './measured.js';
import {
  CRITERIA,
  THRESHOLDS,
  type Criterion,
  type CriterionId,
  type PhotoOrigin,
  type Threshold,
} from './thresholds.js';

/** Changes whenever a value, a scale or a threshold does. */
const VERSION = '3';

/** What is known beside the pixels. */
export interface AssessmentInput {
  /** Where the photo came from. Default `live`. */
  readonly origin?: PhotoOrigin;
  /** The points of the face on this picture; without them no criterion of the face is assessed. */
  readonly points?: FacePoints;
  /** Around jaw and eyebrows, on this picture, as a face locator gives it; estimated from the points where absent. */
  readonly outline?: readonly Point[];
  /**
   * Where the head looks, as a face locator estimates it. It is off by up to ten degrees: 1.1 fails where the head is turned
   * beyond doubt, and is not assessed elsewhere.
   */
  readonly pose?: { readonly yawDeg: number };
  /** Why it is not known that the colours are sRGB; 7.5 is not met then. */
  readonly unknownColours?: UnknownColours;
  /** Sizes of all faces that were found on the photo; absent when nobody looked. */
  readonly facesFound?: readonly { readonly width: number; readonly height: number }[];
  /** Values of further criteria, measured elsewhere; they go before those that are measured here. */
  readonly measured?: Readonly<Partial<Record<CriterionId, Measured>>>;
}

/**
 * Judges a picture by QA-FI-GENERIC, QA-FI-GID and QA-FI-PT (BSI TR-03121-3 Vol. 2 v6.0, 5.4): value, threshold and
 * verdict of each criterion that can be measured here, `not-assessed` and what is missing for the others.
 */
export function assessPhoto(image: DecodedImage, input: AssessmentInput = {}): PhotoAssessment {
  const origin = input.origin ?? 'live';
  const measured = {
    ...ofPicture(image, input.unknownColours),
    ...ofPose(input.pose, origin),
    ...ofFace(image, input),
    ...input.measured,
  };
  const criteria = CRITERIA.map((criterion) => judged(criterion, measured[criterion.id], origin));
  const { source, issued } = THRESHOLDS[origin];
  return {
    algorithm: 'buergerkoffer-photo-qa',
    version: VERSION,
    origin,
    thresholds: { source, issued },
    criteria,
    total: totalOf(criteria),
  };
}

function totalOf(criteria: readonly CriterionResult[]): PhotoAssessment['total'] {
  if (criteria.some(({ verdict }) => verdict === 'nok')) return 'nok';
  const isComplete = criteria.every(({ verdict, isMandatory }) => verdict === 'ok' || !isMandatory);
  return isComplete ? 'ok' : 'not-assessed';
}

function judged(criterion: Criterion, measured: Measured | undefined, origin: PhotoOrigin): CriterionResult {
  const { id, isMandatory, unit } = criterion;
  const scale = scaleOf(id, origin);
  if (measured === undefined || 'needs' in measured || scale === undefined) {
    const needs =
      measured !== undefined && 'needs' in measured ? measured.needs : ['a model that was calibrated for it'];
    return { id, isMandatory, unit, verdict: 'not-assessed', needs };
  }
  const { min, max, tmin, tmax, measure } = scale;
  const value = Math.min(max, Math.max(min, measured.value));
  return {
    ...{ id, isMandatory, unit, value },
    verdict: value >= tmin && value <= tmax ? 'ok' : 'nok',
    threshold: { min, max, tmin, tmax },
    ...(measure === undefined ? {} : { measure }),
  };
}

function scaleOf(
  id: CriterionId,
  origin: PhotoOrigin,
): (Threshold & { readonly measure?: string }) | undefined {
  const own: Readonly<Partial<Record<CriterionId, OwnScale>>> = OWN_SCALES;
  const table: Readonly<Partial<Record<CriterionId, Threshold>>> = THRESHOLDS[origin].thresholds;
  // A scan may be grey.
  if (id === '7.5' && origin === 'scan') return { ...OWN_SCALES['7.5'], tmax: 3 };
  return table[id] ?? own[id];
}

function ofPicture(
  image: DecodedImage,
  unknownColours: UnknownColours | undefined,
): Partial<Record<CriterionId, Measured>> {
  const colourSpace = image.channels === 3 ? 1 : 3;
  return {
    '5.1': { value: image.height },
    '5.2': { value: image.width },
    '7.5': { value: unknownColours === undefined ? colourSpace : 0 },
  };
}

/** What an estimated angle may be off by, in degrees. */
const POSE_ERROR_DEG = 10;

function ofPose(pose: AssessmentInput['pose'], origin: PhotoOrigin): Partial<Record<CriterionId, Measured>> {
  if (pose === undefined) return {};
  const { tmin, tmax } = THRESHOLDS[origin].thresholds['1.1'];
  const { yawDeg } = pose;
  const isTurned = yawDeg < tmin - POSE_ERROR_DEG || yawDeg > tmax + POSE_ERROR_DEG;
  return isTurned ? { '1.1': { value: yawDeg } } : {};
}

/** What a criterion of the face needs when nobody placed points. */
const FACE_CRITERIA = [
  ...(['1.3', '2.2', '3.1', '4.3', '5.3', '5.4', '5.5', '5.6', '5.7'] as const),
  ...(['7.1', '7.2', '7.6'] as const),
] as const;

function ofFace(
  image: DecodedImage,
  { points, outline, facesFound }: AssessmentInput,
): Partial<Record<CriterionId, Measured>> {
  if (points === undefined)
    return Object.fromEntries(FACE_CRITERIA.map((id) => [id, { needs: ['the points of the face'] }]));
  const { width, height } = image;
  const face = faceGeometry(points);
  const grey = greyOf(image);
  const blur = edgeBlur(grey, eyeRegions(face, width, height));
  const known = {
    ...(outline === undefined ? {} : { outline }),
    ...(facesFound === undefined ? {} : { facesFound }),
  };
  return {
    ...faceComponents(image, { points, ...known }),
    '1.3': { value: face.rollDeg },
    '5.3':
      face.headWidthPx === undefined
        ? { needs: ['the points headRight and headLeft'] }
        : { value: face.headWidthPx / width },
    '5.4': { value: face.headHeightPx / height },
    '5.5': { value: face.eyeMidpoint.y / height },
    '5.6': { value: face.eyeMidpoint.x / width },
    '5.7': { value: face.eyeDistancePx },
    '7.2': blur === undefined ? { needs: ['edges at the eyes'] } : { value: blur },
    '7.6': { value: intensityCount(grey, faceOval(face, points.chin.y, width, height)) },
  };
}
