import * as z from 'zod';
import { roleOf } from './roles.js';

/** What an element holds. */
export type XmlShape =
  | { readonly kind: 'string' | 'integer' | 'boolean' }
  | { readonly kind: 'code'; readonly listUri: string }
  | { readonly kind: 'foreign'; readonly uri: string; readonly local: string }
  | ObjectShape
  /** One of several types that `xsi:type` or the root element tells apart by the field `key`. */
  | { readonly kind: 'union'; readonly key: string; readonly options: ReadonlyMap<string, ObjectShape> };

/** An element with children in the order of `fields`. */
export interface ObjectShape {
  readonly kind: 'object';
  readonly fields: readonly XmlField[];
}

/** One field of an {@link ObjectShape}. */
export interface XmlField {
  readonly name: string;
  readonly place: 'element' | 'attribute' | 'content' | 'type' | 'root';
  readonly many: boolean;
  readonly optional: boolean;
  readonly shape: XmlShape;
}

/**
 * The XML shape of a model: zod keeps the fields of an object in the order in which they are declared, and that order
 * is the standard's. So the schema is the one place where names, order and cardinality stand.
 */
export function xmlShape(schema: z.ZodType): XmlShape {
  const role = roleOf(schema);
  if (role?.place === 'code') return { kind: 'code', listUri: role.listUri };
  if (role?.place === 'foreign') return { kind: 'foreign', uri: role.uri, local: role.local };
  if (schema instanceof z.ZodObject) return objectShape(schema);
  if (schema instanceof z.ZodDiscriminatedUnion) return unionShape(schema);
  if (schema instanceof z.ZodBoolean) return { kind: 'boolean' };
  if (schema instanceof z.ZodNumber) return { kind: 'integer' };
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) {
    return { kind: 'string' };
  }
  throw new TypeError('a schema of the model has no shape in XML');
}

function objectShape(schema: z.ZodObject): ObjectShape {
  const fields = Object.entries(schema.shape).map(([name, declared]): XmlField => {
    const { inner, many, optional } = unwrapped(declared);
    const place = roleOf(inner)?.place;
    return {
      name,
      place: place === undefined || place === 'code' || place === 'foreign' ? 'element' : place,
      many,
      optional,
      shape: xmlShape(inner),
    };
  });
  return { kind: 'object', fields };
}

function unionShape(schema: z.ZodDiscriminatedUnion): XmlShape {
  const key = schema.def.discriminator;
  const options = schema.options.map((option): readonly [string, ObjectShape] => {
    if (!(option instanceof z.ZodObject)) throw new TypeError('a branch of the model is no object');
    const name: unknown = option.shape[key];
    if (!(name instanceof z.ZodLiteral)) throw new TypeError('a branch of the model has no name');
    return [String(name.value), objectShape(option)];
  });
  return { kind: 'union', key, options: new Map(options) };
}

function unwrapped(schema: unknown): {
  readonly inner: z.ZodType;
  readonly many: boolean;
  readonly optional: boolean;
} {
  let inner = schema;
  let many = false;
  const optional = schema instanceof z.ZodOptional;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodArray) {
    if (inner instanceof z.ZodArray) many = true;
    inner = inner.unwrap();
  }
  if (!(inner instanceof z.ZodType)) throw new TypeError('a field of the model has no schema');
  return { inner, many, optional };
}
