import { InputError } from '@buergerkoffer/formats';

/** Longest text in the frame of a message (ids, names, sentences), in characters. */
const MAX_TEXT = 2_000;
/** Most items in one list of a message. */
const MAX_ITEMS = 1_000;

/** The fields of one object that the other side sent, read one by one; every fault is an `InputError` with its path. */
export class Fields {
  readonly #fields: ReadonlyMap<string, unknown>;
  readonly #path: string;

  /** `value` must be an object. */
  constructor(value: unknown, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new InputError('malformed', 'something other than an object', { path });
    }
    this.#fields = new Map(Object.entries(value));
    this.#path = path;
  }

  /** Whatever stands there. */
  any(field: string): unknown {
    return this.#fields.get(field);
  }

  /** Text of at most 2,000 characters. */
  text(field: string): string {
    const value = this.#fields.get(field);
    if (typeof value !== 'string' || value.length > MAX_TEXT) throw this.#wrong(field, 'text');
    return value;
  }

  /** Text, or undefined where the field is absent. */
  optionalText(field: string): string | undefined {
    return this.#fields.get(field) === undefined ? undefined : this.text(field);
  }

  /** Text of at most `maxLength` characters. */
  longText(field: string, maxLength: number): string {
    const value = this.#fields.get(field);
    if (typeof value !== 'string' || value.length > maxLength) throw this.#wrong(field, 'text');
    return value;
  }

  /** Bytes, as a plain Uint8Array that nobody else can change; not copied. */
  bytes(field: string): Uint8Array {
    const value = this.#fields.get(field);
    if (!(value instanceof Uint8Array) || !(value.buffer instanceof ArrayBuffer)) {
      throw this.#wrong(field, 'bytes');
    }
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  }

  /** Whether the field is there and not undefined. */
  has(field: string): boolean {
    return this.#fields.get(field) !== undefined;
  }

  /** An integer from 0 to 2^53 - 1. */
  count(field: string): number {
    const value = this.#fields.get(field);
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      throw this.#wrong(field, 'a number that counts');
    }
    return value;
  }

  /** True or false. */
  truth(field: string): boolean {
    const value = this.#fields.get(field);
    if (typeof value !== 'boolean') throw this.#wrong(field, 'true or false');
    return value;
  }

  /** One of `choices`. */
  oneOf<T extends string>(field: string, choices: readonly T[]): T {
    const value = this.#fields.get(field);
    const choice = choices.find((one) => one === value);
    if (choice === undefined) throw this.#wrong(field, `one of ${choices.join(', ')}`);
    return choice;
  }

  /** An object, as fields of its own. */
  fields(field: string): Fields {
    return new Fields(this.#fields.get(field), this.#join(field));
  }

  /** The keys and values of an object. */
  entries(field: string): readonly (readonly [string, unknown])[] {
    const value = this.#fields.get(field);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.#wrong(field, 'an object');
    }
    return Object.entries(value);
  }

  /** A list of whatever, at most 1,000 items. */
  list(field: string): readonly unknown[] {
    const value = this.#fields.get(field);
    if (!Array.isArray(value) || value.length > MAX_ITEMS) throw this.#wrong(field, 'a list');
    return value;
  }

  /** A list of objects. */
  objects(field: string): readonly Fields[] {
    return this.list(field).map((item, index) => new Fields(item, `${this.#join(field)}[${index}]`));
  }

  #wrong(field: string, wanted: string): InputError {
    return new InputError('malformed', `${this.#join(field)} is not ${wanted}`, { path: this.#join(field) });
  }

  #join(field: string): string {
    return this.#path === '' ? field : `${this.#path}.${field}`;
  }
}

/** `{ [field]: … }` with what `read` reads, or nothing where the field is absent. */
export function maybe<F extends string, T>(
  fields: Fields,
  field: F,
  read: (field: F) => T,
): { readonly [P in F]?: T } {
  return fields.has(field) ? ({ [field]: read(field) } as { readonly [P in F]?: T }) : {};
}
