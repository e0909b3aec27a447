import { writeFile } from 'node:fs/promises';
import { storageErrorOf } from '@buergerkoffer/vault/node';

/** Writes `bytes` to the file `path`, over one that is there; `StorageError` where the disk or the folder fails. */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes).catch((error: unknown) => {
    throw storageErrorOf(error, path);
  });
}
