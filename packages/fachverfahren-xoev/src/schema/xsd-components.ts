import { InputError } from '@buergerkoffer/formats';
import { readMessageTree } from '../message/read-tree.js';
import { attributeOf, type MessageElement } from '../message/tree.js';
import type { QualifiedName, TypeName } from './descriptor.js';

/** Namespace of XML Schema. */
export const XS = 'http://www.w3.org/2001/XMLSchema';

/** Namespace of `xml:lang` and `xml:id`, whose prefix nobody needs to declare. */
export const XML = 'http://www.w3.org/XML/1998/namespace';

/** A name in a namespace, as a key: `{namespace}local`. */
export type ExpandedKey = string;

/** A declaration or definition, with what is needed to understand the names in it. */
export interface Component {
  readonly element: MessageElement;
  readonly document: XsdDocument;
  readonly scope: Scope;
}

/** Prefixes that hold at a place of a document. */
export type Scope = ReadonlyMap<string, string>;

/** What the start tag of a schema document says. */
export interface XsdDocument {
  readonly targetNamespace: string;
  readonly elementsQualified: boolean;
  readonly attributesQualified: boolean;
}

/** Kinds of global components, each with names of its own; complex and simple types share theirs. */
export type ComponentKind = 'type' | 'element' | 'attribute' | 'group' | 'attributeGroup';

const KINDS: Readonly<Record<string, ComponentKind>> = {
  complexType: 'type',
  simpleType: 'type',
  element: 'element',
  attribute: 'attribute',
  group: 'group',
  attributeGroup: 'attributeGroup',
};

/** The global components of all documents of a schema set. */
export class Components {
  readonly #found = new Map<string, Component>();
  readonly #prefixes = new Map<string, Map<string, number>>();
  readonly #redefinitions: Component[] = [];
  readonly #added = new Map<Uint8Array, Set<string>>();

