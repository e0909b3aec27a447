import { checkStringLatin, isLocalDate, type StringLatinType } from '@buergerkoffer/formats';
import type { SchemaDescriptor, SimpleType, TypeName } from '../schema/descriptor.js';
import { patternOf } from '../schema/xsd-pattern.js';

/**
 * What is wrong with a text as a value of a simple type, in a few words that do not quote it; `undefined` when nothing is.
 * Judges the lexical form and the facets; of types built into XML Schema, those that XÖV standards use.
 */
export function simpleValueFault(
  descriptor: SchemaDescriptor,
  type: TypeName,
  text: string,
): string | undefined {
  if (type.startsWith('din91379:')) return latinFault(type, text);
  if (type.startsWith('xs:')) return builtInFault(type.slice(3), text);
  const found = descriptor.types[type];
  if (found?.kind !== 'simple') return undefined;
  if (found.union !== undefined) {
    const fits = found.union.some((each) => simpleValueFault(descriptor, each, text) === undefined);
    return fits ? undefined : 'is a value of none of the types that it may have';
  }
  if (found.list !== undefined) {
    const { list } = found;
    const items = text.trim() === '' ? [] : text.trim().split(/\s+/u);
    return items.map((item) => simpleValueFault(descriptor, list, item)).find((fault) => fault !== undefined);
  }
  return simpleValueFault(descriptor, found.base, text) ?? facetFault(descriptor, found, text);
}

const LATIN = /^din91379:datatype([A-E])$/u;

function latinFault(type: TypeName, text: string): string | undefined {
  const name = LATIN.exec(type)?.[1];
  if (name === undefined) return undefined;
  const fault = checkStringLatin(text, name as StringLatinType);
  return fault === undefined
    ? undefined
    : `has a character at position ${fault.position} that DIN 91379 ${name} does not allow`;
}

/** How white space counts before facets are looked at: that of the nearest type that says so. */
function whiteSpaceOf(descriptor: SchemaDescriptor, type: TypeName): SimpleType['whiteSpace'] {
  if (type === 'xs:string' || type.startsWith('din91379:')) return 'preserve';
  if (type === 'xs:normalizedString') return 'replace';
  const found = descriptor.types[type];
  if (found?.kind !== 'simple') return 'collapse';
  return found.whiteSpace ?? whiteSpaceOf(descriptor, found.base);
}

function normalized(text: string, whiteSpace: SimpleType['whiteSpace']): string {
  if (whiteSpace === 'preserve') return text;
  const replaced = text.replace(/[\t\n\r]/gu, ' ');
  return whiteSpace === 'replace' ? replaced : replaced.replace(/ +/gu, ' ').replace(/^ | $/gu, '');
}

const patterns = new WeakMap<readonly string[], readonly RegExp[]>();

function compiled(sources: readonly string[]): readonly RegExp[] {
  let found = patterns.get(sources);
  if (found === undefined) {
    found = sources.map(patternOf);
    patterns.set(sources, found);
  }
  return found;
}

function facetFault(descriptor: SchemaDescriptor, type: SimpleType, raw: string): string | undefined {
  const text = normalized(raw, type.whiteSpace ?? whiteSpaceOf(descriptor, type.base));
  if (type.enumeration?.includes(text) === false) return 'is none of the values that the schema lists';
  for (const alternatives of type.patterns ?? []) {
    if (!compiled(alternatives).some((pattern) => pattern.test(text)))
      return 'does not match the pattern of its type';
  }
  const length = Array.from(text).length;
  if (type.length !== undefined && length !== type.length) return `must have ${type.length} characters`;
  if (type.minLength !== undefined && length < type.minLength)
    return `must have at least ${type.minLength} characters`;
  if (type.maxLength !== undefined && length > type.maxLength)
    return `may have at most ${type.maxLength} characters`;
  return rangeFault(type, text);
}

