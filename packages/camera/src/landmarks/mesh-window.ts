import type { Point } from '../photo/face-points.js';
import type { Box, Detection } from './detections.js';
import { MESH, meshPoint, type FaceMesh } from './face-mesh.js';
import { fromWindow, type ImageWindow } from './image-window.js';
import { DETECTOR_SIDE } from './face-networks.js';

/** Side of the mesh's window against the face's: it was trained with a quarter around it (MediaPipe Face Mesh, model card). */
export const MARGIN = 1.5;

/** Where the mesh should look for a face that the detector saw through `window`. */
export function windowOfDetection(detection: Detection, window: ImageWindow): ImageWindow {
  const { rightEye, leftEye } = detection;
  const turn = Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x);
  return {
    centre: fromWindow(window, DETECTOR_SIDE, detection.centre.x, detection.centre.y),
    side: (Math.max(detection.width, detection.height) / DETECTOR_SIDE) * window.side * MARGIN,
    angle: window.angle + turn,
  };
}

/** Where the mesh should look again, once it has a first idea of the face: upright in the middle of the window. */
export function windowOfMesh(mesh: FaceMesh): ImageWindow {
  const angle = eyeAngle(mesh);
  const { centre, width, height } = turnedBox(mesh, angle);
  return { centre, side: Math.max(width, height) * MARGIN, angle };
}

/** How far the outer corners of the eyes are turned clockwise on the image, in radians. */
export function eyeAngle(mesh: FaceMesh): number {
  const right = meshPoint(mesh, MESH.rightEyeOuter);
  const left = meshPoint(mesh, MESH.leftEyeOuter);
  return Math.atan2(left.y - right.y, left.x - right.x);
}

/** The smallest box around points that is turned by `angle`: its middle on the image, its size along its own axes. */
export function turnedBox(points: readonly Point[], angle: number): Box {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const xs = points.map(({ x, y }) => x * cos + y * sin);
  const ys = points.map(({ x, y }) => y * cos - x * sin);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const middleX = (left + right) / 2;
  const middleY = (top + bottom) / 2;
  return {
    centre: { x: middleX * cos - middleY * sin, y: middleX * sin + middleY * cos },
    width: right - left,
    height: bottom - top,
  };
}