  /**
   * Adds a schema document, which a document that draws it in comes before; `namespace` is the one that a document without a
   * target namespace takes. `InputError` `unsupported` for `xs:override`, `malformed` for what is no schema.
   */
  add(bytes: Uint8Array, namespace: string): void {
    // A document that has several addresses is one.
    const taken = this.#added.get(bytes) ?? new Set();
    if (taken.has(namespace)) return;
    this.#added.set(bytes, taken.add(namespace));
    const root = schemaTree(bytes);
    if (root.namespace !== XS || root.local !== 'schema') {
      throw new InputError('malformed', 'the document is no XML Schema', { path: root.path });
    }
    const target = attributeOf(root, 'targetNamespace');
    const document: XsdDocument = {
      targetNamespace: target ?? namespace,
      elementsQualified: attributeOf(root, 'elementFormDefault') === 'qualified',
      attributesQualified: attributeOf(root, 'attributeFormDefault') === 'qualified',
    };
    // Names without prefix in a document that takes a namespace are meant in that one (XML Schema part 1, 4.2.1).
    const scope = inScope(root, target === undefined ? new Map([['', namespace]]) : new Map());
    this.#count(scope);
    // A schema need not declare a prefix for its own namespace.
    if (!this.#prefixes.has(document.targetNamespace))
      this.#prefixes.set(document.targetNamespace, new Map());
    for (const element of root.children) {
      if (element.namespace !== XS) continue;
      if (element.local === 'override') throw unsupported('xs:override', element);
      const inner = inScope(element, scope);
      if (element.local !== 'redefine') this.#add({ element, document, scope: inner });
      else {
        for (const each of declarations(element))
          this.#redefinitions.push({ element: each, document, scope: inScope(each, inner) });
      }
    }
  }

  /** Puts the redefinitions in place of what they redefine, when all documents are there. */
  redefine(): void {
    for (const component of this.#redefinitions.splice(0).reverse()) {
      const key = keyOf(component);
      if (key === undefined) continue;
      const original = this.#found.get(key);
      if (original === undefined)
        throw new InputError('missing', 'the schema redefines what it does not have', {
          path: component.element.path,
        });
      let kept = `${key}~`;
      while (this.#found.has(kept)) kept += '~';
      this.#found.set(kept, original);
      this.#found.set(key, redefined(component, key, kept));
    }
  }

  #add(component: Component): void {
    const key = keyOf(component);
    if (key !== undefined) this.#found.set(key, component);
  }

  find(kind: ComponentKind, key: ExpandedKey): Component | undefined {
    return this.#found.get(`${kind} ${key}`);
  }

  /** The component; `InputError` `missing` when the set has none of that name. */
  named(kind: ComponentKind, key: ExpandedKey): Component {
    const found = this.find(kind, key);
    if (found === undefined) throw new InputError('missing', `the schemas define no ${kind} ${key}`);
    return found;
  }

  /** All components of a kind, sorted by key. */
  all(kind: ComponentKind): readonly (readonly [ExpandedKey, Component])[] {
    return [...this.#found]
      .filter(([key]) => key.startsWith(`${kind} `))
      .map(([key, component]) => [key.slice(kind.length + 1), component] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  /** For each namespace the prefix that most documents use for it, the first in the alphabet among equals. */
  prefixes(): ReadonlyMap<string, string> {
    const chosen = new Map<string, string>();
    const taken = new Set(['', 'xs', 'xsi', 'xml']);
    for (const [namespace, counts] of [...this.#prefixes].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const best = [...counts]
        .filter(([prefix]) => !taken.has(prefix))
        .sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))[0]?.[0];
      const prefix = best ?? `ns${chosen.size + 1}`;
      taken.add(prefix);
      chosen.set(namespace, prefix);
    }
    return chosen;
  }

  #count(scope: Scope): void {
    for (const [prefix, namespace] of scope) {
      if (namespace === XS) continue;
      const counts = this.#prefixes.get(namespace) ?? new Map<string, number>();
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
      this.#prefixes.set(namespace, counts);
    }
  }
}

/** Kind and name of a global component. */
function keyOf({ element, document }: Component): string | undefined {
  const kind = KINDS[element.local];
  const name = attributeOf(element, 'name');
  return kind === undefined || name === undefined
    ? undefined
    : `${kind} {${document.targetNamespace}}${name.trim()}`;
}

/** The redefinition, in which its own name means what it redefines, which is kept under a name that no schema can have. */
function redefined(component: Component, key: string, kept: string): Component {
  const [kind = ''] = key.split(' ', 1);
  const attribute = kind === 'type' ? 'base' : 'ref';
  const visit = (element: MessageElement, outer: Scope): MessageElement => {
    const scope = inScope(element, outer);
    const named =
      kind === 'type' || KINDS[element.local] === kind ? attributeOf(element, attribute) : undefined;
    const isOwn = named !== undefined && `${kind} ${expand(named, scope, element)}` === key;
    return {
      ...element,
      attributes: isOwn
        ? element.attributes.map((each) =>
            each.local === attribute
              ? { ...each, value: `${each.value.trim()}${kept.slice(key.length)}` }
              : each,
          )
        : element.attributes,
      children: element.children.map((child) => visit(child, scope)),
    };
  };
  return { ...component, element: visit(component.element, component.scope) };
}

/** Gives types their names, and makes their descriptors with it. */
export interface TypeNames {
  readonly components: Components;
  /** True when there is a type of this name. */
  has(name: TypeName): boolean;
  /** `prefix:local` for an expanded name, the local name alone outside any namespace. */
  nameOf(key: ExpandedKey): QualifiedName;
  /** The type of an element or attribute: the one it names, or its own, which is called after `owner`. */
  typeOf(component: Component, owner: string, without: TypeName): TypeName;
}

/** The prefixes that hold inside an element. */
export function inScope(element: MessageElement, outer: Scope): Scope {
  if (element.declarations.length === 0) return outer;
  return new Map([...outer, ...element.declarations.map(({ prefix, uri }) => [prefix, uri] as const)]);
}

/** The expanded name of a QName; `InputError` `malformed` for a prefix that is not declared. */
export function expand(name: string, scope: Scope, at: MessageElement): ExpandedKey {
  const [prefix, local] = name.includes(':')
    ? (name.trim().split(':') as [string, string])
    : ['', name.trim()];
  const namespace = prefix === 'xml' ? XML : scope.get(prefix);
  if (namespace === undefined && prefix !== '') {
    throw new InputError('malformed', `the schema uses the prefix ${prefix} without declaring it`, {
      path: at.path,
    });
  }
  return `{${namespace ?? ''}}${local}`;
}

/** Whether a boolean attribute of a schema element is set. */
export function isTrue(element: MessageElement, attribute: string): boolean {
  const value = attributeOf(element, attribute)?.trim();
  return value === 'true' || value === '1';
}

/** A construct of XML Schema that the descriptor has no place for. */
export function unsupported(what: string, at: MessageElement): InputError {
  return new InputError('unsupported', `the schema uses ${what}, which is not supported`, {
    path: at.path,
    remedy: 'validate with the schema; reading and writing by its types is not possible',
  });
}

/** The elements of a schema document, those of its annotations aside. */
export function schemaTree(bytes: Uint8Array): MessageElement {
  return readMessageTree(bare(bytes));
}

/**
 * The document without its annotations, which are most of it, and without the document type declaration that some schemas
 * of the W3C begin with and whose content they do not use.
 */
function bare(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes).replace(ANNOTATION, '');
  const start = text.indexOf('<!DOCTYPE');
  if (start < 0) return new TextEncoder().encode(text);
  const rest = text.slice(start).replace(/^<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>/u, '');
  return new TextEncoder().encode(text.slice(0, start) + rest);
}

const ANNOTATION = /<([\w.-]+:)?annotation\b[^>]*?(?:\/>|>[\s\S]*?<\/\1annotation\s*>)/gu;

/** Children of a schema element that declare something. */
export function declarations(element: MessageElement): readonly MessageElement[] {
  return element.children.filter(({ namespace, local }) => namespace === XS && local !== 'annotation');
}
