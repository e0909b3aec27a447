import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import { readCatalog } from './catalog.js';
import { FileReader, isCatalogName, type SchemaFiles } from './load-files.js';
import { MAX_DEPTH, MAX_FILES, tooMany, withSurroundings } from './surroundings.js';

/**
 * Reads every `*.xsd` and every catalog below the folder; a catalog in the folder above counts when there is none in it,
 * and with it the schemas beside it that it names. Schemas above the folder are read when a relative address leads there.
 * Symbolic links are not followed. `InputError` `missing` and `too-large`.
 */
export async function readSchemaFiles(folder: string): Promise<SchemaFiles> {
  const named = resolve(folder);
  const own = await listed(named);
  if (own.every(isCatalogName))
    throw new InputError('missing', 'the folder holds no schemas', {
      path: named,
      remedy: 'name the folder that the XSD files lie in; archives must be unpacked',
    });
  const parent = dirname(named);
  if (own.some(isCatalogName) || parent === named || !(await hasCatalog(parent)))
    return withSurroundings(named, '', own);
  return withSurroundings(parent, basename(named), await listed(parent));
}

async function hasCatalog(folder: string): Promise<boolean> {
  const found = (await readdir(folder).catch((): string[] => [])).filter(isCatalogName).sort();
  for (const name of found) {
    if (readCatalog(await new FileReader().read(folder, name), '') !== undefined) return true;
  }
  return false;
}

/** Schema documents and catalogs below a folder, sorted, so that every machine sees the same order. */
async function listed(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (path: string, depth: number): Promise<void> => {
    let entries: Dirent[];
    try {
      entries = await readdir(join(root, path), { withFileTypes: true });
    } catch (cause) {
      if (path !== '') return;
      throw noFolder(root, cause);
    }
    for (const entry of entries) {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && depth < MAX_DEPTH && entry.name !== 'node_modules')
        await visit(inner, depth + 1);
      else if (entry.isFile() && (inner.endsWith('.xsd') || isCatalogName(inner))) found.push(inner);
      if (found.length > MAX_FILES) {
        throw tooMany(root);
      }
    }
  };
  await visit('', 0);
  return found.sort();
}

function noFolder(path: string, cause: unknown): InputError {
  if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOTDIR'))
    return new InputError('missing', 'there is no such folder of schemas', {
      path,
      remedy: 'name the folder that the XSD files lie in',
      cause,
    });
  const remedy = path.toLowerCase().endsWith('.zip')
    ? 'unpack the archive and name its folder'
    : 'name the folder that it lies in; the schema to begin with is the entry';
  return new InputError('malformed', 'schemas are named by their folder, this is a file', {
    path,
    remedy,
    cause,
  });
}
