import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { pid } from 'node:process';
import { storageErrorOf } from '@buergerkoffer/vault/node';

/**
 * Writes `bytes` to the file `path`, over one that is there, whole or not at all; a file is for this user alone,
 * because what commands write is of a person. What is no file, such as a pipe, is written to directly. `StorageError`
 * where the disk or the folder fails.
 */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  await write(path, bytes).catch((error: unknown) => {
    throw storageErrorOf(error, path);
  });
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  // The file that a link names is replaced, not the link.
  const target = await realpath(path).catch(() => path);
  const isFile = await stat(target).then(
    (found) => found.isFile(),
    () => true,
  );
  if (!isFile) {
    await writeFile(target, bytes);
    return;
  }
  const part = `${target}.${pid}.part`;
  try {
    await writeFile(part, bytes, { mode: 0o600 });
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
