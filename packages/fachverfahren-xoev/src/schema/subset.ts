import { InputError } from '@buergerkoffer/formats';
import { itemsOf } from './group-items.js';
import type { Particle, QualifiedName, SchemaDescriptor, TypeDescriptor, TypeName } from './descriptor.js';

/**
 * The descriptor with some of its roots and only the types that these need; types that may stand for an abstract one by
 * `xsi:type` stay. `InputError` `missing` for a root that it does not have.
 */
export function subsetOf(descriptor: SchemaDescriptor, roots: readonly QualifiedName[]): SchemaDescriptor {
  const kept = new Set<TypeName>();
  const waiting = roots.map((root) => {
    const type = descriptor.roots[root];
    if (type === undefined) throw new InputError('missing', `the schemas declare no element ${root}`);
    return type;
  });
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const type = descriptor.types[name];
    if (type === undefined || kept.has(name)) continue;
    kept.add(name);
    waiting.push(...typesIn(type));
    if (type.kind === 'complex' && type.abstract === true) waiting.push(...derivedFrom(name, descriptor));
  }
  const isKept = ([name]: readonly [string, unknown]): boolean => kept.has(name);
  const ofKept = Object.entries(descriptor.types).filter(isKept);
  const prefixes = new Set(JSON.stringify(ofKept).match(/(?<=")[\w.-]+(?=:)/gu));
  return {
    ...descriptor,
    namespaces: Object.fromEntries(
      Object.entries(descriptor.namespaces).filter(
        ([prefix]) => prefixes.has(prefix) || roots.some((root) => root.startsWith(`${prefix}:`)),
      ),
    ),
    roots: Object.fromEntries(Object.entries(descriptor.roots).filter(([name]) => roots.includes(name))),
    types: Object.fromEntries(ofKept),
  };
}

/** All types that were derived from a type, directly or not. */
function derivedFrom(base: TypeName, descriptor: SchemaDescriptor): readonly TypeName[] {
  const direct = Object.entries(descriptor.types)
    .filter(([, type]) => type.kind === 'complex' && type.base === base)
    .map(([name]) => name);
  return direct.flatMap((name) => [name, ...derivedFrom(name, descriptor)]);
}

function typesIn(type: TypeDescriptor): readonly TypeName[] {
  const base = type.base === undefined ? [] : [type.base];
  if (type.kind === 'simple')
    return [...base, ...(type.list === undefined ? [] : [type.list]), ...(type.union ?? [])];
  return [
    ...(type.attributes ?? []).map((attribute) => attribute.type),
    ...(type.text === undefined ? [] : [type.text]),
    ...(type.content === undefined ? [] : typesOfParticle(type.content)),
  ];
}

function typesOfParticle(particle: Particle): readonly TypeName[] {
  if ('element' in particle) return [particle.type];
  return 'any' in particle ? [] : itemsOf(particle).flatMap(typesOfParticle);
}
