import { itemsOf } from '../schema/group-items.js';
import type { ComplexType, ElementParticle, GroupParticle, Particle } from '../schema/descriptor.js';

/** A piece of a content model, prepared for reading and writing. */
export type PlannedParticle = PlannedElement | PlannedGroup | PlannedAny;

/** How often a piece may stand. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** An element and the key of its value. */
export interface PlannedElement extends Bounds {
  readonly kind: 'element';
  readonly key: string;
  readonly namespace: string;
  readonly local: string;
  readonly particle: ElementParticle;
}

/** A group; one that repeats has a key of its own, under which each repetition is an object. */
export interface PlannedGroup extends Bounds {
  readonly kind: 'sequence' | 'choice' | 'all';
  readonly items: readonly PlannedParticle[];
  readonly key?: string;
  /** Keys that stand directly in the group's object. */
  readonly keys: ReadonlyMap<string, KeyUse>;
}

/** Elements of other schemas, under `#any`. */
export interface PlannedAny extends Bounds {
  readonly kind: 'any';
  readonly key: '#any';
  /** Whether an element of a namespace may stand here. */
  readonly admits: (namespace: string) => boolean;
}

/** How a key is used in an object. */
export interface KeyUse {
  /** It may stand more than once, its value is an array. */
  readonly many: boolean;
  /** It always stands. */
  readonly required: boolean;
  readonly particle: PlannedParticle;
}

/** Prepares the content of a complex type. */
export function planContent(
  type: ComplexType,
  resolve: (name: string) => { readonly namespace: string; readonly local: string },
  targetNamespace: string,
): PlannedGroup | undefined {
  if (type.content === undefined) return undefined;
  const keyOf = keysOf(type.content);
  let groups = 0;
  const plan = (particle: Particle): PlannedParticle => {
    const bounds = {
      min: particle.min ?? 1,
      max: particle.max === 'unbounded' ? Infinity : (particle.max ?? 1),
    };
    if ('element' in particle) {
      return {
        kind: 'element',
        key: keyOf(particle.element),
        ...resolve(particle.element),
        particle,
        ...bounds,
      };
    }
    if ('any' in particle)
      return { kind: 'any', key: '#any', admits: admission(particle.any, targetNamespace), ...bounds };
    return group(particle, bounds);
  };
  const group = (particle: GroupParticle, bounds: Bounds): PlannedGroup => {
    const kind = 'sequence' in particle ? 'sequence' : 'choice' in particle ? 'choice' : 'all';
    const repeats = bounds.max > 1;
    const ordinal = repeats ? (groups += 1) : 0;
    const items = itemsOf(particle).map(plan);
    const own = { kind, items, ...bounds } as const;
    const key = repeats ? { key: `#${kind}${ordinal > 1 ? ordinal : ''}` } : {};
    return { ...own, ...key, keys: usesOf(kind, items) };
  };
  const bounds = {
    min: type.content.min ?? 1,
    max: type.content.max === 'unbounded' ? Infinity : (type.content.max ?? 1),
  };
  return group(type.content, bounds);
}

/** The keys of a group's object. */
function usesOf(kind: PlannedGroup['kind'], items: readonly PlannedParticle[]): ReadonlyMap<string, KeyUse> {
  const uses = new Map<string, KeyUse>();
  for (const item of items) {
    for (const [key, use] of outerKeys(item)) {
      const other = uses.get(key);
      const many = use.many || (other !== undefined && (kind !== 'choice' || other.many));
      const required =
        kind === 'choice' ? use.required && items.length === 1 : use.required || other?.required === true;
      uses.set(key, { many, required, particle: other?.particle ?? use.particle });
    }
  }
  return uses;
}

/** The keys that a particle puts into the object around it. */
export function outerKeys(item: PlannedParticle): readonly (readonly [string, KeyUse])[] {
  if (item.kind === 'element' || item.kind === 'any') {
    return [[item.key, { many: item.max > 1, required: item.min > 0, particle: item }]];
  }
  if (item.key !== undefined) return [[item.key, { many: true, required: item.min > 0, particle: item }]];
  return [...item.keys].map(([key, use]) => [key, { ...use, required: use.required && item.min > 0 }]);
}

/** Local names, with their prefix where two elements of a type differ in nothing else. */
function keysOf(content: GroupParticle): (name: string) => string {
  const byLocal = new Map<string, Set<string>>();
  const visit = (particle: Particle): void => {
    if ('element' in particle) {
      const local = localOf(particle.element);
      byLocal.set(local, (byLocal.get(local) ?? new Set()).add(particle.element));
    } else if (!('any' in particle)) itemsOf(particle).forEach(visit);
  };
  visit(content);
  return (name) => ((byLocal.get(localOf(name))?.size ?? 0) > 1 ? name : localOf(name));
}

function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** What a wildcard's constraint on namespaces admits (XML Schema part 1, 3.10). */
function admission(constraint: string, targetNamespace: string): (namespace: string) => boolean {
  if (constraint === '##any') return () => true;
  if (constraint === '##other') return (namespace) => namespace !== targetNamespace && namespace !== '';
  const listed = new Set(
    constraint.split(/\s+/u).map((each) => {
      return each === '##targetNamespace' ? targetNamespace : each === '##local' ? '' : each;
    }),
  );
  return (namespace) => listed.has(namespace);
}
