import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import {
  MAX_COMPACT_FOREST_BYTES,
  readCompactForest,
  writeCompactForest,
  type Forest,
} from '@buergerkoffer/fingerprint/nfiq2';
import { nodeFileSystem, StorageError } from '@buergerkoffer/vault/node';

/** Where the user's data lies: `$XDG_DATA_HOME/buergerkoffer`, by default under `~/.local/share`. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_DATA_HOME'];
  // XDG Base Directory Specification: a relative path is to be ignored.
  const isUsable = base !== undefined && isAbsolute(base);
  return join(isUsable ? base : join(homedir(), '.local', 'share'), 'buergerkoffer');
}

/** The file that `koffer finger model install` writes. */
export function installedModelPath(): string {
  return join(dataFolder(), 'nfiq2-v2.3.forest');
}

/** Stores `forest` in its compact form, whole or not at all; returns the file and its size. */
export async function storeModel(forest: Forest): Promise<{ readonly path: string; readonly bytes: number }> {
  const path = installedModelPath();
  const compact = writeCompactForest(forest);
  const draft = `${path}.${process.pid}.part`;
  await nodeFileSystem.makeFolder(dataFolder());
  try {
    const file = await nodeFileSystem.open(draft, 'create');
    try {
      await file.write(0, compact);
      await file.sync();
    } finally {
      await file.close();
    }
    await nodeFileSystem.rename(draft, path);
  } catch (error) {
    await nodeFileSystem.remove(draft).catch(() => undefined);
    throw error;
  }
  await nodeFileSystem.syncFolder(dataFolder());
  return { path, bytes: compact.length };
}

/** What the random forest of NFIQ 2 v2.3 is called, and where NIST publishes it. */
export const MODEL_FILE = 'nist_plain_tir-ink.yaml from https://github.com/usnistgov/NFIQ2';

/** The model that was installed, if any; one that was changed since is `InputError`. */
export async function installedModel(): Promise<Forest | undefined> {
  try {
    return readCompactForest(await nodeFileSystem.read(installedModelPath(), MAX_COMPACT_FOREST_BYTES));
  } catch (error) {
    if (error instanceof StorageError && error.code === 'missing') return undefined;
    throw error;
  }
}
