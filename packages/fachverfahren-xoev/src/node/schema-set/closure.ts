import { posix } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import type { SchemaFiles } from './schema-files.js';

/** An `include`, `import`, `redefine` or `override`. */
export interface SchemaReference {
  readonly kind: string;
  readonly location: string | undefined;
  readonly namespace: string;
}

/** All documents that a schema needs, found without a network. */
export interface Closure {
  /** Address under which the entry stands. */
  readonly entry: string;
  /** Path of the file by address, each after those that draw it in. */
  readonly files: ReadonlyMap<string, string>;
  /** By address the namespaces that a document takes: its own, or those of the documents that include it. */
  readonly namespaces: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Scheme of the addresses of files that no catalog gives another one; nothing can be loaded from it. */
const HERE = 'koffer-schema:///';

/**
 * The files that the schema at `path` needs, directly or not. Every address must lead to a file of the folder, by a
 * catalog or relative to where it stands; `InputError` `missing` lists those that do not. Nothing else is ever opened.
 */
export function closureOf(path: string, files: SchemaFiles, heads: Heads): Closure {
  const entry = HERE + path;
  const found = new Map<string, string>([[entry, path]]);
  const namespaces = new Map<string, Set<string>>();
  const unmapped = new Set<string>();
  const waiting: (readonly [address: string, namespace: string])[] = [[entry, heads.namespaceOf(path)]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [address, namespace] = next;
    const taken = namespaces.get(address) ?? new Set();
    if (taken.has(namespace)) continue;
    namespaces.set(address, taken.add(namespace));
    const file = found.get(address) ?? '';
    for (const reference of heads.referencesOf(file)) {
      if (reference.location === undefined) continue;
      const target = absolute(reference.location, address);
      const inner = found.get(target) ?? locate(target, reference, file, files, heads);
      if (inner === undefined) {
        unmapped.add(target.startsWith(HERE) ? target.slice(HERE.length) : target);
        continue;
      }
      found.set(target, inner);
      const own = heads.namespaceOf(inner);
      waiting.push([target, own === '' && reference.kind !== 'import' ? namespace : own]);
    }
  }
  if (unmapped.size > 0) throw unmappedError(unmapped, files.root);
  return { entry, files: found, namespaces };
}

/** Addresses that lead to no file, so that a schema processor would ask the network or fail. */
function unmappedError(addresses: ReadonlySet<string>, root: string): InputError {
  const list = [...addresses].sort();
  const shown = list.slice(0, 20).join(', ');
  const more = list.length > 20 ? ` and ${list.length - 20} more` : '';
  return new InputError('missing', `the schemas refer to what is not in the folder: ${shown}${more}`, {
    path: root,
    remedy:
      'put the missing files into the folder and map their addresses in its catalog.xml; nothing is loaded from a network',
  });
}

/** The address that `location` means in a document at `base`. */
function absolute(location: string, base: string): string {
  try {
    return new URL(location, base).href;
  } catch {
    return location;
  }
}

/** The file that stands for an address: by the nearest catalog, by where it lies, and without any catalog by its name. */
function locate(
  address: string,
  reference: SchemaReference,
  from: string,
  files: SchemaFiles,
  heads: Heads,
): string | undefined {
  const exists = (path: string | undefined): string | undefined =>
    path !== undefined && files.documents.has(path) ? path : undefined;
  for (let folder = folderOf(from); ; folder = folderOf(folder)) {
    const mapped = exists(files.catalogs.get(folder)?.resolve(address));
    if (mapped !== undefined) return mapped;
    if (folder === '') break;
  }
  if (address.startsWith(HERE)) return exists(decoded(address.slice(HERE.length)));
  const location = reference.location ?? '';
  if (!/^[a-z][a-z0-9+.-]*:/iu.test(location)) {
    return exists(posix.normalize(posix.join(folderOf(from), decoded(location))));
  }
  if (files.catalogs.size > 0) return undefined;
  const name = address.slice(address.lastIndexOf('/') + 1);
  const same = [...files.documents.keys()].filter(
    (path) =>
      path.slice(path.lastIndexOf('/') + 1) === name &&
      (reference.kind !== 'import' || heads.namespaceOf(path) === reference.namespace),
  );
  return same.length === 1 ? same[0] : undefined;
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What schema documents say about themselves, read when it is asked for and once. */
export class Heads {
  readonly #files: SchemaFiles;
  readonly #schemas = new Map<string, ReadonlyMap<string, string>>();
  readonly #references = new Map<string, readonly SchemaReference[]>();

  constructor(files: SchemaFiles) {
    this.#files = files;
  }

  /** The target namespace of a document, empty when it has none. */
  namespaceOf(path: string): string {
    return this.#schemaOf(path).get('targetNamespace') ?? '';
  }

  /** The version that a document gives itself. */
  versionOf(path: string): string | undefined {
    return this.#schemaOf(path).get('version');
  }

  /** What a document draws in. */
  referencesOf(path: string): readonly SchemaReference[] {
    let references = this.#references.get(path);
    if (references === undefined) {
      references = readReferences(this.#files.documents.get(path) ?? new Uint8Array());
      this.#references.set(path, references);
    }
    return references;
  }

  /** Attributes of the start tag of the schema. */
  #schemaOf(path: string): ReadonlyMap<string, string> {
    let schema = this.#schemas.get(path);
    if (schema === undefined) {
      schema = attributesOf(SCHEMA.exec(headOf(this.#files.documents.get(path), SCHEMA))?.[0] ?? '');
      this.#schemas.set(path, schema);
    }
    return schema;
  }
}

const SCHEMA = /<(?:[\w.-]+:)?schema\b[^>]*>/u;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;

/** The first tag of what a schema declares: what it draws in stands before (XML Schema part 1, 3.15.2). */
const COMPONENT =
  /<(?:[\w.-]+:)?(?:complexType|simpleType|element|attribute|attributeGroup|group|notation)\b/u;

/** What stands inside of it is no component of the schema itself: more may follow. */
const REDEFINITION = /<(?:[\w.-]+:)?(?:redefine|override)\b/u;

/** Only start tags are looked at: whether the document is a schema at all, the compiler says. */
function readReferences(bytes: Uint8Array): readonly SchemaReference[] {
  const head = headOf(bytes, COMPONENT);
  const text = REDEFINITION.test(head) ? headOf(bytes) : head;
  const tags = text.matchAll(/<(?:[\w.-]+:)?(import|include|redefine|override)\b[^>]*>/gu);
  return [...tags].map(([tag, kind = '']) => {
    const attributes = attributesOf(tag);
    return {
      kind: detached(kind),
      location: attributes.get('schemaLocation'),
      namespace: attributes.get('namespace') ?? '',
    };
  });
}

/** Bytes from the beginning of a document that are looked at first. */
const HEAD_BYTES = 4_096;

/** The document without its comments as far as `wanted` is found in it, else all of it. */
function headOf(bytes: Uint8Array = new Uint8Array(), wanted?: RegExp): string {
  for (let length = HEAD_BYTES; ; length *= 4) {
    const text = new TextDecoder().decode(bytes.subarray(0, length));
    const head = text.includes('<!--') ? text.replace(/<!--[\s\S]*?(?:-->|$)/gu, '') : text;
    if (length >= bytes.length || wanted?.test(head) === true) return head;
  }
}

function attributesOf(tag: string): ReadonlyMap<string, string> {
  return new Map(
    [...tag.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [
      detached(name),
      detached((double ?? single ?? '').replaceAll('&amp;', '&').trim()),
    ]),
  );
}

/** A copy: what V8 cuts out of a string keeps all of that string in memory. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}
