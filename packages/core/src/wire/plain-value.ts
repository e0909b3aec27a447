import { InputError, SdkError } from '@buergerkoffer/formats';
import { BINARY_TYPES, decodeBinary, encodeBinary } from './binary.js';
import { errorOf, fieldsOf } from './wire-error.js';

/** How deep values may be nested. */
const MAX_DEPTH = 64;
/** The key that marks a JSON object which stands for something that JSON cannot say. */
const TAG = '$';

/**
 * `value` as JSON. Plain objects, arrays, strings, booleans, null and finite numbers stand for themselves; what
 * JSON has no word for becomes an object tagged `$`: `undefined`, `number` (NaN, infinities, -0), `bigint`,
 * `date`, `binary` (typed arrays and ArrayBuffer, base64), `error` (the SDK's errors), and `object` for a plain
 * object that itself has a key `$`. Anything else (functions, class instances, symbols, cycles, more than 64
 * levels) is `InputError('unsupported')` with its path.
 */
export function encodeValue(value: unknown, path = '', depth = 0): unknown {
  if (depth > MAX_DEPTH) throw tooDeep(path);
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'undefined':
      return { [TAG]: 'undefined' };
    case 'number':
      if (Number.isFinite(value) && !Object.is(value, -0)) return value;
      return { [TAG]: 'number', text: Object.is(value, -0) ? '-0' : String(value) };
    case 'bigint':
      return { [TAG]: 'bigint', text: value.toString() };
    case 'object':
      return value === null ? null : encodeObject(value, path, depth);
    case 'function':
    case 'symbol':
    default:
      throw notPlain(path, `a ${typeof value}`);
  }
}

function encodeObject(value: object, path: string, depth: number): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return Array.from(items, (item, index) => encodeValue(item, `${path}[${index}]`, depth + 1));
  }
  if (value instanceof SdkError) return { [TAG]: 'error', ...fieldsOf(value) };
  if (value instanceof Date) return { [TAG]: 'date', text: dateText(value, path) };
  const binary = encodeBinary(value);
  if (binary !== undefined) return { [TAG]: 'binary', ...binary };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) throw notPlain(path, 'an instance of a class');
  const entries = Object.entries(value).map(
    ([key, field]) => [key, encodeValue(field, join(path, key), depth + 1)] as const,
  );
  return Object.hasOwn(value, TAG) ? { [TAG]: 'object', entries } : Object.fromEntries(entries);
}

/** The value that `json`, the outcome of JSON.parse, stands for; an unknown or broken tag is `InputError`. */
export function decodeValue(json: unknown, path = '', depth = 0): unknown {
  if (depth > MAX_DEPTH) throw tooDeep(path);
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) {
    const items: readonly unknown[] = json;
    return items.map((item, index) => decodeValue(item, `${path}[${index}]`, depth + 1));
  }
  const fields = new Map<string, unknown>(Object.entries(json));
  if (fields.has(TAG)) return decodeTagged(fields, path, depth);
  return Object.fromEntries(
    [...fields].map(([key, field]) => [key, decodeValue(field, join(path, key), depth + 1)]),
  );
}

function decodeTagged(fields: ReadonlyMap<string, unknown>, path: string, depth: number): unknown {
  switch (fields.get(TAG)) {
    case 'undefined':
      return undefined;
    case 'number':
      return decodeNumber(fields.get('text'), path);
    case 'bigint':
      return decodeBigint(fields.get('text'), path);
    case 'date':
      return decodeDate(fields.get('text'), path);
    case 'binary':
      return decodeBinary(fields.get('type'), fields.get('base64'), path);
    case 'error':
      return errorOf(fields, path);
    case 'object':
      return decodeEntries(fields.get('entries'), path, depth);
    default:
      throw malformed(path, 'an unknown tag');
  }
}

function decodeNumber(text: unknown, path: string): number {
  switch (text) {
    case 'NaN':
    case 'Infinity':
    case '-Infinity':
    case '-0':
      return Number(text);
    default:
      throw malformed(path, 'no special number');
  }
}

function decodeBigint(text: unknown, path: string): bigint {
  if (typeof text !== 'string' || !/^-?\d{1,1000}$/.test(text)) throw malformed(path, 'no integer');
  return BigInt(text);
}

function decodeDate(text: unknown, path: string): Date {
  const date = new Date(typeof text === 'string' ? text : Number.NaN);
  if (Number.isNaN(date.getTime())) throw malformed(path, 'no point in time');
  return date;
}

function decodeEntries(entries: unknown, path: string, depth: number): unknown {
  if (!Array.isArray(entries)) throw malformed(path, 'no list of entries');
  const pairs: readonly unknown[] = entries;
  return Object.fromEntries(
    pairs.map((pair) => {
      if (!Array.isArray(pair)) throw malformed(path, 'no pair of key and value');
      const both: readonly unknown[] = pair;
      const [key, field] = both;
      if (typeof key !== 'string' || both.length !== 2) throw malformed(path, 'no pair of key and value');
      return [key, decodeValue(field, join(path, key), depth + 1)];
    }),
  );
}

function dateText(date: Date, path: string): string {
  if (Number.isNaN(date.getTime())) throw notPlain(path, 'an invalid Date');
  return date.toISOString();
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function tooDeep(path: string): InputError {
  return new InputError('too-large', `values are nested deeper than ${MAX_DEPTH} levels`, { path });
}

function notPlain(path: string, what: string): InputError {
  return new InputError('unsupported', `${what} cannot be sent to another process`, {
    path,
    remedy: `send plain data: objects, arrays, text, numbers, ${BINARY_TYPES.join(', ')}`,
  });
}

function malformed(path: string, what: string): InputError {
  return new InputError('malformed', `${what} where a tagged value stands`, { path });
}
