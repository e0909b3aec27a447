import type { SchemaDescriptor, TypeDescriptor, TypeName } from './descriptor.js';
import { Components, type ExpandedKey } from './xsd-components.js';
import { elementType } from './xsd-content.js';
import { TypeReader } from './xsd-types.js';

/** A schema document and, when it has no target namespace, that of a document that includes it. */
export interface SchemaDocument {
  readonly bytes: Uint8Array;
  readonly namespace: string;
}

/** A set of schema documents and what it is called. */
export interface SchemaDocuments {
  /** Namespace of the entry. */
  readonly namespace: string;
  /**
   * The documents, each after those that draw it in; one without a target namespace once for each that it takes. Bytes alone
   * take that of the entry.
   */
  readonly documents: Iterable<Uint8Array | SchemaDocument>;
  readonly sha256: string;
  readonly publisher: string;
  /** Version that the schema gives itself; the fixed `version` of its messages comes first. */
  readonly version?: string | undefined;
}

/**
 * The descriptor of a schema set, with a root for every global element. `InputError` with the path in the schema:
 * `unsupported` for constructs of XML Schema 1.1 that it has no place for (`xs:override`), `missing` for names that lead nowhere.
 */
export function describeSchemas(set: SchemaDocuments): SchemaDescriptor {
  const components = new Components();
  for (const each of set.documents) {
    if (each instanceof Uint8Array) components.add(each, set.namespace);
    else components.add(each.bytes, each.namespace);
  }
  components.redefine();
  const prefixes = components.prefixes();
  const reader = new TypeReader(components, prefixes);
  const elements = components.all('element').map(([key]) => key);
  const roots = elements.map((key) => [reader.nameOf(key), elementType(reader, key)] as const);
  // What nothing refers to may still be named in xsi:type.
  for (const [key] of components.all('type')) reader.named(key);
  const types = Object.fromEntries([...reader.all()].sort(([a], [b]) => (a < b ? -1 : 1)));
  const used = new Set([...roots.map(([name]) => name), ...namesIn(types)].map(prefixOf));
  return {
    standard: fixedOf('standard', set.namespace, elements, types, reader) ?? set.namespace,
    version: fixedOf('version', set.namespace, elements, types, reader) ?? set.version ?? '',
    publisher: set.publisher,
    sha256: set.sha256,
    namespaces: Object.fromEntries(
      [...prefixes]
        .map(([namespace, prefix]) => [prefix, namespace] as const)
        .filter(([prefix]) => used.has(prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    roots: Object.fromEntries(roots),
    types,
  };
}

/** The value that the messages of the entry's namespace fix for an attribute. */
function fixedOf(
  attribute: string,
  namespace: string,
  elements: readonly ExpandedKey[],
  types: Readonly<Record<TypeName, TypeDescriptor>>,
  reader: TypeReader,
): string | undefined {
  for (const key of elements) {
    if (!key.startsWith(`{${namespace}}`)) continue;
    const type = types[elementType(reader, key)];
    const found =
      type?.kind === 'complex' ? type.attributes?.find((each) => each.attribute === attribute) : undefined;
    if (found?.fixed !== undefined) return found.fixed;
  }
  return undefined;
}

/** Every qualified name in the types, to know which prefixes are needed. */
function namesIn(types: Readonly<Record<TypeName, TypeDescriptor>>): readonly string[] {
  const names: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'element' || key === 'attribute' || key === 'type' || key === 'base')
          names.push(String(inner));
        else visit(inner);
      }
    }
  };
  visit(Object.values(types));
  names.push(...Object.keys(types));
  return names;
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? '' : name.slice(0, colon);
}
