import type { FileSystemPort } from './file-system.js';
import { StorageError } from './storage-error.js';

/** Ending of a file that is being written; one that is found on opening was never finished. */
export const UNFINISHED = '.new';

/** The folder of an absolute path with `/`. */
export function folderOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut <= 0 ? '/' : path.slice(0, cut);
}

/**
 * Replaces a file in one durable step: after a crash it holds the old or the new content, after it resolves the new.
 * On failure the old content stays and nothing is left behind.
 */
export async function replaceFile(fs: FileSystemPort, path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = path + UNFINISHED;
  try {
    const file = await fs.open(unfinished, 'create');
    try {
      await file.write(0, bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(unfinished, path);
  } catch (error) {
    await fs.remove(unfinished).catch(() => undefined);
    throw error;
  }
  await fs.syncFolder(folderOf(path));
}

/** Removes a file so that it stays removed after a loss of power. */
export async function removeDurably(fs: FileSystemPort, path: string): Promise<void> {
  await fs.remove(path);
  await fs.syncFolder(folderOf(path));
}

/**
 * Overwrites a small file with the given bytes (repeated), then removes it; one that is not there is no error.
 *
 * Best effort: flash translation layers, journals, copy-on-write file systems and backups keep old blocks. What protects
 * sealed data is that its key is gone, so keys belong into a KeyStore on a card or TPM.
 */
export async function wipeFile(fs: FileSystemPort, path: string, noise: Uint8Array): Promise<void> {
  const file = await openIfThere(fs, path);
  if (file !== undefined) {
    try {
      const size = await file.size();
      for (let offset = 0; offset < size; offset += noise.length) {
        await file.write(offset, noise.subarray(0, Math.min(noise.length, size - offset)));
      }
      await file.sync();
    } finally {
      await file.close();
    }
  }
  await removeDurably(fs, path);
}

/** Runs a file operation; a missing file gives `undefined`. */
export async function ifThere<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (error instanceof StorageError && error.code === 'missing') return undefined;
    throw error;
  }
}

function openIfThere(
  fs: FileSystemPort,
  path: string,
): Promise<Awaited<ReturnType<FileSystemPort['open']>> | undefined> {
  return ifThere(fs.open(path, 'existing'));
}
