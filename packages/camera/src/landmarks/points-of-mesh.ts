import { middleOf } from '../photo/eye-centres.js';
import type { FacePoints, Point } from '../photo/face-points.js';
import type { Eyelids } from './eyelids.js';
import { BROWS, JAW, MESH, meshPoint, type FaceMesh } from './face-mesh.js';
import type { FacePose } from './face-locator.js';

/**
 * The mesh's corners of the eyes lie inside those that a person marks: measured on hand-placed points, the outer ones by
 * 6 % of the eye's width, the inner ones by 1.7 %.
 */
const OUTER_CORNER = 0.06;
const INNER_CORNER = 0.017;
/** Points of the oval just below the ears' join, and how much closer they stand to each other, as a share of their distance. */
const HEAD_SIDES = { right: 93, left: 323, inward: 0.0125 } as const;
/**
 * Nobody sees the crown under hair. It is put above the middle of the eyes at 1.03 times the distance from there to the
 * chin, which holds for adults: children have more forehead.
 */
const CROWN_OVER_CHIN = 1.03;
/** The line from forehead to chin leans by so much in the mesh of somebody who looks straight into the camera, in degrees. */
const PITCH_OF_STRAIGHT_FACE = -10.5;

/**
 * The points that the rules ask for, from a mesh in pixels of the image. The lids are seen by a network of their own: those of
 * the mesh stand open over closed eyes.
 */
export function pointsOfMesh(mesh: FaceMesh, lids: Eyelids): FacePoints {
  const at = (name: keyof typeof MESH): Point => plain(meshPoint(mesh, MESH[name]));
  const right = eyeCorners(at('rightEyeOuter'), at('rightEyeInner'));
  const left = eyeCorners(at('leftEyeOuter'), at('leftEyeInner'));
  const chin = at('chin');
  const eyes = middleOf(middleOf(right.outer, right.inner), middleOf(left.outer, left.inner));
  const headRight = plain(meshPoint(mesh, HEAD_SIDES.right));
  const headLeft = plain(meshPoint(mesh, HEAD_SIDES.left));
  return {
    rightEyeOuter: right.outer,
    rightEyeInner: right.inner,
    leftEyeInner: left.inner,
    leftEyeOuter: left.outer,
    chin,
    crown: beyond(chin, eyes, CROWN_OVER_CHIN),
    headRight: beyond(headLeft, headRight, -HEAD_SIDES.inward),
    headLeft: beyond(headRight, headLeft, -HEAD_SIDES.inward),
    mouthRight: at('mouthRight'),
    mouthLeft: at('mouthLeft'),
    upperLip: at('upperLip'),
    lowerLip: at('lowerLip'),
    ...lids,
    noseTip: at('noseTip'),
  };
}

/** Jaw and eyebrows, clockwise from the person's left temple. */
export function outlineOfMesh(mesh: FaceMesh): readonly Point[] {
  return [...JAW, ...BROWS].map((index) => plain(meshPoint(mesh, index)));
}

/** Where the head looks, from the depth of the mesh. */
export function poseOfMesh(mesh: FaceMesh): FacePose {
  const right = meshPoint(mesh, MESH.headRight);
  const left = meshPoint(mesh, MESH.headLeft);
  const top = meshPoint(mesh, MESH.forehead);
  const chin = meshPoint(mesh, MESH.chin);
  const outerRight = meshPoint(mesh, MESH.rightEyeOuter);
  const outerLeft = meshPoint(mesh, MESH.leftEyeOuter);
  return {
    yawDeg: degrees(Math.atan2(left.z - right.z, Math.hypot(left.x - right.x, left.y - right.y))),
    pitchDeg:
      degrees(Math.atan2(top.z - chin.z, Math.hypot(top.x - chin.x, top.y - chin.y))) -
      PITCH_OF_STRAIGHT_FACE,
    rollDeg: degrees(Math.atan2(outerLeft.y - outerRight.y, outerLeft.x - outerRight.x)),
  };
}

function eyeCorners(outer: Point, inner: Point): { readonly outer: Point; readonly inner: Point } {
  return { outer: beyond(inner, outer, OUTER_CORNER), inner: beyond(outer, inner, INNER_CORNER) };
}

/** The point behind `to`, seen from `from`, by `share` of their distance; a negative share lies before it. */
function beyond(from: Point, to: Point, share: number): Point {
  return { x: to.x + (to.x - from.x) * share, y: to.y + (to.y - from.y) * share };
}

function plain({ x, y }: Point): Point {
  return { x, y };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
