import { existsSync, readFileSync } from 'node:fs';
import { readFacePoints, type FacePoints } from '../src/photo/index.js';

const DATA = new URL('../../../../shared/data/camera/', import.meta.url);

/** Whether the test data lie beside the repository; tests that need them skip without. */
export const hasSharedData = existsSync(DATA);
if (!hasSharedData) console.info('skipped: ../shared/data/camera is not there');

/** A file of the test data. */
export function sharedFile(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, DATA)));
}

/** The points that were placed by hand on a photo of the test data. */
export function sharedPoints(photo: string): FacePoints {
  const truth = JSON.parse(readFileSync(new URL('photo/ground-truth.json', DATA), 'utf8')) as {
    readonly frames: Readonly<Record<string, { readonly points: unknown }>>;
  };
  return readFacePoints(truth.frames[photo]?.points);
}
