import { createReadStream } from 'node:fs';
import { delay, DeviceError } from '@buergerkoffer/core';
import { InputError } from '@buergerkoffer/formats';
import { readPhotoExif, type PhotoExif } from '../exif/photo-exif.js';
import { photoFromFile } from '../photo/from-file.js';
import type { PhotoLimits } from '../photo/limits.js';
import type { Photo } from '../photo/photo.js';
import { CardWatch } from './card-watch.js';

/** How photos are imported. */
export interface ImportOptions {
  /** Whether to go on, and give what is written to the folder from now on. Default false. */
  readonly watch?: boolean;
  /** Ends a watch: the iteration is done then, or rejects with `signal.reason` while it waits. */
  readonly signal?: AbortSignal;
  /** How often the folder is looked at, in milliseconds. Default 500. */
  readonly pollMs?: number;
  readonly limits?: PhotoLimits;
}

/** A file of the folder. */
export type ImportedFile =
  | { readonly type: 'photo'; readonly path: string; readonly photo: Photo; readonly exif: PhotoExif }
  /** It is no photo that can be used: damaged, cut off, too large. */
  | { readonly type: 'rejected'; readonly path: string; readonly error: InputError };

const POLL_MS = 500;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The photos in a folder or on a memory card (`DCIM`), newest first; profile 3.4 of BSI TR-03121-3 Vol. 2 v6.0, "digital
 * delivery by digital camera". Each is read and decoded when it is asked for, and none that is still being written: of
 * such a one more is heard once it has stopped growing. Rejects `not-found` and `access-denied` for the folder, `lost`
 * when it goes while it is watched.
 */
export async function* importPhotos(
  folder: string,
  options: ImportOptions = {},
): AsyncGenerator<ImportedFile> {
  const { watch = false, signal, pollMs = POLL_MS, limits } = options;
  const card = new CardWatch(folder);
  for (let looks = 0; ; looks += 1) {
    signal?.throwIfAborted();
    const files = await card.look().catch((error: unknown) => {
      throw looks === 0 ? error : gone(error);
    });
    for (const { path, bytes } of files) {
      signal?.throwIfAborted();
      const file = await importFile(path, bytes, limits);
      if (file !== undefined) yield file;
    }
    // Not watched, a second look takes what was just being written.
    if (!watch && looks > 0) return;
    await delay(pollMs, signal);
  }
}

/** One file; undefined where it has gone again. */
export async function importFile(
  path: string,
  bytes: number,
  limits: PhotoLimits = {},
): Promise<ImportedFile | undefined> {
  const most = limits.maxBytes ?? MAX_BYTES;
  if (bytes > most) {
    const error = new InputError('too-large', `the photo has ${bytes} bytes, ${most} are allowed`, { path });
    return { type: 'rejected', path, error };
  }
  const plain = await readAtMost(path, most).catch(() => undefined);
  if (plain === undefined) return undefined;
  try {
    const exif = await readPhotoExif(plain);
    const photo = await photoFromFile(plain, limits);
    const { takenAt } = exif;
    return { type: 'photo', path, photo: takenAt === undefined ? photo : { ...photo, takenAt }, exif };
  } catch (error) {
    if (error instanceof InputError) return { type: 'rejected', path, error };
    throw error;
  }
}

/** What the file has now, and one byte more than `most` where it has grown beyond that: the decoder refuses it. */
async function readAtMost(path: string, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of createReadStream(path, { end: most })) {
    if (piece instanceof Uint8Array) pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

function gone(cause: unknown): DeviceError {
  return new DeviceError('lost', 'the folder of photos has gone', {
    cause,
    remedy: 'put the memory card in again, then import again',
  });
}
