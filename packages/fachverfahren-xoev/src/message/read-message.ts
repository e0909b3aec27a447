import { InputError } from '@buergerkoffer/formats';
import type { QualifiedName, SchemaDescriptor, TypeName } from '../schema/descriptor.js';
import { isNil, modelOf, prefixOf, XSI, type Model, type PlannedType } from './model.js';
import { outerKeys, type KeyUse, type PlannedGroup, type PlannedParticle } from './plan.js';
import { instanceAttributes, readAttributes, refuseAttributes } from './read-attributes.js';
import { readMessageTree } from './read-tree.js';
import { isOptional } from './structure.js';
import { withPrefixes, type MessageElement } from './tree.js';
import type { MessageObject, MessageValue } from './value.js';

/** A message that was read. */
export interface ReadMessage {
  /** Name of the root element in the descriptor. */
  readonly root: QualifiedName;
  readonly value: MessageObject | MessageElement;
  /** Prefix by namespace as the message used it, to write it back the same. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/**
 * The content of a message, by the types of the descriptor. Order, names and cardinality must be those of the schema;
 * values are taken as they are. Comments, processing instructions, white space between elements and
 * `xsi:schemaLocation` are left out. `InputError` with the location path of the first place that does not fit.
 */
export function readMessage(descriptor: SchemaDescriptor, message: Uint8Array | MessageElement): ReadMessage {
  const model = modelOf(descriptor);
  const root = message instanceof Uint8Array ? readMessageTree(message) : message;
  const name = model.nameOf(root);
  const reader = new MessageReader(model);
  const value = reader.value(root, model.rootType(name), new Map());
  return {
    root: name,
    value: typeof value === 'string' ? { '#text': value } : value,
    prefixes: reader.prefixes,
  };
}

type Scope = ReadonlyMap<string, string>;
type Growing = Record<string, MessageValue | MessageValue[]>;

class MessageReader {
  readonly prefixes = new Map<string, string>();
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  value(element: MessageElement, declared: TypeName, outer: Scope): MessageValue {
    this.#note(element.namespace, element.prefix);
    const scope = scopeIn(element, outer);
    const named = element.attributes.find(({ namespace, local }) => namespace === XSI && local === 'type');
    if (declared === 'xs:anyType') return withPrefixes(element, outer);
    const type = named === undefined ? declared : this.#substitute(named.value, declared, scope, element);
    const shape = this.#model.shapeOf(type);
    if (shape.shape === 'tree') return withPrefixes(element, outer);
    const xsi = instanceAttributes(element, named === undefined ? undefined : type);
    if (shape.shape === 'text') {
      refuseAttributes(element, []);
      const text = textOf(element);
      this.#noteNames(type, text, scope);
      return Object.keys(xsi).length === 0 ? text : { ...xsi, '#text': text };
    }
    return this.#object(element, shape.plan, scope, xsi);
  }

  #object(
    element: MessageElement,
    plan: PlannedType,
    scope: Scope,
    xsi: Record<string, string>,
  ): MessageObject {
    const { type, content } = plan;
    const attributes = readAttributes(
      element,
      type,
      this.#model,
      (namespace, prefix) => {
        this.#note(namespace, prefix);
      },
      (each, text) => {
        this.#noteNames(each, text, scope);
      },
    );
    const object: Growing = { ...attributes, ...xsi };
    if (type.text !== undefined) {
      const text = textOf(element);
      this.#noteNames(type.text, text, scope);
      object['#text'] = text;
      return object;
    }
    refuseText(element);
    // White space between elements goes; where there are none, it is all that the element has.
    if (element.children.length === 0 && element.text !== '') object['#text'] = element.text;
    const cursor = new Cursor(element);
    if (content !== undefined && !isNil(xsi['@xsi:nil'])) {
      this.#group(content, cursor, object, scope);
      makeArrays(object, outerKeys(content));
    }
    const rest = cursor.peek();
    if (rest !== undefined) throw unexpected(rest);
    return object;
  }

