import type { FacePoints, Point } from '../photo/face-points.js';
import { MESH, meshPoint, type FaceMesh } from './face-mesh.js';
import { EYE_SIDE } from './face-networks.js';
import { fromWindow, type ImageWindow } from './image-window.js';

/** The lids of both eyes: upper and lower edge above and below the pupil. */
export type Eyelids = Required<
  Pick<FacePoints, 'rightUpperLid' | 'rightLowerLid' | 'leftUpperLid' | 'leftLowerLid'>
>;

/** Which eye, the person's own. */
export type Side = 'right' | 'left';

/** Side of the window against the eye's width: what the network was trained with (MediaPipe Iris). */
const WINDOW_PER_EYE = 2.3;
/** Numbers of the points in the middle of the lids, among the 71 around the eye. */
const LID = { lower: 4, upper: 12 } as const;

/** Where the eye's network should look, level with the eyes. */
export function windowOfEye(mesh: FaceMesh, side: Side): ImageWindow {
  const [outer, inner] =
    side === 'right' ? [MESH.rightEyeOuter, MESH.rightEyeInner] : [MESH.leftEyeOuter, MESH.leftEyeInner];
  const from = meshPoint(mesh, outer);
  const to = meshPoint(mesh, inner);
  const right = meshPoint(mesh, MESH.rightEyeOuter);
  const left = meshPoint(mesh, MESH.leftEyeOuter);
  return {
    centre: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 },
    side: Math.hypot(to.x - from.x, to.y - from.y) * WINDOW_PER_EYE,
    angle: Math.atan2(left.y - right.y, left.x - right.x),
  };
}

/** The pixels of a window mirrored, RGB: the network knows right eyes. */
export function mirrored(pixels: Float32Array, side: number): Float32Array {
  const turned = new Float32Array(pixels.length);
  for (let at = 0; at < pixels.length; at += 3) {
    const column = (at / 3) % side;
    turned.set(pixels.subarray(at, at + 3), at + (side - 1 - 2 * column) * 3);
  }
  return turned;
}

/** Upper and lower lid on the image, from the network's points; those of a left eye were seen mirrored. */
export function lidsIn(
  points: Float32Array,
  window: ImageWindow,
  side: Side,
): { readonly upper: Point; readonly lower: Point } {
  const at = (number: number): Point => {
    const [x = 0, y = 0] = points.subarray(number * 3, number * 3 + 2);
    return fromWindow(window, EYE_SIDE, side === 'left' ? EYE_SIDE - x : x, y);
  };
  return { upper: at(LID.upper), lower: at(LID.lower) };
}
