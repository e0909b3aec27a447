import { InputError } from '@buergerkoffer/formats';
import type { ComplexType, QualifiedName, SchemaDescriptor, TypeName } from '../schema/descriptor.js';
import { builtInBase } from '../schema/built-in-types.js';
import { planContent, type PlannedGroup } from './plan.js';

/** Namespace of `xsi:type` and `xsi:nil`. */
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const XS = 'http://www.w3.org/2001/XMLSchema';
const XML = 'http://www.w3.org/XML/1998/namespace';

/** Whether a value of `xsi:nil` says that the element is nil. */
export function isNil(value: unknown): boolean {
  return typeof value === 'string' && /^\s*(?:true|1)\s*$/u.test(value);
}

/** The prefix of a qualified name, empty when it has none. */
export function prefixOf(name: string): string {
  const trimmed = name.trim();
  return trimmed.slice(0, Math.max(0, trimmed.indexOf(':')));
}

/** A name in a namespace. */
export interface ResolvedName {
  readonly namespace: string;
  readonly local: string;
}

/** A complex type prepared for reading and writing. */
export interface PlannedType {
  readonly type: ComplexType;
  readonly content: PlannedGroup | undefined;
}

/** What kind of value an element of a type has. */
export type TypeShape =
  | { readonly shape: 'text' }
  | { readonly shape: 'object'; readonly plan: PlannedType }
  | { readonly shape: 'tree' };

/** A descriptor with its content models prepared; types are prepared when they are first needed. */
export class Model {
  readonly descriptor: SchemaDescriptor;
  readonly #plans = new Map<TypeName, PlannedType>();
  readonly #prefixes: ReadonlyMap<string, string>;
  readonly #qualifiedNames = new Map<TypeName, boolean>();

  constructor(descriptor: SchemaDescriptor) {
    this.descriptor = descriptor;
    this.#prefixes = new Map(
      Object.entries(descriptor.namespaces).map(([prefix, namespace]) => [namespace, prefix]),
    );
  }

  /** The namespace and local name that a name of the descriptor stands for. */
  resolve(name: QualifiedName): ResolvedName {
    const colon = name.indexOf(':');
    if (colon < 0) return { namespace: '', local: name };
    const prefix = name.slice(0, colon);
    const namespace = prefix === 'xml' ? XML : prefix === 'xs' ? XS : this.descriptor.namespaces[prefix];
    if (namespace === undefined) {
      throw new InputError('malformed', `the descriptor names no namespace for the prefix ${prefix}`, {
        path: name,
      });
    }
    return { namespace, local: name.slice(colon + 1) };
  }

  /** The descriptor's name for a name in a namespace. */
  nameOf({ namespace, local }: ResolvedName): QualifiedName {
    if (namespace === '') return local;
    if (namespace === XS) return `xs:${local}`;
    return `${this.#prefixes.get(namespace) ?? `{${namespace}}`}:${local}`;
  }

  /** The type of a root element; `InputError` `unsupported` when the descriptor has no such root. */
  rootType(root: QualifiedName): TypeName {
    const type = Object.hasOwn(this.descriptor.roots, root) ? this.descriptor.roots[root] : undefined;
    if (type === undefined) {
      const { standard, version } = this.descriptor;
      throw new InputError(
        'unsupported',
        `the schemas of ${standard} ${version} at hand declare no such message`,
        {
          path: root,
          remedy: 'name the schemas of the version that the message is of',
        },
      );
    }
    return type;
  }

  shapeOf(name: TypeName): TypeShape {
    if (name === 'xs:anyType') return { shape: 'tree' };
    const type = this.descriptor.types[name];
    if (type?.kind !== 'complex') return { shape: 'text' };
    // Text between children has no key: such an element is kept as it was written.
    if (type.mixed === true) return { shape: 'tree' };
    let plan = this.#plans.get(name);
    if (plan === undefined) {
      const target = name.includes(':')
        ? this.resolve(`${name.slice(0, name.indexOf(':'))}:_`).namespace
        : '';
      plan = { type, content: planContent(type, (each) => this.resolve(each), target) };
      this.#plans.set(name, plan);
    }
    return { shape: 'object', plan };
  }

  /** True when a type is the other, or was derived from it. */
  derives(name: TypeName, from: TypeName): boolean {
    const members = this.descriptor.types[from];
    if (members?.kind === 'simple' && members.union?.some((each) => this.derives(name, each)) === true)
      return true;
    for (let each: TypeName | undefined = name; each !== undefined; each = this.#baseOf(each)) {
      if (each === from) return true;
    }
    return from === 'xs:anyType';
  }

  /** Prefixes in a value that may be a qualified name, which must be declared where it stands. */
  prefixesIn(type: TypeName, text: string): readonly string[] {
    if (!this.#mayBeQualifiedName(type)) return [];
    return text.split(/\s+/u).flatMap((name) => prefixOf(name) || []);
  }

  #mayBeQualifiedName(type: TypeName): boolean {
    let known = this.#qualifiedNames.get(type);
    if (known === undefined) {
      const found = this.descriptor.types[type];
      const simple = found?.kind === 'simple' ? found : undefined;
      const parts = [this.#baseOf(type), simple?.list, ...(simple?.union ?? [])];
      known =
        type === 'xs:QName' ||
        type === 'xs:NOTATION' ||
        parts.some((each) => each !== undefined && this.#mayBeQualifiedName(each));
      this.#qualifiedNames.set(type, known);
    }
    return known;
  }

  #baseOf(type: TypeName): TypeName | undefined {
    const found = this.descriptor.types[type];
    return found === undefined ? builtInBase(type) : found.base;
  }
}

const models = new WeakMap<SchemaDescriptor, Model>();

/** The model of a descriptor, made once. */
export function modelOf(descriptor: SchemaDescriptor): Model {
  let model = models.get(descriptor);
  if (model === undefined) {
    model = new Model(descriptor);
    models.set(descriptor, model);
  }
  return model;
}
