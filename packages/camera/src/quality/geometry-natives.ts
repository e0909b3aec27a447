import type { RgbImage } from '@buergerkoffer/formats';
import { distanceOf, eyeCentres } from '../photo/eye-centres.js';
import type { Point } from '../photo/face-points.js';
import type { FaceToAssess } from './face-to-assess.js';
import { allOf, ofPresent, type Native, type Natives } from './native.js';

/** A cosine nearer to 0 than this is that of somebody who shows a profile. */
const PROFILE = 1e-6;

const GEOMETRY_MEASURES = [
  'EyesOpen',
  'MouthClosed',
  'InterEyeDistance',
  'HeadSize',
  'LeftwardCropOfTheFaceImage',
  'RightwardCropOfTheFaceImage',
  'MarginAboveOfTheFaceImage',
  'MarginBelowOfTheFaceImage',
  'HeadPoseYaw',
  'HeadPosePitch',
  'HeadPoseRoll',
] as const;

/**
 * Native values that the places of points give. T is the distance from the middle of the eyes to the chin. "Leftward" is the
 * room on the left of the picture up to the eye on its *right*, as OFIQ computes it, and the other way round.
 */
export function geometryNatives(image: Pick<RgbImage, 'width' | 'height'>, face: FaceToAssess): Natives {
  const SingleFacePresent = singleFace(face);
  const { points, pose } = face;
  const { right, left, middle } = eyeCentres(points);
  const eyeDistance = distanceOf(right, left);
  const t = distanceOf(middle, points.chin);
  if (!(eyeDistance > 0 && t > 0 && Number.isFinite(eyeDistance + t))) {
    return { ...allOf(GEOMETRY_MEASURES, { fails: 'the points of the face coincide' }), SingleFacePresent };
  }
  const gap = (a: Point, b: Point): number => distanceOf(a, b) / t;
  const { rightUpperLid, rightLowerLid, leftUpperLid, leftLowerLid, upperLip, lowerLip } = points;
  return {
    SingleFacePresent,
    EyesOpen: ofPresent({ rightUpperLid, rightLowerLid, leftUpperLid, leftLowerLid }, (lids) =>
      Math.min(gap(lids.rightUpperLid, lids.rightLowerLid), gap(lids.leftUpperLid, lids.leftLowerLid)),
    ),
    MouthClosed: ofPresent({ upperLip, lowerLip }, (lips) => gap(lips.upperLip, lips.lowerLip)),
    InterEyeDistance: ofPresent({ pose }, (known) => overYaw(eyeDistance, known.pose.yawDeg)),
    HeadSize: t / image.height,
    LeftwardCropOfTheFaceImage: left.x / eyeDistance,
    RightwardCropOfTheFaceImage: (image.width - right.x) / eyeDistance,
    MarginAboveOfTheFaceImage: middle.y / t,
    MarginBelowOfTheFaceImage: (image.height - middle.y) / t,
    HeadPoseYaw: ofPresent({ pose }, (known) => known.pose.yawDeg),
    HeadPosePitch: ofPresent({ pose }, (known) => known.pose.pitchDeg),
    HeadPoseRoll: ofPresent({ pose }, (known) => known.pose.rollDeg),
  };
}

/** Area of the second largest face against the largest one's. */
function singleFace({ facesFound }: FaceToAssess): Native {
  if (facesFound === undefined) return { needs: ['facesFound'] };
  const [first, second = 0] = facesFound.map(({ width, height }) => width * height).sort((a, b) => b - a);
  return first === undefined ? { fails: 'no face was found' } : second / first;
}

function overYaw(eyeDistance: number, yawDeg: number): Native {
  const cosine = Math.cos((yawDeg * Math.PI) / 180);
  return Math.abs(cosine) < PROFILE ? { fails: 'the face is a profile' } : eyeDistance / cosine;
}
