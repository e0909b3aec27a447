import type { DecodedImage } from '@buergerkoffer/formats';
import { assessFace, type FaceMeasure, type FaceToAssess } from '../../quality/index.js';
import type { Measured } from '../measured.js';
import { asRgb } from '../as-rgb.js';
import type { FacePoints, Point } from '../face-points.js';
import type { CriterionId } from '../thresholds.js';

/** The components of ISO/IEC 29794-5 that a criterion is the smallest of. */
const COMPONENTS = {
  '2.2': ['MouthClosed'],
  '3.1': ['EyesOpen'],
  '4.3': ['SingleFacePresent'],
  '7.1': ['UnderExposurePrevention', 'OverExposurePrevention'],
} as const satisfies Readonly<Partial<Record<CriterionId, readonly FaceMeasure[]>>>;

/** Criteria that are components of face image quality: the smallest of their scalars, 0 to 100. */
export function faceComponents(
  image: DecodedImage,
  face: FaceToAssess,
): Readonly<Partial<Record<CriterionId, Measured>>> {
  const { measures } = assessFace(asRgb(image), { ...face, points: withNoseAndMouth(face.points) });
  const found = new Map(measures.map((one) => [one.measure, one]));
  return Object.fromEntries(
    Object.entries(COMPONENTS).map(([id, components]) => {
      const values: number[] = [];
      const needs: string[] = [];
      for (const component of components) {
        const one = found.get(component);
        if (one?.status === 'assessed') values.push(one.scalar);
        else
          needs.push(
            ...(one === undefined ? [component] : one.status === 'not-assessed' ? one.needs : [one.reason]),
          );
      }
      return [id, needs.length > 0 ? { needs } : { value: Math.min(...values) }];
    }),
  );
}

/**
 * How far down from the eyes to the chin the tip of the nose and the corners of the mouth lie, and these apart by the
 * eye distance.
 */
const NOSE_DOWN = 0.36;
const MOUTH_DOWN = 0.66;
const MOUTH_HALF = 0.4;

/**
 * Exposure is counted in an outline that hardly depends on nose and mouth: where nobody placed them, they are put
 * where most faces have them.
 */
function withNoseAndMouth(points: FacePoints): FacePoints {
  const { rightEyeOuter: a, rightEyeInner: b, leftEyeInner: c, leftEyeOuter: d, chin } = points;
  const [right, left] = [between(a, b, 0.5), between(c, d, 0.5)];
  const eyes = between(right, left, 0.5);
  const mouth = between(eyes, chin, MOUTH_DOWN);
  const half = { x: MOUTH_HALF * (left.x - right.x), y: MOUTH_HALF * (left.y - right.y) };
  return {
    noseTip: between(eyes, chin, NOSE_DOWN),
    mouthRight: { x: mouth.x - half.x, y: mouth.y - half.y },
    mouthLeft: { x: mouth.x + half.x, y: mouth.y + half.y },
    ...points,
  };
}

function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
}
