import type { FileSystemPort } from './file-system.js';
import { removeDurably } from './durable-file.js';
import { StorageError } from './storage-error.js';

/** Tells this process from every other that runs or ran on the machine. */
export interface ProcessPort {
  /** Name of this process, of `[A-Za-z0-9.]`; a later process with the same number has another name. */
  readonly id: string;
  /** Whether the process of that name runs. */
  isAlive(id: string): Promise<boolean>;
}

const CLAIM = /^lock-([A-Za-z0-9.]+)-([a-z0-9]+)$/;

/**
 * Takes the folder for this process, or rejects with `locked`; the answer releases it.
 *
 * Each contender first writes a claim of its own and then looks for the others: of two that start at once at least one sees
 * the other, and both may step back. Claims of dead processes are removed. A claim is its name, so it cannot be torn.
 * Process ids are compared on one machine: a folder that several machines or containers share is not protected.
 */
export async function lockFolder(
  fs: FileSystemPort,
  folder: string,
  process: ProcessPort,
  token: string,
): Promise<() => Promise<void>> {
  const own = `lock-${process.id}-${token}`;
  const path = `${folder}/${own}`;
  await (await fs.open(path, 'create')).close();
  try {
    for (const name of await fs.list(folder)) {
      const holder = CLAIM.exec(name)?.[1];
      if (holder === undefined || name === own) continue;
      if (await process.isAlive(holder)) {
        throw new StorageError('locked', `the folder is open in process ${holder}`, { path: folder });
      }
      await fs.remove(`${folder}/${name}`);
    }
  } catch (error) {
    await fs.remove(path).catch(() => undefined);
    throw error;
  }
  return () => removeDurably(fs, path);
}
