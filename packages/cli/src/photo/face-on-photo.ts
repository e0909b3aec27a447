import type { Readable } from 'node:stream';
import type { LocatedFace } from '@buergerkoffer/camera/landmarks';
import type { CropRefusal, FacePoints, PhotoPixels, Point } from '@buergerkoffer/camera/photo';
import type { FaceFinder } from './face-finder.js';
import { readPointsFile } from './open-photo.js';

/** A face on an upright photo, in its pixels. */
export interface KnownFace {
  readonly points: FacePoints;
  /** Around jaw and eyebrows; only of a face that was found. */
  readonly outline?: readonly Point[];
  /** Where the head looks; only of a face that was found. */
  readonly pose?: { readonly yawDeg: number };
  /** Sizes of all faces on the photo; absent when nobody looked. */
  readonly facesFound?: readonly { readonly width: number; readonly height: number }[];
}

/** The one face on a photo, or why there is none to work with. */
export type FaceOnPhoto =
  | { readonly type: 'face'; readonly face: KnownFace }
  | { readonly type: 'refused'; readonly refusal: CropRefusal };

/** A face with less than this share of the largest one's area is somebody far behind, or none. */
const SECOND_FACE_AREA = 0.1;

/** The face whose points the file has, or the one that is found. */
export async function faceOnPhoto(
  pixels: PhotoPixels,
  pointsFile: string | undefined,
  finder: FaceFinder,
  input: Readable | undefined,
): Promise<FaceOnPhoto> {
  if (pointsFile !== undefined)
    return { type: 'face', face: { points: await readPointsFile(pointsFile, input) } };
  const faces = await finder.find(pixels);
  const [largest] = faces;
  if (largest === undefined) return { type: 'refused', refusal: { reason: 'no-face' } };
  const people = faces.filter((face) => areaOf(face) >= SECOND_FACE_AREA * areaOf(largest));
  const [, second] = people;
  if (second !== undefined) {
    const secondToFirst = areaOf(second) / areaOf(largest);
    return { type: 'refused', refusal: { reason: 'several-faces', faces: people.length, secondToFirst } };
  }
  const face = {
    points: largest.points,
    outline: largest.outline,
    pose: largest.pose,
    facesFound: faces.map(({ box }) => box),
  };
  return { type: 'face', face };
}

function areaOf({ box }: LocatedFace): number {
  return box.width * box.height;
}
