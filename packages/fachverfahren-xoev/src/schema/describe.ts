import { attributeOf, type MessageElement } from '../message/tree.js';
import type { SchemaDescriptor, TypeDescriptor, TypeName } from './descriptor.js';
import { Components, expand, inScope, type ExpandedKey } from './xsd-components.js';
import { elementType } from './xsd-content.js';
import { TypeReader } from './xsd-types.js';

/** A set of schema documents and what it is called. */
export interface SchemaDocuments {
  /** Namespace of the entry. */
  readonly namespace: string;
  readonly documents: Iterable<Uint8Array>;
  readonly sha256: string;
  readonly publisher: string;
  /** Version that the schema gives itself; the fixed `version` of its messages comes first. */
  readonly version?: string | undefined;
}

/**
 * The descriptor of a schema set, with a root for every global element. `InputError` with the path in the schema:
 * `unsupported` for constructs that it has no place for (redefinitions), `missing` for names that lead nowhere.
 */
export function describeSchemas(set: SchemaDocuments): SchemaDescriptor {
  const components = new Components(set.namespace);
  for (const bytes of set.documents) components.add(bytes);
  const prefixes = components.prefixes();
  const reader = new TypeReader(components, prefixes);
  const elements = components.all('element').map(([key]) => key);
  const roots = elements.map((key) => [reader.nameOf(key), elementType(reader, key)] as const);
  addDerived(components, reader);
  const types = Object.fromEntries([...reader.types].sort(([a], [b]) => (a < b ? -1 : 1)));
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

/** Adds what may stand for an abstract type by `xsi:type`, though nothing refers to it. */
function addDerived(components: Components, reader: TypeReader): void {
  for (let count = -1; count !== reader.types.size;) {
    count = reader.types.size;
    for (const [key, { element, scope }] of components.all('type')) {
      const derivation = element.children.flatMap(({ children }) => children).find(isDerivation);
      const base = derivation === undefined ? undefined : attributeOf(derivation, 'base');
      if (derivation === undefined || base === undefined) continue;
      const type = reader.types.get(reader.nameOf(expand(base, inScope(derivation, scope), derivation)));
      if (type?.kind === 'complex' && type.abstract === true) reader.named(key);
    }
  }
}

function isDerivation({ local }: MessageElement): boolean {
  return local === 'extension' || local === 'restriction';
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
