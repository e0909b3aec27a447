import { attributeOf } from '../message/tree.js';
import type { ComplexType, SimpleType, TypeDescriptor, TypeName } from './descriptor.js';
import { AttributeReader } from './xsd-attributes.js';
import { ContentReader } from './xsd-content.js';
import {
  expand,
  inScope,
  isTrue,
  unsupported,
  XS,
  type Component,
  type Components,
  type ExpandedKey,
  type TypeNames,
} from './xsd-components.js';
import { facetsOf } from './xsd-facets.js';

/** Namespace of the data types of DIN 91379:2022-08 as KoSIT publishes them; they are built in. */
export const DIN_91379 = 'urn:xoev-de:kosit:xoev:datentyp:din-91379_2022-08';

/**
 * Makes descriptors of types, each once. A type is named before it is described, since what it holds may be derived from
 * it: only what it is derived from itself must have been described before.
 */
export class TypeReader implements TypeNames {
  readonly #types = new Map<TypeName, TypeDescriptor>();
  readonly #names = new Set<TypeName>();
  readonly #waiting = new Map<TypeName, Component>();
  readonly components: Components;
  readonly #prefixes: ReadonlyMap<string, string>;
  readonly #attributes: AttributeReader;
  readonly #content: ContentReader;

  constructor(components: Components, prefixes: ReadonlyMap<string, string>) {
    this.components = components;
    this.#prefixes = prefixes;
    this.#attributes = new AttributeReader(this);
    this.#content = new ContentReader(this);
  }

  has(name: TypeName): boolean {
    return this.#names.has(name);
  }

  /** All types that were named, and those that they need. */
  all(): ReadonlyMap<TypeName, TypeDescriptor> {
    for (const name of this.#waiting.keys()) this.#described(name);
    return this.#types;
  }

  /** `prefix:local` for an expanded name, the local name alone outside any namespace. */
  nameOf(key: ExpandedKey): string {
    const end = key.indexOf('}');
    const namespace = key.slice(1, end);
    if (namespace === '') return key.slice(end + 1);
    const prefix =
      namespace === XS ? 'xs' : namespace === DIN_91379 ? 'din91379' : this.#prefixes.get(namespace);
    return `${prefix ?? namespace}:${key.slice(end + 1)}`;
  }

  /** The name of a global type. */
  named(key: ExpandedKey): TypeName {
    const name = this.nameOf(key);
    if (key.startsWith(`{${XS}}`) || /^din91379:datatype[A-E]$/u.test(name) || this.has(name)) return name;
    this.#name(name, this.components.named('type', key));
    return name;
  }

  /** The type of an element or attribute: the one it names, or its own, which is called after `owner`. */
  typeOf(component: Component, owner: string, without: string): TypeName {
    const { element, scope } = component;
    const type = attributeOf(element, 'type');
    if (type !== undefined) return this.named(expand(type, scope, element));
    const own = element.children.find(({ local }) => local === 'complexType' || local === 'simpleType');
    return own === undefined ? without : this.anonymous({ ...component, element: own }, owner);
  }

  /** A type without a name of its own; `owner` is made unique when one is called so already. */
  anonymous(component: Component, owner: string): TypeName {
    let name = owner;
    for (let count = 2; this.has(name); count += 1) name = `${owner}~${count}`;
    this.#name(name, component);
    return name;
  }

  #name(name: TypeName, component: Component): void {
    this.#names.add(name);
    this.#waiting.set(name, component);
  }

