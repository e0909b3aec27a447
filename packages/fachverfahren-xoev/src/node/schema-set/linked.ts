import { attributeOf } from '../../message/tree.js';
import { schemaTree } from '../../schema/xsd-components.js';
import { addressOf, type Closure } from './closure.js';
import type { Heads } from './heads.js';
import { relocated, type SchemaReference } from './references.js';
import type { SchemaFiles } from './load-files.js';

/** The documents of a set as libxml2 is given them. */
export interface LinkedSchemas {
  /** Address to begin with. */
  readonly entry: string;
  /** Documents by address; what they draw in is named by the addresses of this map. */
  readonly documents: ReadonlyMap<string, Uint8Array>;
  /** By address the namespaces that a document takes. */
  readonly namespaces: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a set begins with. */
export interface Beginning {
  readonly namespace: string;
  /** Documents of the namespace. */
  readonly entries: readonly string[];
  /** Documents of other namespaces that count as well, though nothing refers to them. */
  readonly beside: readonly string[];
}

/**
 * The documents of a closure with one address each. libxml2 takes of the documents that are imported for a namespace the
 * first and passes over all others, so several are drawn in by one document that is made here.
 */
export function linkedSchemas(
  beginning: Beginning,
  closure: Closure,
  files: SchemaFiles,
  heads: Heads,
): LinkedSchemas {
  const { namespace, beside } = beginning;
  const documents = new Map<string, Uint8Array>();
  const namespaces = new Map<string, ReadonlySet<string>>();
  const together = new Map<string, string>();
  const collections: (readonly [address: string, namespace: string, paths: readonly string[]])[] = [];
  for (const [each, paths] of membersOf(beginning, closure, heads)) {
    const tops = withoutIncluded(paths, closure);
    const taken = each === namespace ? tops : withoutCopies(tops, closure, files);
    const [only] = taken;
    const isAlone = taken.length === 1 && (each !== namespace || beside.length === 0);
    const address = only !== undefined && isAlone ? addressOf(only) : addressOf(`-all-/${together.size}.xsd`);
    together.set(each, address);
    if (!isAlone) collections.push([address, each, taken]);
  }
  for (const [path, targets] of closure.files) {
    const addresses = new Map<SchemaReference, string>();
    for (const [reference, target] of targets) {
      const isImport = reference.kind === 'import' && heads.namespaceOf(target) === reference.namespace;
      const shared = isImport ? together.get(reference.namespace) : undefined;
      addresses.set(reference, shared ?? addressOf(target));
    }
    documents.set(addressOf(path), relocated(files.documents.get(path) ?? new Uint8Array(), addresses));
    namespaces.set(addressOf(path), closure.namespaces.get(path) ?? new Set());
  }
  const others = new Map(
    [...new Set(beside.map((path) => heads.namespaceOf(path)))].map((each) => [
      each,
      together.get(each) ?? '',
    ]),
  );
  for (const [address, each, paths] of collections)
    documents.set(address, collectionOf(each, paths, each === namespace ? others : new Map()));
  return { entry: together.get(namespace) ?? '', documents, namespaces };
}

/** By namespace the documents that are entries or are imported. */
function membersOf(
  { namespace, entries, beside }: Beginning,
  closure: Closure,
  heads: Heads,
): ReadonlyMap<string, ReadonlySet<string>> {
  const members = new Map([[namespace, new Set(entries)]]);
  const imported = [...closure.files.values()].flatMap((targets) =>
    [...targets].flatMap(([{ kind }, target]) => (kind === 'import' ? [target] : [])),
  );
  for (const path of [...imported, ...beside]) {
    const own = heads.namespaceOf(path);
    members.set(own, (members.get(own) ?? new Set()).add(path));
  }
  return members;
}

/** Those that no other one includes or redefines, directly or not. */
function withoutIncluded(paths: ReadonlySet<string>, closure: Closure): readonly string[] {
  const drawn = new Set<string>();
  for (const path of paths) {
    if (drawn.has(path)) continue;
    for (const each of includedBy(path, closure)) drawn.add(each);
  }
  return [...paths].filter((path) => !drawn.has(path));
}

/** Those that declare nothing which one before declares: of copies of a schema the first counts, as libxml2 would have it. */
function withoutCopies(paths: readonly string[], closure: Closure, files: SchemaFiles): readonly string[] {
  if (paths.length < 2) return paths;
  const seen = new Set<string>();
  const known = new Set<string>();
  return paths.filter((path) => {
    const own = [path, ...includedBy(path, closure)].filter((each) => !seen.has(each));
    const declared = own.flatMap((each) => declaredIn(files.documents.get(each)));
    if (declared.some((name) => known.has(name))) return false;
    for (const each of own) seen.add(each);
    for (const name of declared) known.add(name);
    return true;
  });
}

/** Kinds and names of the global components of a document; complex and simple types share theirs. */
function declaredIn(document: Uint8Array = new Uint8Array()): readonly string[] {
  return schemaTree(document).children.flatMap((child) => {
    const name = attributeOf(child, 'name');
    return name === undefined ? [] : [`${child.local.replace(/^(?:complex|simple)T/u, 't')} ${name.trim()}`];
  });
}

/** The documents that one includes or redefines, directly or not. */
function includedBy(path: string, closure: Closure): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [path];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [{ kind }, target] of closure.files.get(next) ?? []) {
      if (kind === 'import' || target === path || found.has(target)) continue;
      found.add(target);
      waiting.push(target);
    }
  }
  return found;
}

/** A schema document that draws in several of one namespace, and other namespaces by their addresses. */
function collectionOf(
  namespace: string,
  paths: readonly string[],
  others: ReadonlyMap<string, string>,
): Uint8Array {
  const named = (attribute: string, value: string): string => {
    const escaped = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
    return value === '' ? '' : ` ${attribute}="${escaped}"`;
  };
  const imports = [...others].map(
    ([each, address]) => `<xs:import${named('namespace', each)} schemaLocation="${address}"/>`,
  );
  const includes = paths.map((path) => `<xs:include schemaLocation="${addressOf(path)}"/>`);
  return new TextEncoder().encode(
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"${named('targetNamespace', namespace)}>${imports.join('')}${includes.join('')}</xs:schema>`,
  );
}
