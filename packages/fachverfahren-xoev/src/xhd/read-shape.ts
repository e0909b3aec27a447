import { InputError } from '@buergerkoffer/formats';
import type { ExpandedName } from '../xmeld/xml-reader.js';
import { attributeOf, elementText, resolveQName } from './xml-node.js';
import type { XmlNode } from './xml-node.js';
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
 * end of message and header. `InputError` `unsupported`, `not-allowed` or `malformed` with the path of the element.
 */
export function readShape(shape: XmlShape, root: XmlNode, namespace: string): ReadShape {
  const reader = new ShapeReader(namespace);
  return { message: reader.message(shape, root), foreign: reader.foreign };
}

class ShapeReader {
  readonly foreign: ExpandedName[] = [];
  readonly #namespace: string;

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  message(shape: XmlShape, root: XmlNode): unknown {
    const { uri, local } = root.name;
    const option = shape.kind === 'union' && uri === this.#namespace ? shape.options.get(local) : undefined;
    if (shape.kind !== 'union' || option === undefined) {
      throw new InputError('unsupported', `the document is no message of ${this.#namespace}`);
    }
    return { [shape.key]: local, ...this.#object(option, root, local) };
  }

  #value(shape: XmlShape, node: XmlNode, path: string): unknown {
    switch (shape.kind) {
      case 'string':
        return this.#text(node, path);
      case 'integer': {
        const text = this.#text(node, path).trim();
        if (!/^[+-]?\d{1,10}$/.test(text)) throw new InputError('malformed', 'not a whole number', { path });
        return Number(text);
      }
      case 'boolean':
        return booleanOf(this.#text(node, path).trim(), path);
      case 'code':
        return this.#code(node, path);
      case 'foreign':
        return elementText(node);
      case 'object':
        return this.#object(shape, node, path);
      case 'union':
        return this.#typed(shape, node, path);
      default:
        return shape satisfies never;
    }
  }

  #object(shape: ObjectShape, node: XmlNode, path: string): Readonly<Record<string, unknown>> {
    const elements = shape.fields.filter(({ place }) => place === 'element');
    const content = shape.fields.find(({ place }) => place === 'content');
    if (content === undefined && node.text.trim() !== '') {
      throw new InputError('not-allowed', 'text stands between elements', { path });
    }
    const attributes = shape.fields
      .filter(({ place }) => place === 'attribute')
      .map((field) => [field.name, attributeValue(field, node, path)] as const);
    return Object.fromEntries([
      ...attributes.filter(([, value]) => value !== undefined),
      ...(content === undefined ? [] : [[content.name, this.#text(node, path)] as const]),
      ...this.#children(elements, node, path),
    ]);
  }

  /** Walks fields and children side by side; both only ever go forward. */
  #children(
    fields: readonly XmlField[],
    node: XmlNode,
    path: string,
  ): readonly (readonly [string, unknown])[] {
    const values = new Map<string, unknown[]>();
    let at = 0;
    let isOver = false;
    for (const child of node.children) {
      const childPath = `${path}/${child.name.local}`;
      const found = fields.findIndex((field, index) => index >= at && this.#isNamed(child, field));
      if (found < 0) {
        this.#any(child, childPath);
        isOver = true;
        continue;
      }
      const field = fields[found];
      if (field === undefined || isOver) {
        throw new InputError('not-allowed', 'the element stands behind the end of its parent', {
          path: childPath,
        });
      }
      const list = values.get(field.name) ?? [];
      list.push(this.#value(field.shape, child, field.many ? `${childPath}[${list.length + 1}]` : childPath));
      values.set(field.name, list);
      at = field.many ? found : found + 1;
    }
    return fields.flatMap(({ name, many, optional }) => {
      const list = values.get(name);
      if (list !== undefined) return [[name, many ? list : list[0]] as const];
      if (optional) return [];
      throw new InputError('missing', 'the element is missing', { path: `${path}/${name}` });
    });
  }

  #isNamed(child: XmlNode, { name, shape }: XmlField): boolean {
    if (shape.kind === 'foreign') return child.name.uri === shape.uri && child.name.local === shape.local;
    return child.name.uri === this.#namespace && child.name.local === name;
  }

  #any(child: XmlNode, path: string): void {
    if (child.name.uri === this.#namespace || child.name.uri === '' || !mayHoldAny(path)) {
      throw new InputError('not-allowed', 'the element is not known here, or not in this order', { path });
    }
    this.foreign.push(child.name);
  }

  #typed(shape: Extract<XmlShape, { kind: 'union' }>, node: XmlNode, path: string): unknown {
    const declared = attributeOf(node, XSI, 'type');
    if (declared === undefined) {
      throw new InputError('missing', 'xsi:type is missing where the type is abstract', { path });
    }
    const type = resolveQName(node, declared.trim());
    const option = type.uri === this.#namespace ? shape.options.get(type.local) : undefined;
    if (option === undefined) {
      throw new InputError('unsupported', 'a type that is not modelled', { path: `${path}/@xsi:type` });
    }
    return { [shape.key]: type.local, ...this.#object(option, node, path) };
  }

  /** `code` is unprefixed and the only child (xoev-code 1.0). */
  #code(node: XmlNode, path: string): string {
    const [only] = node.children;
    if (node.children.length !== 1 || only?.name.uri !== '' || only.name.local !== 'code') {
      throw new InputError('malformed', 'a code element holds one unprefixed code', { path });
    }
    return this.#text(only, `${path}/code`).trim();
  }

  #text(node: XmlNode, path: string): string {
    if (node.children.length > 0) throw new InputError('not-allowed', 'elements stand in a text', { path });
    return node.text;
  }
}

/** `any` stands at the end of the message and of its header, nowhere else. */
function mayHoldAny(path: string): boolean {
  return /^[^/]+\/(?:Nachrichtenkopf\/)?[^/]+$/.test(path);
}

function booleanOf(text: string, path: string): boolean {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new InputError('malformed', 'neither true nor false', { path });
}

function attributeValue({ name, shape }: XmlField, node: XmlNode, path: string): unknown {
  const text = node.attributes.get(name);
  if (text === undefined || shape.kind !== 'integer') return text;
  if (!/^\+?\d{1,10}$/.test(text.trim())) {
    throw new InputError('malformed', 'not a whole number', { path: `${path}/@${name}` });
  }
  return Number(text);
}
