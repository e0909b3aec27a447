import { z } from 'zod';
import { latinLetters, unbroken, widest } from './sample-text.js';

/**
 * What a sample holds where its schema leaves a choice, by path, `*` for every item of a list: the value of an enumeration
 * or of a text of fixed shape, and for a union any value by which its wanted branch is known. Undefined leaves a part out.
 */
export type Choices = Readonly<Record<string, string | number | boolean | undefined>>;

/** Data with every text as long as the schema lets it be, every optional part and the most items of each list. */
export function longestOf<T>(schema: z.ZodType<T>, choices: Choices): T {
  let turn = 0;
  const text = (max: number): string => (turn++ % 2 === 0 ? widest(max) : unbroken(max));
  return schema.parse(new Sample(choices, text, Infinity).of(jsonSchemaOf(schema), ''));
}

/** Data whose free texts are made of all letters of String.Latin, one after the other, with two items of each list. */
export function latinOf<T>(schema: z.ZodType<T>, choices: Choices): T {
  const letters = latinLetters();
  let at = 0;
  const text = (max: number): string => {
    let name = '';
    for (let count = 1; ; count++) {
      const next = `${letters[at % letters.length] ?? ''}${count % 8 === 0 ? ' ' : ''}`;
      if (name.length + next.length > Math.min(max, 60)) return name.trim();
      name += next;
      at++;
    }
  };
  return schema.parse(new Sample(choices, text, 2).of(jsonSchemaOf(schema), ''));
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'output' });
}

/** Texts of fixed shape, by format or pattern. */
const FIXED: Readonly<Record<string, string>> = {
  date: '1998-08-28',
  'date-time': '2026-11-28T18:48:00+01:00',
  '^\\d{5}$': '88888',
  '^\\d{8}$': '08888888',
};

class Sample {
  readonly #choices: Choices;
  readonly #text: (max: number) => string;
  readonly #mostItems: number;

  constructor(choices: Choices, text: (max: number) => string, mostItems: number) {
    this.#choices = choices;
    this.#text = text;
    this.#mostItems = mostItems;
  }

  of(schema: JsonSchema, path: string): unknown {
    const options = schema.oneOf ?? schema.anyOf;
    if (options !== undefined) return this.of(this.#branch(options, path), path);
    if (schema.type === 'object') return this.#object(schema, path);
    if (schema.type === 'array') {
      const length = Math.min(schema.maxItems ?? 1, Math.max(schema.minItems ?? 0, this.#mostItems));
      return Array.from({ length }, () => this.of(schemaOf(schema.items), `${path}.*`));
    }
    if (path in this.#choices) return this.#choices[path];
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return schema.enum.at(-1);
    switch (schema.type) {
      case 'boolean':
        return true;
      case 'integer':
      case 'number':
        return schema.maximum;
      default:
        return FIXED[schema.format ?? schema.pattern ?? ''] ?? this.#text(schema.maxLength ?? 0);
    }
  }

  #object(schema: JsonSchema, path: string): object {
    const entries = Object.entries(schema.properties ?? {}).map(
      ([key, property]) => [key, path === '' ? key : `${path}.${key}`, property] as const,
    );
    const wanted = entries.filter(([, at]) => !(at in this.#choices) || this.#choices[at] !== undefined);
    return Object.fromEntries(wanted.map(([key, at, property]) => [key, this.of(schemaOf(property), at)]));
  }

  /** The branch whose fixed values include the chosen one; else the first. */
  #branch(options: readonly JsonSchema[], path: string): JsonSchema {
    const chosen = this.#choices[path];
    const fits = options.find((option) =>
      Object.values(option.properties ?? {}).some((property) => {
        const { const: fixed, enum: values = [] } = schemaOf(property);
        return chosen !== undefined && (fixed === chosen || values.includes(chosen));
      }),
    );
    const found = fits ?? options[0];
    if (found === undefined) throw new RangeError(`nothing to choose at ${path}`);
    return found;
  }
}

function schemaOf(
  schema: z.core.JSONSchema._JSONSchema | readonly z.core.JSONSchema._JSONSchema[] = {},
): JsonSchema {
  return typeof schema === 'object' && !Array.isArray(schema) ? (schema as JsonSchema) : {};
}
