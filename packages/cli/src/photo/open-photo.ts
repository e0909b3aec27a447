import type { Readable } from 'node:stream';
import { loadCodecs } from '@buergerkoffer/camera/codecs';
import {
  decodePhoto,
  readFacePoints,
  type FacePoints,
  type ImageCodecs,
  type PhotoPixels,
} from '@buergerkoffer/camera/photo';
import { InputError } from '@buergerkoffer/formats';
import { readInput } from '../read-input.js';

/** Largest photo that is read, in bytes. */
const MAX_PHOTO_BYTES = 64 * 1024 * 1024;
/** Largest file with the points of a face, in bytes. */
const MAX_POINTS_BYTES = 1024 * 1024;

let codecs: ImageCodecs | undefined;

/** The codecs, loaded when the first photo needs them. */
export function imageCodecs(): ImageCodecs {
  return (codecs ??= loadCodecs());
}

/** The pixels of a JPEG or PNG photo in a file, or from `input` where `file` is `-`. */
export async function openPhoto(file: string, input: Readable | undefined): Promise<PhotoPixels> {
  const bytes = await readInput(file, MAX_PHOTO_BYTES, input);
  const { pixels } = await decodePhoto(bytes, imageCodecs().jpeg);
  return pixels;
}

/** The points of a face in a JSON file; what is wrong with them has their name as path. */
export async function readPointsFile(file: string, input: Readable | undefined): Promise<FacePoints> {
  const text = new TextDecoder().decode(await readInput(file, MAX_POINTS_BYTES, input));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new InputError('malformed', 'the file with the points is no JSON', { path: file, cause });
  }
  try {
    return readFacePoints(json);
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    throw new InputError(cause.code, `${file}: ${cause.message}`, { ...cause.toJSON(), cause });
  }
}
