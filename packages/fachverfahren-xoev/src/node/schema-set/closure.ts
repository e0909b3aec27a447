import { posix } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import { entriesOf } from './entries.js';
import type { Heads } from './heads.js';
import type { SchemaReference } from './references.js';
import type { SchemaFiles } from './load-files.js';

/** All documents that schemas need, found without a network. */
export interface Closure {
  /** By path of each file, after those that draw it in, the files that its references mean. */
  readonly files: ReadonlyMap<string, ReadonlyMap<SchemaReference, string>>;
  /** By path the namespaces that a document takes: its own, or those of the documents that include it. */
  readonly namespaces: ReadonlyMap<string, ReadonlySet<string>>;
  /** Namespaces that are imported without an address and that no file is for. */
  readonly unlocated: ReadonlySet<string>;
}

/** Scheme of addresses of files; nothing can be loaded from it. */
const HERE = 'koffer-schema:///';

/** The address of a file of the folder, the only one that it has, however a schema refers to it. */
export function addressOf(path: string): string {
  return HERE + path.split('/').map(encodeURIComponent).join('/');
}

/**
 * The files that the schemas at `entries` need, directly or not. Every reference must lead to a file of the folder, by a
 * catalog or relative to where it stands; `InputError` `missing` lists the addresses that do not. Nothing else is ever opened.
 */
export function closureOf(entries: readonly string[], files: SchemaFiles, heads: Heads): Closure {
  const found = new Map<string, Map<SchemaReference, string>>();
  const namespaces = new Map<string, Set<string>>();
  const unmapped = new Set<string>();
  const unlocated = new Set<string>();
  const waiting = entries
    .map((path) => ({ path, namespace: heads.namespaceOf(path), address: addressOf(path) }))
    .reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, namespace, address } = next;
    const taken = namespaces.get(path) ?? new Set();
    if (taken.has(namespace)) continue;
    namespaces.set(path, taken.add(namespace));
    const targets = filled(found, path);
    for (const reference of heads.referencesOf(path)) {
      const meant = absolute(reference.location ?? reference.namespace, path, address);
      const target = locate(reference, meant, path, files, heads);
      if (target === undefined) {
        if (reference.location === undefined) unlocated.add(reference.namespace);
        else unmapped.add(meant.startsWith(HERE) ? pathOf(meant) : meant);
        continue;
      }
      targets.set(reference, target);
      filled(found, target);
      const own = heads.namespaceOf(target);
      waiting.push({
        path: target,
        namespace: own === '' && reference.kind !== 'import' ? namespace : own,
        address: meant.startsWith(HERE) || reference.location === undefined ? addressOf(target) : meant,
      });
    }
  }
  if (unmapped.size > 0) throw unmappedError(unmapped, files.root);
  return { files: found, namespaces, unlocated };
}

function filled<K, V>(maps: Map<string, Map<K, V>>, key: string): Map<K, V> {
  const found = maps.get(key) ?? new Map<K, V>();
  maps.set(key, found);
  return found;
}

/** Addresses that lead to no file, so that a schema processor would ask the network or fail. */
function unmappedError(addresses: ReadonlySet<string>, root: string): InputError {
  const list = [...addresses].sort();
  const said = list.slice(0, 20).join(', ');
  const more = list.length > 20 ? ` and ${list.length - 20} more` : '';
  return new InputError('missing', `the schemas refer to what is not in the folder: ${said}${more}`, {
    path: root,
    remedy:
      'put the missing files into the folder and map their addresses in its catalog.xml; nothing is loaded from a network',
  });
}

/** The address that `location` means in the document at `path`, which was reached by `address`. */
function absolute(location: string, path: string, address: string): string {
  if (SCHEME.test(location)) return location;
  if (!address.startsWith(HERE)) {
    try {
      return new URL(location, address).href;
    } catch {
      return location;
    }
  }
  // Not a URL's way: what leads above the root must not come back into it.
  return HERE + posix.normalize(posix.join(folderOf(path), location));
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/iu;

/**
 * The file that stands for a reference: by the nearest catalog, by where it lies, by the namespace in a catalog, and
 * without any catalog by its name.
 */
function locate(
  reference: SchemaReference,
  meant: string,
  from: string,
  files: SchemaFiles,
  heads: Heads,
): string | undefined {
  const { kind, location, namespace } = reference;
  const lies = location === undefined ? undefined : fileAt(meant, location, from);
  const found =
    byCatalog(meant, from, files) ??
    (lies !== undefined && files.documents.has(lies) ? lies : undefined) ??
    (kind === 'import' ? byCatalog(namespace, from, files) : undefined);
  if (found !== undefined) return found;
  if (location === undefined) return imported(reference, files, heads);
  if (!SCHEME.test(location) || files.catalogs.size > 0) return undefined;
  const name = meant.slice(meant.lastIndexOf('/') + 1);
  const same = [...files.documents.keys()].filter(
    (path) =>
      path.slice(path.lastIndexOf('/') + 1) === name &&
      (kind !== 'import' || heads.namespaceOf(path) === namespace),
  );
  return nearest(same, from, files);
}

/** The path that a location which is no address of a network leads to. */
function fileAt(meant: string, location: string, from: string): string | undefined {
  if (meant.startsWith(HERE)) return pathOf(meant);
  return SCHEME.test(location) ? undefined : pathOf(absolute(location, from, HERE));
}

/** Of files of one name the one beside `from` or, failing that, beside a folder around it; of copies any. */
function nearest(paths: readonly string[], from: string, files: SchemaFiles): string | undefined {
  for (let folder = folderOf(from); ; folder = folderOf(folder)) {
    const near = paths.filter((path) => folder === '' || path.startsWith(`${folder}/`));
    if (new Set(near.map((path) => files.digests.get(path))).size === 1) return near[0];
    if (near.length > 0 || folder === '') return undefined;
  }
}

/** The only schema that is for a namespace which is imported by its name alone. */
function imported(
  { kind, namespace }: SchemaReference,
  files: SchemaFiles,
  heads: Heads,
): string | undefined {
  if (kind !== 'import' || namespace === '') return undefined;
  const entries = entriesOf(namespace, '', files, heads, undefined);
  return entries.length === 1 ? entries[0] : undefined;
}

function byCatalog(address: string, from: string, files: SchemaFiles): string | undefined {
  for (let folder = folderOf(from); ; folder = folderOf(folder)) {
    const mapped = files.catalogs.get(folder)?.resolve(address);
    if (mapped !== undefined && files.documents.has(mapped)) return mapped;
    if (folder === '') return undefined;
  }
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The path below the root that an address of a file means. */
function pathOf(address: string): string {
  const path = address.slice(HERE.length);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
