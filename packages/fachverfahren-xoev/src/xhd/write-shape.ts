import { element } from '../xmeld/xml-writer.js';
import type { XmlElement } from '../xmeld/xml-writer.js';
import { parseElementText } from './foreign-element.js';
import type { ObjectShape, XmlShape } from './xml-shape.js';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
/** Version that all printed code lists have. */
const LIST_VERSION = '1.0';

/** A checked message as XML, every element of the standard under the prefix `xhd`. */
export function writeShape(shape: XmlShape, message: unknown, namespace: string): XmlElement {
  if (shape.kind !== 'union') throw new TypeError('a message is told by its root element');
  const name = lexical(fieldOf(message, shape.key));
  return contentOf(name, branch(shape, name), message, { 'xmlns:xhd': namespace, 'xmlns:xsi': XSI });
}

function written(name: string, shape: XmlShape, value: unknown): XmlElement {
  switch (shape.kind) {
    case 'string':
    case 'integer':
    case 'boolean':
      return element(`xhd:${name}`, lexical(value));
    case 'code':
      return element(`xhd:${name}`, [element('code', lexical(value))], {
        listURI: shape.listUri,
        listVersionID: LIST_VERSION,
      });
    case 'foreign':
      return parseElementText(lexical(value));
    case 'object':
      return contentOf(name, shape, value);
    case 'union': {
      const type = lexical(fieldOf(value, shape.key));
      return contentOf(name, branch(shape, type), value, { 'xsi:type': `xhd:${type}` });
    }
    default:
      return shape satisfies never;
  }
}

function contentOf(
  name: string,
  shape: ObjectShape,
  value: unknown,
  outer: Readonly<Record<string, string>> = {},
): XmlElement {
  const present = shape.fields.flatMap((field) => {
    const own = fieldOf(value, field.name);
    return own === undefined ? [] : [{ field, own }];
  });
  const content = present.find(({ field }) => field.place === 'content');
  const attributes = present.filter(({ field }) => field.place === 'attribute');
  const children = present
    .filter(({ field }) => field.place === 'element')
    .flatMap(({ field, own }) =>
      (field.many && Array.isArray(own) ? own : [own]).map((each: unknown) =>
        written(field.name, field.shape, each),
      ),
    );
  return element(`xhd:${name}`, content === undefined ? children : lexical(content.own), {
    ...outer,
    ...Object.fromEntries(attributes.map(({ field, own }) => [field.name, lexical(own)])),
  });
}

function branch(shape: Extract<XmlShape, { kind: 'union' }>, name: string): ObjectShape {
  const option = shape.options.get(name);
  if (option === undefined)
    throw new TypeError('a checked message has a branch that the model does not know');
  return option;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The lexical form of a checked leaf. */
function lexical(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return `${value}`;
  throw new TypeError('a checked message has a leaf of no simple type');
}
