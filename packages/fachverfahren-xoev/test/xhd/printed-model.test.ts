import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { XhdMessage } from '../../src/xhd/index.js';
import { xmlShape } from '../../src/xhd/xml-shape.js';
import type { ObjectShape, XmlShape } from '../../src/xhd/xml-shape.js';

const MODEL = fileURLToPath(
  new URL('../../../../../shared/data/xoev/xhd/xhd-1.6.1-model.json', import.meta.url),
);

interface PrintedType {
  readonly extends?: string;
  readonly fields: readonly { readonly name: string; readonly type: string; readonly card: string }[];
}

/** Types whose content the model tells in words, or that stand for another standard. */
const OPAQUE = new Set(['TRBiometricsXMLType', 'BildType']);

describe.skipIf(!existsSync(MODEL))('the model of XhD (needs ../shared/data)', () => {
  const types: Readonly<Record<string, PrintedType>> = existsSync(MODEL)
    ? (JSON.parse(readFileSync(MODEL, 'utf8')) as { types: Record<string, PrintedType> }).types
    : {};

  const fieldsOf = (type: string): PrintedType['fields'] => {
    const printed = types[type];
    if (printed === undefined) return [];
    const inherited = printed.extends === undefined ? [] : fieldsOf(printed.extends);
    return [...inherited, ...printed.fields].filter(({ name }) => name !== 'any');
  };

  /** Names, order and cardinality below a type, each compared with what is printed. */
  const compare = (shape: ObjectShape, type: string, path: string, seen: Set<string>): void => {
    const own = shape.fields
      .filter(({ place }) => place === 'element' || place === 'attribute')
      .map(({ name, place, many, optional }) => [place === 'attribute' ? `@${name}` : name, many, optional]);
    const printed = fieldsOf(type).map(({ name, card }) => [name, !/1$/.test(card), card.startsWith('0')]);
    expect(own, `${path} (${type})`).toEqual(printed);
    seen.add(type);
    for (const { name, type: below } of fieldsOf(type)) {
      const field = shape.fields.find((each) => each.name === name);
      if (field !== undefined && types[below] !== undefined && !OPAQUE.has(below)) {
        compareAny(field.shape, below, `${path}/${name}`, seen);
      }
    }
  };

  const compareAny = (shape: XmlShape, type: string, path: string, seen: Set<string>): void => {
    if (shape.kind === 'object') compare(shape, type, path, seen);
    else if (shape.kind === 'union') {
      for (const [name, option] of shape.options) compare(option, name, path, seen);
    } else throw new Error(`${path} is no object`);
  };

  it('has names, order and cardinality as printed, in all seven messages', () => {
    const shape = xmlShape(XhdMessage);
    if (shape.kind !== 'union') throw new Error('the messages are no union');
    expect([...shape.options.keys()].sort()).toEqual(
      Object.entries(types)
        .filter(([, type]) => type.extends === 'AbstrakteNachrichtType')
        .map(([name]) => name)
        .sort(),
    );
    const seen = new Set<string>();
    for (const [name, option] of shape.options) compare(option, name, name, seen);
    expect(seen.size).toBeGreaterThan(35);
  });
});
