import type { Readable } from 'node:stream';
import type { CropRefusal, FacePoints, PhotoPixels } from '@buergerkoffer/camera/photo';
import { UsageError } from '../exit-code.js';
import { readPointsFile } from './open-photo.js';

/** The one face on a photo, or why there is none to work with. */
export type FaceOnPhoto =
  | { readonly type: 'face'; readonly points: FacePoints; readonly from: 'file' | 'landmarks' }
  | { readonly type: 'refused'; readonly refusal: CropRefusal };

/** The face whose points the file has. */
export async function faceOnPhoto(
  _pixels: PhotoPixels,
  pointsFile: string | undefined,
  input: Readable | undefined,
): Promise<FaceOnPhoto> {
  if (pointsFile === undefined)
    throw new UsageError('--points is needed', 'give the points of the face as JSON');
  return { type: 'face', points: await readPointsFile(pointsFile, input), from: 'file' };
}
