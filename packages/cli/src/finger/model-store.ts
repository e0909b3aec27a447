import { join } from 'node:path';
import {
  MAX_COMPACT_FOREST_BYTES,
  readCompactForest,
  writeCompactForest,
  type Forest,
} from '@buergerkoffer/fingerprint/nfiq2';
import { nodeFileSystem, StorageError } from '@buergerkoffer/vault/node';
import { dataFolder, storeUserData } from '../user-data.js';

/** The file that `koffer finger model install` writes. */
export function installedModelPath(): string {
  return join(dataFolder(), 'nfiq2-v2.3.forest');
}

/** Stores `forest` in its compact form, whole or not at all; returns the file and its size. */
export async function storeModel(forest: Forest): Promise<{ readonly path: string; readonly bytes: number }> {
  const path = installedModelPath();
  const compact = writeCompactForest(forest);
  await storeUserData(path, compact);
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
