import { writeFile } from 'node:fs/promises';
import { storageErrorOf } from '@buergerkoffer/vault/node';

/**
 * Writes `bytes` to the file `path`, over one that is there; a new one is for this user alone, because what commands write
 * is of a person. `StorageError` where the disk or the folder fails.
 */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes, { mode: 0o600 }).catch((error: unknown) => {
    throw storageErrorOf(error, path);
  });
}
