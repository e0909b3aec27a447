import { referencesIn, schemaAttributes, type SchemaReference } from './references.js';
import type { SchemaFiles } from './load-files.js';

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
      references = referencesIn(this.#files.documents.get(path) ?? new Uint8Array());
      this.#references.set(path, references);
    }
    return references;
  }

  #schemaOf(path: string): ReadonlyMap<string, string> {
    let schema = this.#schemas.get(path);
    if (schema === undefined) {
      schema = schemaAttributes(this.#files.documents.get(path) ?? new Uint8Array());
      this.#schemas.set(path, schema);
    }
    return schema;
  }
}
