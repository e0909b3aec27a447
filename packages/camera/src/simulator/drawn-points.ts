import type { FacePoints, Point } from '../photo/face-points.js';
import { FACE } from '../synthesis/face-map.js';
import type { DrawnPerson } from '../synthesis/person.js';

/** Half the width of a drawn head of ordinary breadth where the ears join it, and how far that is down the picture. */
const HALF_HEAD = 380;
const EARS = 700;
/** Corners and lids of a drawn eye, from its middle; the outer corner lies away from the nose. */
const EYE = { inner: [76, 12], outer: [80, 10], upper: -28, lower: 27 } as const;
/** Half the width of a drawn mouth; its corners are raised, its lips meet. */
const HALF_MOUTH = { woman: 122, man: 130 } as const;
const CORNERS = -17;
const LIPS = 12;

/** The points of a drawn face of 1244 x 1600, as a clerk would place them: where they were drawn. */
export function drawnFacePoints({ figure, breadth }: Pick<DrawnPerson, 'figure' | 'breadth'>): FacePoints {
  const { axis, eye, halfEyeDistance, mouth } = FACE;
  /** On the person's own left, which is the right of the picture, or mirrored. */
  const at = (side: 1 | -1, across: number, y: number): Point => ({ x: axis + side * across, y });
  const half = HALF_MOUTH[figure];
  return {
    rightEyeOuter: at(-1, halfEyeDistance + EYE.outer[0], eye + EYE.outer[1]),
    rightEyeInner: at(-1, halfEyeDistance - EYE.inner[0], eye + EYE.inner[1]),
    leftEyeInner: at(1, halfEyeDistance - EYE.inner[0], eye + EYE.inner[1]),
    leftEyeOuter: at(1, halfEyeDistance + EYE.outer[0], eye + EYE.outer[1]),
    rightUpperLid: at(-1, halfEyeDistance, eye + EYE.upper),
    rightLowerLid: at(-1, halfEyeDistance, eye + EYE.lower),
    leftUpperLid: at(1, halfEyeDistance, eye + EYE.upper),
    leftLowerLid: at(1, halfEyeDistance, eye + EYE.lower),
    headRight: at(-1, HALF_HEAD * breadth, EARS),
    headLeft: at(1, HALF_HEAD * breadth, EARS),
    mouthRight: at(-1, half, mouth + CORNERS),
    mouthLeft: at(1, half, mouth + CORNERS),
    upperLip: { x: axis, y: mouth + LIPS },
    lowerLip: { x: axis, y: mouth + LIPS },
    noseTip: { x: axis, y: FACE.noseTip },
    chin: { x: axis, y: FACE.chin },
    crown: { x: axis, y: FACE.crown },
  };
}
