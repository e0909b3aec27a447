import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { lstat, open, readdir } from 'node:fs/promises';
import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import { withoutAnnotations } from './annotations.js';
import { readCatalog, type Catalog } from './catalog.js';
import { referencesIn } from './references.js';
import { respelled } from './spelling.js';

/** The schema documents and catalogs below a folder, by path relative to its root with `/`. */
export interface SchemaFiles {
  /** Folder on disk that paths are relative to. */
  readonly root: string;
  /** Without their annotations, which nothing here needs. */
  readonly documents: ReadonlyMap<string, Uint8Array>;
  /** SHA-256 of each document as it lies on the disk, hexadecimal. */
  readonly digests: ReadonlyMap<string, string>;
  /** Catalogs by the folder that they lie in (`''` for the root). */
  readonly catalogs: ReadonlyMap<string, Catalog>;
  /** The part of the root that the caller named. */
  readonly folder: string;
}

const MAX_FILES = 5_000;
const MAX_FILE_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 8;

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
    return around(named, '', own);
  return around(parent, basename(named), await listed(parent));
}

/** The files at `paths` below a root, and those beside and above it that they name. */
async function around(root: string, folder: string, paths: readonly string[]): Promise<SchemaFiles> {
  const loaded = await load(root, paths);
  const levels = Math.min(MAX_DEPTH, Math.max(0, ...outside(loaded.documents).map(levelsAbove)));
  if (levels === 0) return { root, folder, ...loaded };
  const wider = resolve(root, '../'.repeat(levels));
  const inner = relative(wider, root).split(sep).join('/');
  const all = new Set(paths.map((path) => `${inner}/${path}`));
  const files = { root: wider, folder: posix.join(inner, folder), ...(await load(wider, [...all])) };
  for (let more = await absent(files, all); more.length > 0; more = await absent(files, all)) {
    const { documents, digests } = await load(wider, more);
    for (const path of more) all.add(path);
    if (all.size > MAX_FILES) throw tooMany(root);
    documents.forEach((document, path) => files.documents.set(path, document));
    digests.forEach((digest, path) => files.digests.set(path, digest));
  }
  return files;
}

/** Schemas that relative addresses name and that are not among the files yet. */
async function absent(files: Loaded & { root: string }, known: ReadonlySet<string>): Promise<string[]> {
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

interface Loaded {
  readonly documents: Map<string, Uint8Array>;
  readonly digests: Map<string, string>;
  readonly catalogs: Map<string, Catalog>;
}

async function load(root: string, paths: readonly string[]): Promise<Loaded> {
  const documents = new Map<string, Uint8Array>();
  const digests = new Map<string, string>();
  const catalogs = new Map<string, Catalog>();
  const reader = new FileReader();
  for (const path of paths) {
    if (path.endsWith('.xsd')) {
      const document = await reader.read(root, path);
      digests.set(path, createHash('sha256').update(document).digest('hex'));
      documents.set(path, Uint8Array.from(respelled(withoutAnnotations(inUtf8(document, path)))));
    } else if (isCatalogName(path)) {
      const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      const catalog = readCatalog(await reader.read(root, path), folder);
      if (catalog !== undefined) catalogs.set(folder, catalog);
    }
  }
  return { documents, digests, catalogs };
}

const DECLARED = /^(<\?xml\s[^>]*?)\s+encoding\s*=\s*(?:"([^"]*)"|'([^']*)')/u;

/** A schema document in UTF-8, whatever encoding it says that it is in; `InputError` for one that nobody knows. */
function inUtf8(document: Uint8Array, path: string): Uint8Array {
  const marked =
    (document[0] === 0xff && document[1] === 0xfe) || (document[0] === 0xfe && document[1] === 0xff);
  const start = Buffer.from(document.buffer, document.byteOffset, Math.min(document.length, 200)).toString(
    'latin1',
  );
  const [, , double, single] = DECLARED.exec(start) ?? [];
  const encoding = marked ? (document[0] === 0xff ? 'utf-16le' : 'utf-16be') : (double ?? single ?? 'utf-8');
  if (/^utf-?8$/iu.test(encoding)) return document;
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(document);
    return new TextEncoder().encode(text.replace(DECLARED, '$1'));
  } catch (cause) {
    throw new InputError('malformed', `the schema is not in ${encoding.slice(0, 40)}, as it says`, {
      path,
      cause,
    });
  }
}

async function hasCatalog(folder: string): Promise<boolean> {
  const found = (await readdir(folder).catch((): string[] => [])).filter(isCatalogName).sort();
  for (const name of found) {
    if (readCatalog(await new FileReader().read(folder, name), '') !== undefined) return true;
  }
  return false;
}

function isCatalogName(path: string): boolean {
  return /(?:^|\/)[^/]*catalog[^/]*\.xml$/iu.test(path);
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

function tooMany(root: string): InputError {
  return new InputError('too-large', `the folder holds more than ${MAX_FILES} schemas`, { path: root });
}

/** Reads files one after the other into the same memory, which each next one overwrites. */
class FileReader {
  #memory = Buffer.alloc(0);

  async read(root: string, path: string): Promise<Uint8Array> {
    const file = await open(join(root, path));
    try {
      const { size } = await file.stat();
      if (size > MAX_FILE_BYTES) {
        const message = `a schema has more than ${MAX_FILE_BYTES} bytes`;
        throw new InputError('too-large', message, { path: join(root, path) });
      }
      if (size > this.#memory.length) this.#memory = Buffer.alloc(size);
      let length = 0;
      while (length < size) {
        const { bytesRead } = await file.read(this.#memory, length, size - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return this.#memory.subarray(0, length);
    } finally {
      await file.close();
    }
  }
}