  /** Reads what fits a particle; `InputError` when something that must stand is missing. */
  #particle(item: PlannedParticle, cursor: Cursor, into: Growing, scope: Scope): void {
    if (item.kind === 'element') {
      let count = 0;
      for (let next = cursor.peek(); next !== undefined && count < item.max; next = cursor.peek()) {
        if (next.local !== item.local || next.namespace !== item.namespace) break;
        add(into, item.key, this.value(next, item.particle.type, scope));
        cursor.advance();
        count += 1;
      }
      if (count < item.min) throw missing(cursor, item.local);
      return;
    }
    if (item.kind === 'any') {
      let count = 0;
      for (let next = cursor.peek(); next !== undefined && count < item.max; next = cursor.peek()) {
        if (!item.admits(next.namespace)) break;
        add(into, '#any', withPrefixes(next, scope));
        cursor.advance();
        count += 1;
      }
      if (count < item.min) throw missing(cursor, 'an element of another schema');
      return;
    }
    this.#group(item, cursor, into, scope);
  }

  #group(group: PlannedGroup, cursor: Cursor, into: Growing, scope: Scope): void {
    if (group.key === undefined) {
      if (group.min > 0 || starts(group, cursor.peek())) this.#once(group, cursor, into, scope);
      return;
    }
    let count = 0;
    while (count < group.max && starts(group, cursor.peek())) {
      const object: Growing = {};
      this.#once(group, cursor, object, scope);
      makeArrays(object, group.keys);
      add(into, group.key, object);
      count += 1;
    }
    // What may be empty need not be seen to stand.
    if (count < group.min && !isOptional({ ...group, min: 1 })) throw missing(cursor, namesOf(group));
  }

  #once(group: PlannedGroup, cursor: Cursor, into: Growing, scope: Scope): void {
    if (group.kind === 'sequence') {
      for (const item of group.items) this.#particle(item, cursor, into, scope);
      return;
    }
    if (group.kind === 'choice') {
      const item = group.items.find((each) => starts(each, cursor.peek()));
      if (item !== undefined) this.#particle(item, cursor, into, scope);
      else if (!group.items.some(isOptional)) throw missing(cursor, namesOf(group));
      return;
    }
    const open = new Set(group.items);
    for (;;) {
      const item = [...open].find((each) => starts(each, cursor.peek()));
      if (item === undefined) break;
      this.#particle(item, cursor, into, scope);
      open.delete(item);
    }
    const left = [...open].find((each) => !isOptional(each));
    if (left !== undefined) throw missing(cursor, namesOf(left));
  }

  #note(namespace: string, prefix: string): void {
    if (namespace !== '' && !this.prefixes.has(namespace)) this.prefixes.set(namespace, prefix);
  }

  /** Notes the prefixes of a value that is a qualified name. */
  #noteNames(type: TypeName, text: string, scope: Scope): void {
    for (const prefix of this.#model.prefixesIn(type, text)) this.#note(scope.get(prefix) ?? '', prefix);
  }

  /** The type that `xsi:type` names. */
  #substitute(value: string, declared: TypeName, scope: Scope, element: MessageElement): TypeName {
    const name = value.trim();
    const prefix = prefixOf(name);
    const local = name.slice(name.indexOf(':') + 1);
    const namespace = scope.get(prefix) ?? '';
    this.#note(namespace, prefix);
    const type = this.#model.nameOf({ namespace, local });
    const isKnown = type in this.#model.descriptor.types || /^(?:xs|din91379):/u.test(type);
    if (!isKnown || !this.#model.derives(type, declared)) {
      throw new InputError(
        'not-allowed',
        `line ${element.line}: xsi:type names a type that may not stand here`,
        {
          path: element.path,
        },
      );
    }
    return type;
  }
}

/** Child elements, one after the other. */
class Cursor {
  readonly parent: MessageElement;
  #at = 0;

  constructor(parent: MessageElement) {
    this.parent = parent;
  }

  peek(): MessageElement | undefined {
    return this.parent.children[this.#at];
  }

  advance(): void {
    this.#at += 1;
  }
}

/** Whether a particle can begin with an element. */
function starts(item: PlannedParticle, next: MessageElement | undefined): boolean {
  if (next === undefined) return false;
  if (item.kind === 'element') return item.local === next.local && item.namespace === next.namespace;
  if (item.kind === 'any') return item.admits(next.namespace);
  if (item.kind !== 'sequence') return item.items.some((each) => starts(each, next));
  for (const each of item.items) {
    if (starts(each, next)) return true;
    if (!isOptional(each)) return false;
  }
  return false;
}

function namesOf(item: PlannedParticle): string {
  if (item.kind === 'element') return item.local;
  return item.kind === 'any' ? 'an element of another schema' : item.items.map(namesOf).join(' or ');
}

function add(into: Growing, key: string, value: MessageValue): void {
  const present = Object.hasOwn(into, key) ? into[key] : undefined;
  if (present === undefined) into[key] = value;
  else if (Array.isArray(present)) present.push(value);
  else into[key] = [present, value];
}

/** What may repeat is an array, however often it stands. */
function makeArrays(object: Growing, keys: Iterable<readonly [string, KeyUse]>): void {
  for (const [key, { many }] of keys) {
    const value = object[key];
    if (many && value !== undefined && !Array.isArray(value)) object[key] = [value];
  }
}

function scopeIn(element: MessageElement, outer: Scope): Scope {
  if (element.declarations.length === 0) return outer;
  return new Map([...outer, ...element.declarations.map(({ prefix, uri }) => [prefix, uri] as const)]);
}

function textOf(element: MessageElement): string {
  const [child] = element.children;
  if (child !== undefined) throw unexpected(child);
  return element.text;
}

function refuseText(element: MessageElement): void {
  if (element.text.trim() === '') return;
  throw new InputError('not-allowed', `line ${element.line}: text may not stand between elements`, {
    path: element.path,
  });
}

function unexpected(element: MessageElement): InputError {
  return new InputError(
    'not-allowed',
    `line ${element.line}: the element ${element.local} may not stand here`,
    {
      path: element.path,
    },
  );
}

function missing(cursor: Cursor, what: string): InputError {
  const next = cursor.peek();
  const line = (next ?? cursor.parent).line;
  const instead = next === undefined ? '' : `, ${next.local} stands there`;
  return new InputError('missing', `line ${line}: ${what} is missing${instead}`, {
    path: cursor.parent.path,
  });
}
