import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DeviceError } from '@buergerkoffer/core';

/** A picture file in a folder. */
export interface CardFile {
  readonly path: string;
  readonly bytes: number;
  /** When it was last written, in milliseconds of the computer's or the camera's clock. */
  readonly writtenAtMs: number;
}

/**
 * What phones write beside JPEG is listed so that a photo which cannot be read is told, rather than missing. Raw images lie
 * beside a JPEG.
 */
const PICTURE_NAME = /\.(?:jpe?g|png|hei[cf]|hif|avif|webp|jxl)$/i;

/** A card has `DCIM/100CANON/IMG_0001.JPG`. */
const MAX_DEPTH = 4;
const MAX_FILES = 20_000;

/**
 * The files in `folder` that are named as JPEG, PNG or another format of phones, and below, newest first; hidden ones, links, and
 * what is deeper than four folders are left out. Rejects `not-found`, `access-denied`, or `unsupported` for more than 20,000 files.
 */
export async function cardFiles(folder: string): Promise<readonly CardFile[]> {
  const found: CardFile[] = [];
  try {
    await collect(folder, 0, found);
  } catch (error) {
    throw folderError(folder, error);
  }
  return found.sort((a, b) => b.writtenAtMs - a.writtenAtMs || (a.path < b.path ? 1 : -1));
}

async function collect(folder: string, depth: number, found: CardFile[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) {
      // A folder that may not be looked into, or has gone again, hides only itself.
      if (depth < MAX_DEPTH) await collect(path, depth + 1, found).catch(onlyIfTyped);
      continue;
    }
    if (!entry.isFile() || !PICTURE_NAME.test(entry.name)) continue;
    const stats = await lstat(path).catch(() => undefined);
    if (stats === undefined) continue;
    if (found.length >= MAX_FILES) {
      throw new DeviceError('unsupported', `more than ${MAX_FILES} photos lie in the folder`, {
        path: folder,
        remedy: 'name the folder of the photos, not the whole disk',
      });
    }
    found.push({ path, bytes: stats.size, writtenAtMs: stats.mtimeMs });
  }
}

function onlyIfTyped(error: unknown): void {
  if (error instanceof DeviceError) throw error;
}

function folderError(folder: string, error: unknown): DeviceError {
  if (error instanceof DeviceError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const details = { cause: error, path: folder };
  if (code === 'EACCES' || code === 'EPERM') {
    return new DeviceError('access-denied', 'the folder of photos may not be read', {
      ...details,
      remedy: 'give this user the right to read the folder',
    });
  }
  return new DeviceError('not-found', 'the folder of photos is not there', {
    ...details,
    remedy: 'put the memory card in, wait until it is mounted, or name another folder',
  });
}
