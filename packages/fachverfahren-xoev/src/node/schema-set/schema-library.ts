import { createHash } from 'node:crypto';
import { InputError } from '@buergerkoffer/formats';
import { guardDocument } from '../../message/guard.js';
import { UNDECLARED } from '../../message/finding-text.js';
import { schemaFinding, type SchemaFinding } from '../../message/finding.js';
import { describeSchemas } from '../../schema/describe.js';
import type { SchemaDescriptor } from '../../schema/descriptor.js';
import { rootOf, type RootElement } from '../../message/root.js';
import { closureOf } from './closure.js';
import { wellFormedness, type CompiledSchema } from './engine.js';
import { entriesOf } from './entries.js';
import { Heads } from './heads.js';
import { linkedSchemas } from './linked.js';
import type { SchemaFiles } from './load-files.js';
import { readSchemaFiles } from './schema-files.js';
import { compileSet, publisherOf, redefines, type SchemaSet } from './schema-set.js';
import { validityOf } from './validity.js';

/** What the grammar says about one message. */
export interface Validation {
  readonly schemaValid: boolean;
  readonly findings: readonly SchemaFinding[];
  /** Name and line of the root element, when the document could be read that far. */
  readonly root?: RootElement;
  /** The set that judged. */
  readonly set?: SchemaSet;
}

/** How schemas are opened. */
export interface SchemaLibraryOptions {
  /** The entry document for its namespace, as a path below the folder; only where several could be meant. */
  readonly entry?: string;
}

/**
 * Schema directories as an integrator got them, several versions side by side: a message is judged by the set for its
 * namespace, which is compiled once when it is first needed. Everything is read from the folders when they are opened;
 * no network and no other file is ever reached.
 */
export class SchemaLibrary {
  readonly #shelves: readonly Shelf[];
  readonly #options: SchemaLibraryOptions;
  readonly #sets = new Map<string, SchemaSet>();
  readonly #compiled = new Map<SchemaSet, CompiledSchema>();
  readonly #described = new Map<SchemaSet, SchemaDescriptor>();
  #wider: { readonly key: string; readonly schema: CompiledSchema } | undefined;

  /** @internal Use {@link openSchemas}. */
  constructor(files: readonly SchemaFiles[], options: SchemaLibraryOptions) {
    this.#shelves = files.map((each) => ({ files: each, heads: new Heads(each) }));
    this.#options = options;
  }

