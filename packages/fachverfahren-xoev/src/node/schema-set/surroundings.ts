import { lstat } from 'node:fs/promises';
import { join, posix, relative, resolve, sep } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import { loadFiles, type LoadedFiles, type SchemaFiles } from './load-files.js';
import { referencesIn } from './references.js';

/** Schemas and catalogs of one set of folders. */
export const MAX_FILES = 5_000;
/** Folders inside one another, and above the one that was named. */
export const MAX_DEPTH = 8;

/** The files at `paths` below a root, and those beside and above it that they name. */
export async function withSurroundings(
  root: string,
  folder: string,
  paths: readonly string[],
): Promise<SchemaFiles> {
  const loaded = await loadFiles(root, paths);
  const levels = Math.min(MAX_DEPTH, Math.max(0, ...outside(loaded.documents).map(levelsAbove)));
  if (levels === 0) return { root, folder, ...loaded };
  const wider = resolve(root, '../'.repeat(levels));
  const inner = relative(wider, root).split(sep).join('/');
  const all = new Set(paths.map((path) => `${inner}/${path}`));
  const files = { root: wider, folder: posix.join(inner, folder), ...(await loadFiles(wider, [...all])) };
  for (let more = await absent(files, all); more.length > 0; more = await absent(files, all)) {
    const { documents, digests } = await loadFiles(wider, more);
    for (const path of more) all.add(path);
    if (all.size > MAX_FILES) throw tooMany(root);
    documents.forEach((document, path) => files.documents.set(path, document));
    digests.forEach((digest, path) => files.digests.set(path, digest));
  }
  return files;
}

/** Schemas that relative addresses name and that are not among the files yet. */
async function absent(files: LoadedFiles & { root: string }, known: ReadonlySet<string>): Promise<string[]> {
  const named = [...new Set([...files.documents].flatMap(neighbours))];
  const found: string[] = [];
  for (const path of named) {
    if (known.has(path) || levelsAbove(path) > 0 || !path.endsWith('.xsd')) continue;
    const about = await lstat(join(files.root, path)).catch(() => undefined);
    if (about?.isFile() === true) found.push(path);
  }
  return found;
}

/** Paths that relative addresses mean and that lead above the root. */
function outside(documents: ReadonlyMap<string, Uint8Array>): readonly string[] {
  return [...documents]
    .filter(([, document]) =>
      Buffer.from(document.buffer, document.byteOffset, document.length).includes('../'),
    )
    .flatMap(neighbours)
    .filter((path) => levelsAbove(path) > 0);
}

/** The paths that the relative addresses of a document mean. */
function neighbours([path, document]: readonly [string, Uint8Array]): readonly string[] {
  return referencesIn(document).flatMap(({ location }) => {
    if (location === undefined || /^(?:[a-z][a-z0-9+.-]*:|\/)/iu.test(location)) return [];
    try {
      return [posix.join(posix.dirname(path), decodeURIComponent(location))];
    } catch {
      return [];
    }
  });
}

function levelsAbove(path: string): number {
  return path.split('/').filter((part) => part === '..').length;
}

/** More files than are read. */
export function tooMany(root: string): InputError {
  return new InputError('too-large', `the folder holds more than ${MAX_FILES} schemas`, { path: root });
}
