import { createHash } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import { withoutAnnotations } from './annotations.js';
import { readCatalog, type Catalog } from './catalog.js';

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
 * and with it the schemas beside it that it names. Symbolic links are not followed. `InputError` `missing` and `too-large`.
 */
export async function readSchemaFiles(folder: string): Promise<SchemaFiles> {
  const named = resolve(folder);
  const own = await listed(named);
  const parent = dirname(named);
  const above = own.some(isCatalogName) || parent === named ? undefined : await catalogIn(parent, '');
  if (above === undefined) return { root: named, folder: '', ...(await load(named, own)) };
  const files = await listed(parent);
  const inner = named.slice(parent.length).replace(/^[/\\]/u, '');
  return { root: parent, folder: inner, ...(await load(parent, files)) };
}

async function load(root: string, files: readonly string[]): Promise<Omit<SchemaFiles, 'root' | 'folder'>> {
  const documents = new Map<string, Uint8Array>();
  const digests = new Map<string, string>();
  const catalogs = new Map<string, Catalog>();
  const reader = new FileReader();
  for (const path of files) {
    if (path.endsWith('.xsd')) {
      const document = await reader.read(root, path);
      digests.set(path, createHash('sha256').update(document).digest('hex'));
      documents.set(path, Uint8Array.from(withoutAnnotations(document)));
    } else if (isCatalogName(path)) {
      const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      const catalog = readCatalog(await reader.read(root, path), folder);
      if (catalog !== undefined) catalogs.set(folder, catalog);
    }
  }
  return { documents, digests, catalogs };
}

async function catalogIn(folder: string, path: string): Promise<Catalog | undefined> {
  const found = (await readdir(folder).catch((): string[] => [])).filter(isCatalogName).sort();
  for (const name of found) {
    const catalog = readCatalog(await new FileReader().read(folder, name), path);
    if (catalog !== undefined) return catalog;
  }
  return undefined;
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
      throw new InputError('missing', 'there is no such folder of schemas', { path: root, cause });
    }
    for (const entry of entries) {
      const inner = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory() && depth < MAX_DEPTH && entry.name !== 'node_modules')
        await visit(inner, depth + 1);
      else if (entry.isFile() && (inner.endsWith('.xsd') || isCatalogName(inner))) found.push(inner);
      if (found.length > MAX_FILES) {
        throw new InputError('too-large', `the folder holds more than ${MAX_FILES} schemas`, { path: root });
      }
    }
  };
  await visit('', 0);
  return found.sort();
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
