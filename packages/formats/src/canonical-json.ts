import { InputError } from './error.js';

/** A value that JSON can hold. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Deepest nesting of arrays and objects. */
const MAX_DEPTH = 100;

/**
 * The one text of a JSON value (RFC 8785): keys sorted by UTF-16 code units, no white space, numbers
 * and strings as ECMAScript writes them, so that equal values have equal bytes.
 *
 * What JSON cannot hold without change (undefined, functions, bigint, NaN, infinities, holes in arrays, lone
 * surrogates, instances of classes, keys that are symbols) is `InputError('not-allowed')` with its path; nesting
 * beyond 100, cycles too, is `InputError('too-large')`.
 */
export function canonicalJson(value: unknown): string {
  return serialise(value, '', 0);
}

/**
 * The value of a text that is canonical already: written again it is the same text.
 * Otherwise `InputError('malformed')`, with the offset of the first difference where the text is JSON at all.
 */
export function parseCanonicalJson(text: string): JsonValue {
  const value = parseJson(text);
  const canonical = canonicalJson(value);
  if (canonical === text) return value;
  let offset = 0;
  while (text[offset] === canonical[offset]) offset += 1;
  throw new InputError('malformed', 'the JSON is not in its canonical form', { offset });
}

function parseJson(text: string): JsonValue {
  try {
    // JSON.parse makes nothing but JSON values.
    return JSON.parse(text) as JsonValue;
  } catch {
    // The engine's own message repeats a piece of the text.
    throw new InputError('malformed', 'the text is no JSON');
  }
}

function serialise(value: unknown, path: string, depth: number): string {
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'number':
      if (!Number.isFinite(value)) throw refused('a number that is not finite', path);
      return JSON.stringify(value);
    case 'string':
      return quoted(value, path);
    case 'object':
      if (value === null) return 'null';
      if (depth >= MAX_DEPTH) {
        throw new InputError('too-large', 'the value is nested too deeply or holds itself', {
          path: shortened(path),
        });
      }
      return Array.isArray(value) ? serialiseArray(value, path, depth) : serialiseObject(value, path, depth);
    default:
      throw refused(`a value of type ${typeof value}`, path);
  }
}

function serialiseArray(items: readonly unknown[], path: string, depth: number): string {
  // Array.from turns holes into undefined, which is refused; map would pass over them.
  const texts = Array.from(items, (item, index) => serialise(item, `${path}[${index}]`, depth + 1));
  return `[${texts.join(',')}]`;
}

function serialiseObject(object: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== null && prototype !== Object.prototype) throw refused('an instance of a class', path);
  if (Object.getOwnPropertySymbols(object).length > 0) throw refused('a symbol as key', path);
  const members = Object.entries(object)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => {
      const memberPath = path === '' ? key : `${path}.${key}`;
      return `${quoted(key, memberPath)}:${serialise(member, memberPath, depth + 1)}`;
    });
  return `{${members.join(',')}}`;
}

function quoted(text: string, path: string): string {
  if (/\p{Surrogate}/u.test(text)) throw refused('half of a surrogate pair', path);
  return JSON.stringify(text);
}

function refused(what: string, path: string): InputError {
  return new InputError('not-allowed', `JSON has no form for ${what}`, {
    path: shortened(path),
    remedy: 'leave the member out or give it a value that JSON can hold',
  });
}

function shortened(path: string): string {
  return path.length > 200 ? `${path.slice(0, 200)}…` : path;
}
