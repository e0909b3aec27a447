import { join } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import type { CodeList, CodeLists } from '@buergerkoffer/fachverfahren-xoev/codelists';
import {
  codeLists,
  MAX_COMPACT_BYTES,
  readCompactCodeList,
  writeCompactCodeList,
} from '@buergerkoffer/fachverfahren-xoev/codelists';
import { nodeFileSystem, StorageError } from '@buergerkoffer/vault/node';
import { dataFolder, storeUserData } from '../user-data.js';

const ENDING = '.codelist.json';

/** What became of a list that was to be stored: `replaced` when the same version was there with other content. */
export type StoredAs = 'installed' | 'unchanged' | 'replaced';

/** The folder in which installed code lists lie, a file each. */
export function codeListFolder(): string {
  return join(dataFolder(), 'codelists');
}

/** The file of a version of a list; its name tells both. */
export function codeListPath({ kennung, version }: Pick<CodeList, 'kennung' | 'version'>): string {
  return join(codeListFolder(), `${encodeURIComponent(`${kennung}_${version}`)}${ENDING}`);
}

/** Stores a list in its compact form, whole or not at all; the same list again changes nothing. */
export async function storeCodeList(
  list: CodeList,
): Promise<{ readonly storedAs: StoredAs; readonly path: string; readonly bytes: number }> {
  const path = codeListPath(list);
  const bytes = writeCompactCodeList(list);
  const known = await readIfThere(path);
  const storedAs =
    known === undefined ? 'installed' : Buffer.compare(known, bytes) === 0 ? 'unchanged' : 'replaced';
  if (storedAs !== 'unchanged') await storeUserData(path, bytes);
  return { storedAs, path, bytes: bytes.length };
}

/** All installed lists; `StorageError` `corrupt` with the file for one that was changed since. */
export async function installedCodeLists(): Promise<CodeLists> {
  const names = await nodeFileSystem.list(codeListFolder()).catch((error: unknown) => {
    if (error instanceof StorageError && error.code === 'missing') return [];
    throw error;
  });
  const lists: CodeList[] = [];
  for (const name of names) {
    if (name.endsWith(ENDING)) lists.push(await readList(join(codeListFolder(), name)));
  }
  return codeLists(lists);
}

async function readList(path: string): Promise<CodeList> {
  try {
    return readCompactCodeList(await nodeFileSystem.read(path, MAX_COMPACT_BYTES));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new StorageError('corrupt', 'an installed code list cannot be read', {
      path,
      cause: error,
      remedy: 'remove the file and install the list again',
    });
  }
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await nodeFileSystem.read(path, MAX_COMPACT_BYTES);
  } catch (error) {
    if (error instanceof StorageError && error.code === 'missing') return undefined;
    throw error;
  }
}
