import type { Point } from '../photo/face-points.js';

/** A point of a mesh in pixels of the image; z, in the same unit, grows away from the camera. */
export interface MeshPoint extends Point {
  readonly z: number;
}

/** The 468 points of one face, in pixels of the image, by the numbers of MediaPipe's Face Mesh. */
export type FaceMesh = readonly MeshPoint[];

/** Numbers of the points that are used here (MediaPipe, canonical face model); right and left are the person's own. */
export const MESH = {
  rightEyeOuter: 33,
  rightEyeInner: 133,
  leftEyeInner: 362,
  leftEyeOuter: 263,
  upperLip: 13,
  lowerLip: 14,
  mouthRight: 61,
  mouthLeft: 291,
  noseTip: 1,
  chin: 152,
  forehead: 10,
  headRight: 234,
  headLeft: 454,
} as const;

/** Round the face from the forehead clockwise on the image: down the person's left side, over the chin, up the right. */
export const OVAL = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
  150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const;

/** Upper edges of the eyebrows, from the person's right to the left. */
export const BROWS = [70, 63, 105, 66, 107, 336, 296, 334, 293, 300] as const;

/** The oval from below the left temple over the chin to below the right one. */
export const JAW = OVAL.slice(OVAL.indexOf(356), OVAL.indexOf(127) + 1);

/** One point of the mesh; a number outside it is the origin. */
export function meshPoint(mesh: FaceMesh, index: number): MeshPoint {
  return mesh[index] ?? { x: 0, y: 0, z: 0 };
}

/** The point at the mean of the places of two or more meshes of the same face. */
export function meanMesh(meshes: readonly FaceMesh[]): FaceMesh {
  const [first = []] = meshes;
  return first.map((_, index) => {
    const sum = { x: 0, y: 0, z: 0 };
    for (const mesh of meshes) {
      const point = meshPoint(mesh, index);
      sum.x += point.x;
      sum.y += point.y;
      sum.z += point.z;
    }
    return { x: sum.x / meshes.length, y: sum.y / meshes.length, z: sum.z / meshes.length };
  });
}
