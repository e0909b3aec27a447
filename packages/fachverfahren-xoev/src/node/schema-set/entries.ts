import { posix } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import type { Heads } from './heads.js';
import type { SchemaFiles } from './load-files.js';

/**
 * The documents to begin with for a namespace: those that no other one of it draws in, of several the one that declares
 * the root. Empty when the folder has none. `InputError` `missing` when `entry` names a document that is not there.
 */
export function entriesOf(
  namespace: string,
  root: string,
  files: SchemaFiles,
  heads: Heads,
  entry: string | undefined,
): readonly string[] {
  const named = entry === undefined ? undefined : entryNamed(entry, files);
  if (named !== undefined && heads.namespaceOf(named) === namespace) return [named];
  const own = [...files.documents.keys()].filter((path) => heads.namespaceOf(path) === namespace);
  const within = own.filter((path) => files.folder === '' || path.startsWith(`${files.folder}/`));
  const documents = within.length > 0 ? within : own;
  const drawn = new Set(
    documents.flatMap((path) =>
      heads
        .referencesOf(path)
        .filter(({ kind }) => kind !== 'import')
        .flatMap(({ location = '' }) => [
          posix.join(directoryOf(path), location),
          // An address of a network: the file lies beside.
          `${directoryOf(path)}${location.slice(location.lastIndexOf('/') + 1)}`,
        ]),
    ),
  );
  const tops = documents.filter((path) => !drawn.has(path));
  const candidates = withoutCopies(tops.length > 0 ? tops : documents, files);
  if (candidates.length < 2 || root === '') return candidates;
  const declaring = candidates.filter((path) => declares(path, root, files));
  return declaring.length === 1 ? declaring : candidates;
}

/** Of documents that are the same byte for byte the first: a folder may hold a set twice. */
function withoutCopies(paths: readonly string[], { digests }: SchemaFiles): readonly string[] {
  const first = new Map(paths.map((path) => [digests.get(path), path] as const).reverse());
  return paths.filter((path) => first.get(digests.get(path)) === path);
}

function entryNamed(entry: string, files: SchemaFiles): string {
  const wanted = entry.replaceAll('\\', '/').replace(/^\.\//u, '');
  const found = [wanted, `${files.folder}/${wanted}`].find((path) => files.documents.has(path));
  if (found === undefined)
    throw new InputError('missing', 'the entry schema is not in the folder', { path: entry });
  return found;
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function declares(path: string, root: string, files: SchemaFiles): boolean {
  const text = new TextDecoder().decode(files.documents.get(path));
  return text.includes(`name="${root}"`) || text.includes(`name='${root}'`);
}
