import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { pid } from 'node:process';
import { storageErrorOf } from '@buergerkoffer/vault/node';
import { UsageError } from './exit-code.js';

/**
 * Writes `bytes` to the file `path`, over one that is there, whole or not at all; a file is for this user alone,
 * because what commands write is of a person. What is no file, such as a pipe, is written to directly. `UsageError` for a
 * folder, `StorageError` where the disk or the folder fails.
 */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  await write(path, bytes).catch((error: unknown) => {
    if (error instanceof UsageError) throw error;
    throw storageErrorOf(error, path);
  });
}

async function write(path: string, bytes: Uint8Array): Promise<void> {
  // The file that a link names is replaced, not the link.
  const target = await realpath(path).catch(() => path);
  const found = await stat(target).catch(() => undefined);
  if (found?.isDirectory() === true)
    throw new UsageError(`${path} is a folder`, 'name the file in it that is to be written');
  if (found?.isFile() === false) {
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