function rangeFault(type: SimpleType, text: string): string | undefined {
  const digits = text.replace(/\D/gu, '').replace(/^0+(?=\d)/u, '');
  if (type.totalDigits !== undefined && digits.length > type.totalDigits)
    return `may have at most ${type.totalDigits} digits`;
  const fraction = text.split('.')[1] ?? '';
  if (type.fractionDigits !== undefined && fraction.length > type.fractionDigits) {
    return `may have at most ${type.fractionDigits} digits after the point`;
  }
  if (type.minInclusive !== undefined && compare(text, type.minInclusive) < 0)
    return `must be at least ${type.minInclusive}`;
  if (type.maxInclusive !== undefined && compare(text, type.maxInclusive) > 0)
    return `may be at most ${type.maxInclusive}`;
  if (type.minExclusive !== undefined && compare(text, type.minExclusive) <= 0)
    return `must be more than ${type.minExclusive}`;
  if (type.maxExclusive !== undefined && compare(text, type.maxExclusive) >= 0)
    return `must be less than ${type.maxExclusive}`;
  return undefined;
}

/** Numbers by value, dates and times by their text, which sorts as they do within one zone. */
function compare(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)];
  if (Number.isNaN(left) || Number.isNaN(right)) return a < b ? -1 : a > b ? 1 : 0;
  return left - right;
}

const ZONE = '(?:Z|[+\\-](?:0\\d|1[0-3]):[0-5]\\d|[+\\-]14:00)?';
const YEAR = '-?(?:[1-9]\\d{3,}|0\\d{3})';
const CLOCK = '(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?|24:00:00(?:\\.0+)?)';

/** Lexical forms of types built into XML Schema (part 2, 3). */
const FORMS: Readonly<Record<string, RegExp>> = {
  boolean: /^(?:true|false|0|1)$/u,
  integer: /^[+\-]?\d+$/u,
  nonNegativeInteger: /^(?:\+?\d+|-0+)$/u,
  positiveInteger: /^\+?0*[1-9]\d*$/u,
  decimal: /^[+\-]?(?:\d+(?:\.\d*)?|\.\d+)$/u,
  unsignedLong: /^(?:\+?\d{1,20}|-0+)$/u,
  unsignedInt: /^(?:\+?\d{1,10}|-0+)$/u,
  unsignedShort: /^(?:\+?\d{1,5}|-0+)$/u,
  long: /^[+\-]?\d{1,19}$/u,
  int: /^[+\-]?\d{1,10}$/u,
  short: /^[+\-]?\d{1,5}$/u,
  date: new RegExp(`^${YEAR}-\\d\\d-\\d\\d${ZONE}$`, 'u'),
  dateTime: new RegExp(`^${YEAR}-\\d\\d-\\d\\dT${CLOCK}${ZONE}$`, 'u'),
  time: new RegExp(`^${CLOCK}${ZONE}$`, 'u'),
  gYear: new RegExp(`^${YEAR}${ZONE}$`, 'u'),
  gYearMonth: new RegExp(`^${YEAR}-(?:0[1-9]|1[0-2])${ZONE}$`, 'u'),
  base64Binary: /^(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}= ?=|(?:[A-Za-z0-9+/] ?){3}=)?$/u,
  hexBinary: /^(?:[0-9A-Fa-f]{2})*$/u,
  ID: /^[\p{L}_][\p{L}\p{N}._\-]*$/u,
  NCName: /^[\p{L}_][\p{L}\p{N}._\-]*$/u,
};

/** Largest values of the unsigned and signed types, as text of the digits. */
const LIMITS: Readonly<Record<string, readonly [bigint, bigint]>> = {
  unsignedLong: [0n, 18_446_744_073_709_551_615n],
  unsignedInt: [0n, 4_294_967_295n],
  unsignedShort: [0n, 65_535n],
  long: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
  int: [-2_147_483_648n, 2_147_483_647n],
  short: [-32_768n, 32_767n],
};

function builtInFault(type: string, raw: string): string | undefined {
  const form = FORMS[type];
  if (form === undefined) return undefined;
  const text = normalized(raw, 'collapse');
  if (!form.test(text)) return `is no xs:${type}`;
  const limits = LIMITS[type];
  if (limits !== undefined) {
    const value = BigInt(text.replace('+', ''));
    if (value < limits[0] || value > limits[1]) return `is no xs:${type}`;
  }
  const date = type === 'date' || type === 'dateTime' ? /^(\d{4}-\d\d-\d\d)/u.exec(text)?.[1] : undefined;
  return date !== undefined && !isLocalDate(date) ? `is no xs:${type}` : undefined;
}
