import type { QualifiedName, SchemaDescriptor, TypeName } from '../descriptor.js';

/** Identifiers of TypeScript for the complex types and messages of a descriptor. */
export interface Identifiers {
  readonly ofType: (type: TypeName) => string;
  readonly ofRoot: (root: QualifiedName) => string;
}

/**
 * One identifier each, the same whenever the descriptor is: messages are called after their element, types after their
 * name, with the prefix of their namespace when it is not that of the messages; what is taken already gets a number.
 */
export function identifiersOf(descriptor: SchemaDescriptor): Identifiers {
  const taken = new Set<string>();
  const unique = (wanted: string): string => {
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`;
    taken.add(name);
    return name;
  };
  const main = mainPrefix(descriptor);
  const roots = new Map(
    Object.keys(descriptor.roots).map((root) => [root, unique(pascal(root.slice(root.indexOf(':') + 1)))]),
  );
  const ofRootType = new Map(
    Object.entries(descriptor.roots).map(([root, type]) => [type, roots.get(root) ?? '']),
  );
  const types = new Map<TypeName, string>();
  for (const [name, type] of Object.entries(descriptor.types)) {
    if (type.kind !== 'complex') continue;
    const [prefix, local] = name.includes(':')
      ? [name.slice(0, name.indexOf(':')), name.slice(name.indexOf(':') + 1)]
      : ['', name];
    const own = prefix === main ? '' : pascal(prefix);
    const isOwn = name.endsWith('/') ? ofRootType.get(name) : undefined;
    types.set(name, isOwn ?? unique(own + pascal(local.replace(/^type\./u, ''))));
  }
  return { ofType: (type) => types.get(type) ?? 'string', ofRoot: (root) => roots.get(root) ?? '' };
}

/** The prefix that most messages have. */
export function mainPrefix(descriptor: SchemaDescriptor): string {
  const counts = new Map<string, number>();
  for (const root of Object.keys(descriptor.roots)) {
    const prefix = root.slice(0, Math.max(0, root.indexOf(':')));
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return [...counts].sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))[0]?.[0] ?? '';
}

/** `datenuebermittlung.bzranfrage.0430` as `DatenuebermittlungBzranfrage0430`. */
export function pascal(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .split(/[^A-Za-z0-9]+/u);
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^\d/u.test(joined) ? `N${joined}` : joined;
}
