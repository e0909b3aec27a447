import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import { withoutAnnotations } from './annotations.js';
import { readCatalog, type Catalog } from './catalog.js';
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

const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** Whether a file may be a catalog, by its name. */
export function isCatalogName(path: string): boolean {
  return /(?:^|\/)[^/]*catalog[^/]*\.xml$/iu.test(path);
}

/** Schema documents and catalogs as they were read, see `SchemaFiles`. */
export interface LoadedFiles {
  readonly documents: Map<string, Uint8Array>;
  readonly digests: Map<string, string>;
  readonly catalogs: Map<string, Catalog>;
}

/** Reads the files at these paths below a root; what is neither schema nor catalog is passed over. */
export async function loadFiles(root: string, paths: readonly string[]): Promise<LoadedFiles> {
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

/** Reads files one after the other into the same memory, which each next one overwrites. */
export class FileReader {
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
