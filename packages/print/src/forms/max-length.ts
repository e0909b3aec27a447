import { z } from 'zod';

interface JsonSchema {
  readonly type?: string;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema | boolean;
  readonly prefixItems?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
}

const known = new WeakMap<z.ZodType, (path: string) => number | undefined>();

/** For each path of the data the most characters that the schema lets a text have there, as far as it says. */
export function maxLengthOf(schema: z.ZodType): (path: string) => number | undefined {
  const asked = known.get(schema);
  if (asked !== undefined) return asked;
  // What goes in says nothing where refusals come first, what comes out nothing where a text is transformed.
  const roots = (['input', 'output'] as const).map(
    (io) => z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as JsonSchema,
  );
  const lengths = new Map<string, number | undefined>();
  const maxLength = (path: string): number | undefined => {
    if (!lengths.has(path)) lengths.set(path, longest(at(roots, path.split('.'))));
    return lengths.get(path);
  };
  known.set(schema, maxLength);
  return maxLength;
}

/** Every schema that a value at the path may follow. */
function at(schemas: readonly JsonSchema[], path: readonly string[]): JsonSchema[] {
  const here = schemas.flatMap(alternatives);
  const [key, ...rest] = path;
  if (key === undefined) return here;
  return at(
    here.flatMap((schema) => child(schema, key)),
    rest,
  );
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...inner.flatMap(alternatives)];
}

function child(schema: JsonSchema, key: string): JsonSchema[] {
  const property = schema.properties?.[key];
  if (property !== undefined) return [property];
  if (!/^\d+$/u.test(key)) return [];
  const item = schema.prefixItems?.[Number(key)] ?? schema.items;
  return typeof item === 'object' ? [item] : [];
}

/** Nothing where a schema that admits a text does not bound it. */
function longest(schemas: readonly JsonSchema[]): number | undefined {
  const bounds = schemas
    .filter(({ type }) => type === 'string')
    .map(({ maxLength }) => maxLength ?? Infinity);
  const bound = Math.max(0, ...bounds);
  return bound === 0 || bound === Infinity ? undefined : bound;
}
