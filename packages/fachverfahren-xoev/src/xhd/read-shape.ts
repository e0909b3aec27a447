import { InputError } from '@buergerkoffer/formats';
import type { MessageElement } from '../message/tree.js';
import type { ExpandedName } from '../xmeld/xml-reader.js';
import { elementText, scopeIn } from './foreign-element.js';
import type { NamespaceScope } from './foreign-element.js';
import type { ObjectShape, XmlField, XmlShape } from './xml-shape.js';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** A message as plain data, not yet checked against the model, and the elements of other standards that were in it. */
export interface ReadShape {
  readonly message: unknown;
  /** Names of what stood in `any`: a signature, encrypted data. */
  readonly foreign: readonly ExpandedName[];
}

/**
 * Reads a tree by the model: order, names and namespaces must fit, `any` may hold elements of other namespaces at the
 * end of message and header. `InputError` `unsupported`, `missing`, `not-allowed` or `malformed` with the element's path.
 */
export function readShape(shape: XmlShape, root: MessageElement, namespace: string): ReadShape {
  const reader = new ShapeReader(namespace);
  return { message: reader.message(shape, root), foreign: reader.foreign };
}

/** `any` stands at the end of the message and of its header, nowhere else: below these depths. */
const ANY_PARENTS = /^\/[^/]+(?:\/[^/]*Nachrichtenkopf)?$/;

class ShapeReader {
  readonly foreign: ExpandedName[] = [];
  readonly #namespace: string;

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  message(shape: XmlShape, root: MessageElement): unknown {
    const isOurs = root.namespace === this.#namespace;
    const option = shape.kind === 'union' && isOurs ? shape.options.get(root.local) : undefined;
    if (shape.kind !== 'union' || option === undefined) {
      throw new InputError('unsupported', `the document is no message of ${this.#namespace}`);
    }
    return { [shape.key]: root.local, ...this.#object(option, root, scopeIn(root)) };
  }

  #value(shape: XmlShape, node: MessageElement, scope: NamespaceScope): unknown {
    switch (shape.kind) {
      case 'string':
        return textOf(node);
      case 'integer':
        return integerOf(textOf(node), node.path);
      case 'boolean':
        return booleanOf(textOf(node).trim(), node.path);
      case 'code':
        return codeOf(node);
      case 'foreign':
        return elementText(node, scope);
      case 'object':
        return this.#object(shape, node, scope);
      case 'union':
        return this.#typed(shape, node, scope);
      default:
        return shape satisfies never;
    }
  }

  #object(
    shape: ObjectShape,
    node: MessageElement,
    scope: NamespaceScope,
  ): Readonly<Record<string, unknown>> {
    const content = shape.fields.find(({ place }) => place === 'content');
    if (content === undefined && node.text.trim() !== '') {
      throw new InputError('not-allowed', 'text stands between elements', { path: node.path });
    }
    return Object.fromEntries([
      ...shape.fields
        .filter(({ place }) => place === 'attribute')
        .flatMap((field) => attributeIn(node, field)),
      ...(content === undefined ? [] : [[content.name, textOf(node)] as const]),
      ...this.#children(
        shape.fields.filter(({ place }) => place === 'element'),
        node,
        scope,
      ),
    ]);
  }

  /** Walks fields and children side by side; both only ever go forward. */
  #children(
    fields: readonly XmlField[],
    node: MessageElement,
    scope: NamespaceScope,
  ): readonly (readonly [string, unknown])[] {
    const values = new Map<string, unknown[]>();
    let from = 0;
    for (const child of node.children) {
      const at = fields.findIndex((field, index) => index >= from && this.#isNamed(child, field));
      const field = fields[at];
      if (field === undefined) {
        this.#any(child, node);
        from = fields.length;
        continue;
      }
      const list = values.get(field.name) ?? [];
      list.push(this.#value(field.shape, child, scopeIn(child, scope)));
      values.set(field.name, list);
      from = field.many ? at : at + 1;
    }
    return fields.flatMap(({ name, many, optional }) => {
      const list = values.get(name);
      if (list !== undefined) return [[name, many ? list : list[0]] as const];
      if (optional) return [];
      throw new InputError('missing', `the element ${name} is missing`, { path: node.path });
    });
  }

  #isNamed(child: MessageElement, { name, shape }: XmlField): boolean {
    if (shape.kind === 'foreign') return child.namespace === shape.uri && child.local === shape.local;
    return child.namespace === this.#namespace && child.local === name;
  }

  #any(child: MessageElement, parent: MessageElement): void {
    const isOther = child.namespace !== this.#namespace && child.namespace !== '';
    if (!isOther || !ANY_PARENTS.test(parent.path)) {
      throw new InputError('not-allowed', 'the element is not known here, or not in this order', {
        path: child.path,
      });
    }
    this.foreign.push({ uri: child.namespace, local: child.local });
  }

  #typed(shape: Extract<XmlShape, { kind: 'union' }>, node: MessageElement, scope: NamespaceScope): unknown {
    const { path } = node;
    const declared = node.attributes.find(({ namespace, local }) => namespace === XSI && local === 'type');
    if (declared === undefined) {
      throw new InputError('missing', 'xsi:type is missing where the type is abstract', { path });
    }
    const [, prefix = '', type = ''] = /^\s*(?:([^:\s]*):)?([^:\s]*)\s*$/.exec(declared.value) ?? [];
    const option = scope.get(prefix) === this.#namespace ? shape.options.get(type) : undefined;
    if (option === undefined) throw new InputError('unsupported', 'a type that is not modelled', { path });
    return { [shape.key]: type, ...this.#object(option, node, scope) };
  }
}

/** `code` is unprefixed and the only child (xoev-code 1.0). */
function codeOf(node: MessageElement): string {
  const [only] = node.children;
  if (node.children.length !== 1 || only?.namespace !== '' || only.local !== 'code') {
    throw new InputError('malformed', 'a code element holds one unprefixed code', { path: node.path });
  }
  return textOf(only).trim();
}

function textOf({ children, text, path }: MessageElement): string {
  if (children.length > 0) throw new InputError('not-allowed', 'elements stand in a text', { path });
  return text;
}

function integerOf(text: string, path: string): number {
  if (/^[+-]?\d{1,10}$/.test(text.trim())) return Number(text);
  throw new InputError('malformed', 'not a whole number', { path });
}

function booleanOf(text: string, path: string): boolean {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new InputError('malformed', 'neither true nor false', { path });
}

function attributeIn(
  { attributes, path }: MessageElement,
  { name, shape }: XmlField,
): readonly (readonly [string, unknown])[] {
  const found = attributes.find(({ namespace, local }) => namespace === '' && local === name);
  if (found === undefined) return [];
  return [[name, shape.kind === 'integer' ? integerOf(found.value, `${path}/@${name}`) : found.value]];
}
