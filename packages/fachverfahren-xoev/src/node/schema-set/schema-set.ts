import { InputError } from '@buergerkoffer/formats';
import { compileSchema, type CompiledSchema } from './engine.js';
import type { SetValidity } from './validity.js';

/** The schemas for the messages of one namespace, in one version. */
export interface SchemaSet {
  readonly namespace: string;
  /** Version that the schema gives itself. */
  readonly version: string | undefined;
  /** The schema documents that are the entry, as paths below the folder. */
  readonly entries: readonly string[];
  /** SHA-256 over the sorted SHA-256 of all documents of the set: the same wherever the files lie. */
  readonly sha256: string;
  readonly validity: SetValidity;
  /** The documents by address, without their annotations. */
  readonly documents: ReadonlyMap<string, Uint8Array>;
  /** By address the namespaces that a document takes: its own, or those of the documents that include it. */
  readonly namespaces: ReadonlyMap<string, ReadonlySet<string>>;
  /** Address of the entry. */
  readonly address: string;
  /** Namespaces that are imported without an address and that no file of the folder is for. */
  readonly unlocated: ReadonlySet<string>;
}

/** Compiles a set; `InputError` says what an integrator can do about one that cannot be compiled. */
export function compileSet(set: SchemaSet): CompiledSchema {
  try {
    return compileSchema(set.address, (address) => set.documents.get(address));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const absent = [...set.unlocated].find((namespace) => error.message.includes(`{${namespace}}`));
    if (absent !== undefined)
      throw new InputError('missing', `the schemas use the namespace ${absent}, and none is for it`, {
        path: set.namespace,
        remedy: 'put the schema of that namespace into the folder',
        cause: error,
      });
    if (set.entries.length < 2) throw error;
    // Several schemas of one namespace may exclude one another, as the profiles of a protocol do.
    throw new InputError('not-allowed', 'several schemas of the namespace exclude one another', {
      path: set.namespace,
      remedy: `name the entry, one of ${set.entries.join(', ')}`,
      cause: error,
    });
  }
}

/** Whether a document of the set redefines another. */
export function redefines({ documents }: SchemaSet): boolean {
  return [...documents.values()].some((bytes) =>
    /<(?:[\w.-]+:)?redefine\b/u.test(Buffer.from(bytes).toString('latin1')),
  );
}

/** Who publishes the standards of a namespace. */
export function publisherOf(namespace: string): string {
  const kosit = /^https?:\/\/(?:www\d?\.)?(?:osci|xoev)\.de\/|^urn:xoev-de:kosit:/u.test(namespace);
  return kosit ? 'Koordinierungsstelle für IT-Standards (KoSIT)' : 'not stated in the schemas';
}