  /** The descriptor of a type that was named; `undefined` for built-in types. */
  #described(name: TypeName): TypeDescriptor | undefined {
    const waiting = this.#waiting.get(name);
    if (waiting === undefined) return this.#types.get(name);
    this.#waiting.delete(name);
    const { element, document, scope } = waiting;
    const component = { element, document, scope: inScope(element, scope) };
    const made =
      element.local === 'simpleType' ? this.#simple(component, name) : this.#complex(component, name);
    this.#types.set(name, made);
    return made;
  }

  #simple(component: Component, name: TypeName): SimpleType {
    const { element, scope } = component;
    const body = element.children.find(({ local }) => local !== 'annotation');
    if (body === undefined) throw unsupported('a simple type without content', element);
    const inner = { ...component, element: body };
    const own = body.children.filter(({ local }) => local === 'simpleType');
    const reference = (attribute: string): readonly TypeName[] =>
      (attributeOf(body, attribute)?.trim().split(/\s+/u) ?? []).map((each) =>
        this.named(expand(each, scope, body)),
      );
    const owned = (): readonly TypeName[] =>
      own.map((each) => this.anonymous({ ...inner, element: each }, `${name}/of`));
    if (body.local === 'restriction') {
      const [base = owned()[0] ?? 'xs:anySimpleType'] = reference('base');
      return { kind: 'simple', base, ...facetsOf(body) };
    }
    if (body.local === 'list') {
      return {
        kind: 'simple',
        base: 'xs:anySimpleType',
        list: reference('itemType')[0] ?? owned()[0] ?? 'xs:anySimpleType',
      };
    }
    if (body.local === 'union') {
      return { kind: 'simple', base: 'xs:anySimpleType', union: [...reference('memberTypes'), ...owned()] };
    }
    throw unsupported(`xs:${body.local} in a simple type`, body);
  }

  #complex(component: Component, name: TypeName): ComplexType {
    const { element } = component;
    const marks = {
      ...(isTrue(element, 'abstract') ? { abstract: true as const } : {}),
      ...(isTrue(element, 'mixed') ? { mixed: true as const } : {}),
    };
    const derived = element.children.find(
      ({ local }) => local === 'complexContent' || local === 'simpleContent',
    );
    if (derived === undefined) {
      return {
        kind: 'complex',
        ...marks,
        ...this.#attributes.of(component, name),
        ...this.#content.of(component, name),
      };
    }
    const body = derived.children.find(({ local }) => local === 'extension' || local === 'restriction');
    if (body === undefined) throw unsupported('a derived type without derivation', derived);
    const inner = { ...component, element: body, scope: inScope(body, inScope(derived, component.scope)) };
    const mixed = isTrue(derived, 'mixed') ? { mixed: true as const } : {};
    return { kind: 'complex', ...marks, ...mixed, ...this.#derived(inner, derived.local, name) };
  }

  #derived(component: Component, content: string, name: TypeName): Omit<ComplexType, 'kind'> {
    const { element, scope } = component;
    const base = this.named(expand(attributeOf(element, 'base') ?? 'xs:anyType', scope, element));
    const inherited = this.#described(base);
    const parent = inherited?.kind === 'complex' ? inherited : undefined;
    const attributes = this.#attributes.of(component, name, parent);
    const extends_ = element.local === 'extension';
    if (content === 'simpleContent') {
      const text = parent === undefined ? base : (parent.text ?? 'xs:string');
      return { base, ...attributes, text: extends_ ? text : this.#restrictedText(component, text, name) };
    }
    const own = this.#content.of(component, name);
    if (!extends_) return { base, ...attributes, ...own };
    const mixed = parent?.mixed === true ? { mixed: true as const } : {};
    const parts = [parent?.content, own.content].filter((part) => part !== undefined);
    if (parts.length < 2)
      return { base, ...mixed, ...attributes, ...(parts[0] === undefined ? {} : { content: parts[0] }) };
    return { base, ...mixed, ...attributes, content: { sequence: parts.flatMap(inlined) } };
  }

  /** The type of text that is narrowed in place, from what it inherits or from a type given there. */
  #restrictedText(component: Component, inherited: TypeName, name: TypeName): TypeName {
    const { element } = component;
    const own = element.children.find(({ namespace, local }) => namespace === XS && local === 'simpleType');
    const base = own === undefined ? inherited : this.anonymous({ ...component, element: own }, `${name}/of`);
    const facets = facetsOf(element);
    if (Object.keys(facets).length === 0) return base;
    const text = `${name}/text`;
    this.#names.add(text);
    this.#types.set(text, { kind: 'simple', base, ...facets });
    return text;
  }
}

/** The particles of a plain sequence, anything else as it is. */
function inlined(
  content: NonNullable<ComplexType['content']>,
): readonly NonNullable<ComplexType['content']>[] {
  const plain = 'sequence' in content && content.min === undefined && content.max === undefined;
  return plain ? (content.sequence as readonly NonNullable<ComplexType['content']>[]) : [content];
}