  /** Namespaces of the schema documents in the folders that were named, sorted. */
  get namespaces(): readonly string[] {
    const all = this.#shelves.flatMap(({ files, heads }) =>
      [...files.documents.keys()]
        .filter((path) => files.folder === '' || path.startsWith(`${files.folder}/`))
        .map((path) => heads.namespaceOf(path)),
    );
    return [...new Set(all)].filter((namespace) => namespace !== '').sort();
  }

  /**
   * The set for a namespace, `undefined` when there is none; `root` decides where several schemas of the namespace could be
   * meant. `InputError` `missing` when the set is not closed, with the addresses that lead nowhere.
   */
  setFor(namespace: string, root = ''): SchemaSet | undefined {
    for (const shelf of this.#shelves) {
      const entries = entriesOf(namespace, root, shelf.files, shelf.heads, this.#options.entry);
      if (entries.length === 0) continue;
      const key = JSON.stringify([this.#shelves.indexOf(shelf), namespace, ...entries]);
      let set = this.#sets.get(key);
      if (set === undefined) {
        set = this.#makeSet(namespace, entries, shelf);
        this.#sets.set(key, set);
      }
      return set;
    }
    return undefined;
  }

  /** Compiles the set for a namespace now, not with its first message. */
  compile(namespace: string): void {
    const set = this.setFor(namespace);
    if (set === undefined)
      throw new InputError('missing', `there is no schema for the namespace ${namespace}`);
    this.#compiledOf(set);
  }

  /**
   * What a program must know of the set for a namespace, to read, write and show its messages; `root` decides where several
   * schemas of the namespace could be meant. `InputError` `missing` when there is no schema, `unsupported` when it uses
   * constructs of XML Schema 1.1, `not-allowed` when its schemas redefine others each in a way of its own.
   */
  describe(namespace: string, root = ''): SchemaDescriptor {
    const set = this.setFor(namespace, root);
    if (set === undefined) throw noSet(namespace);
    let descriptor = this.#described.get(set);
    if (descriptor === undefined) {
      // Alternatives among redefinitions are no schema together, which the compiler tells.
      if (set.entries.length > 1 && redefines(set)) this.#compiledOf(set);
      descriptor = describeSchemas({
        ...set,
        documents: [...set.documents].flatMap(([address, bytes]) =>
          [...(set.namespaces.get(address) ?? [''])].map((each) => ({ bytes, namespace: each })),
        ),
        publisher: publisherOf(namespace),
      });
      this.#described.set(set, descriptor);
    }
    return descriptor;
  }

  /** Judges a message; findings for whatever is wrong with it, an error only for what is wrong with the schemas. */
  validate(bytes: Uint8Array): Validation {
    const guarded = guardDocument(bytes);
    if (guarded !== undefined) return { schemaValid: false, findings: [guarded] };
    const root = rootOf(bytes);
    const set = root === undefined ? undefined : this.setFor(root.uri, root.local);
    if (root === undefined || set === undefined) {
      const faults = wellFormedness(bytes);
      const findings = faults.length === 0 ? [noSchema(root)] : faults;
      return { schemaValid: false, findings, ...(root === undefined ? {} : { root }) };
    }
    const found = this.#compiledOf(set).validate(bytes);
    const wider = found.some(({ message }) => message.endsWith(UNDECLARED))
      ? this.#widened(set, bytes)
      : undefined;
    const findings = wider?.validate(bytes) ?? found;
    return { schemaValid: findings.length === 0, findings, root, set };
  }

  /** Gives the memory of the compiled schemas back; idempotent. */
  close(): void {
    for (const compiled of this.#compiled.values()) compiled.dispose();
    this.#wider?.schema.dispose();
    this.#wider = undefined;
    this.#compiled.clear();
    this.#sets.clear();
  }

  #compiledOf(set: SchemaSet): CompiledSchema {
    let compiled = this.#compiled.get(set);
    if (compiled === undefined) {
      compiled = compileSet(set);
      this.#compiled.set(set, compiled);
    }
    return compiled;
  }

  /**
   * The set with the schemas of the folder for other namespaces that a message names: a strict wildcard lets stand what
   * they declare. `undefined` when there are none, or none that go together with the set.
   */
  #widened(set: SchemaSet, bytes: Uint8Array): CompiledSchema | undefined {
    const { namespace, entries } = set;
    const shelf = this.#shelves.find(({ files }) => entries.every((path) => files.documents.has(path)));
    if (shelf === undefined) return undefined;
    const { files, heads } = shelf;
    const known = new Set([...set.namespaces.values()].flatMap((each) => [...each]));
    const beside = [...namespacesIn(bytes)]
      .filter((each) => !known.has(each))
      .flatMap((each) => entriesOf(each, '', files, heads, undefined));
    if (beside.length === 0) return undefined;
    const key = JSON.stringify([namespace, entries, beside]);
    if (this.#wider?.key === key) return this.#wider.schema;
    try {
      const schema = compileSet(this.#makeSet(namespace, entries, shelf, beside));
      // One at a time: messages could name any combination of namespaces.
      this.#wider?.schema.dispose();
      this.#wider = { key, schema };
      return schema;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return undefined;
    }
  }

  #makeSet(
    namespace: string,
    entries: readonly string[],
    { files, heads }: Shelf,
    beside: readonly string[] = [],
  ): SchemaSet {
    const closure = closureOf([...entries, ...beside], files, heads);
    const digests = new Set([...closure.files.keys()].flatMap((path) => files.digests.get(path) ?? []));
    const { entry, documents, namespaces } = linkedSchemas(
      { namespace, entries, beside },
      closure,
      files,
      heads,
    );
    const version = entries.map((path) => heads.versionOf(path)).find((each) => each !== undefined);
    const sha256 = createHash('sha256')
      .update([...digests].sort().join('\n'))
      .digest('hex');
    return {
      namespace,
      version,
      entries,
      sha256,
      validity: validityOf(namespace, version),
      documents,
      namespaces,
      address: entry,
      unlocated: closure.unlocated,
    };
  }
}

interface Shelf {
  readonly files: SchemaFiles;
  readonly heads: Heads;
}

/** Opens one or several directories of schemas; of several, the first that has a namespace serves it. */
export async function openSchemas(
  folders: string | readonly string[],
  options: SchemaLibraryOptions = {},
): Promise<SchemaLibrary> {
  const files: SchemaFiles[] = [];
  for (const folder of typeof folders === 'string' ? [folders] : folders)
    files.push(await readSchemaFiles(folder));
  return new SchemaLibrary(files, options);
}

/** The namespaces that a message declares, and none. */
function namespacesIn(bytes: Uint8Array): ReadonlySet<string> {
  const text = new TextDecoder().decode(bytes);
  const declared = [...text.matchAll(/\sxmlns(?::[^\s=]+)?\s*=\s*(?:"([^"]*)"|'([^']*)')/gu)];
  return new Set(['', ...declared.map(([, double, single]) => double ?? single ?? '')]);
}

function noSet(namespace: string): InputError {
  return new InputError('missing', `none of the schemas at hand is for the namespace ${namespace}`);
}

/** A namespace that carries a version is of a standard that is served in other versions only. */
function noSchema(root: RootElement | undefined): SchemaFinding {
  const versioned = root !== undefined && /\d/u.test(root.uri);
  return schemaFinding(
    versioned ? 'V000' : 'X001',
    'none of the schemas at hand describes the namespace of the root element',
    root?.line ?? 0,
    root === undefined ? '' : '/*',
  );
}
