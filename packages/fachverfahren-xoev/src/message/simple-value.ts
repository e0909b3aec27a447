import { checkStringLatin, InputError, type StringLatinType } from '@buergerkoffer/formats';
import { builtInBase } from '../schema/built-in-types.js';
import type { SchemaDescriptor, SimpleType, TypeName } from '../schema/descriptor.js';
import { patternOf } from '../schema/xsd-pattern.js';
import { builtInFault } from './built-in-forms.js';
import { compareValues, isSame, lengthOf } from './value-space.js';

/**
 * What is wrong with a text as a value of a simple type, in a few words that do not quote it; `undefined` when nothing is.
 * Judges the lexical form and the facets.
 */
export function simpleValueFault(
  descriptor: SchemaDescriptor,
  type: TypeName,
  text: string,
): string | undefined {
  return faultOf(descriptor, type, normalized(text, whiteSpaceOf(descriptor, type)));
}

/** True when two texts mean the same value of a type, `1` and `true` for example. */
export function isSameValue(descriptor: SchemaDescriptor, type: TypeName, a: string, b: string): boolean {
  const whiteSpace = whiteSpaceOf(descriptor, type);
  return isSame(primitiveOf(descriptor, type), normalized(a, whiteSpace), normalized(b, whiteSpace));
}

function faultOf(descriptor: SchemaDescriptor, type: TypeName, text: string): string | undefined {
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
    return itemsOf(text)
      .map((item) => simpleValueFault(descriptor, list, item))
      .find((fault) => fault !== undefined);
  }
  return faultOf(descriptor, found.base, text) ?? facetFault(descriptor, found, text);
}

function itemsOf(text: string): readonly string[] {
  return text.trim() === '' ? [] : text.trim().split(/\s+/u);
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
  if (found?.kind !== 'simple' || found.list !== undefined) return 'collapse';
  // The members of a union each have white space of their own.
  if (found.union !== undefined || type === 'xs:anySimpleType') return 'preserve';
  return found.whiteSpace ?? whiteSpaceOf(descriptor, found.base);
}

function normalized(text: string, whiteSpace: SimpleType['whiteSpace']): string {
  if (whiteSpace === 'preserve') return text;
  const replaced = text.replace(/[\t\n\r]/gu, ' ');
  return whiteSpace === 'replace' ? replaced : replaced.replace(/ +/gu, ' ').replace(/^ | $/gu, '');
}

const patterns = new WeakMap<readonly string[], readonly RegExp[]>();

/** The patterns as expressions; none where one names what only validation understands. */
function compiled(sources: readonly string[]): readonly RegExp[] {
  let found = patterns.get(sources);
  if (found === undefined) {
    try {
      found = sources.map(patternOf);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      found = [];
    }
    patterns.set(sources, found);
  }
  return found;
}

function facetFault(descriptor: SchemaDescriptor, type: SimpleType, text: string): string | undefined {
  const primitive = primitiveOf(descriptor, type.base);
  if (type.enumeration?.some((each) => isSameValue(descriptor, type.base, text, each)) === false)
    return 'is none of the values that the schema lists';
  for (const alternatives of type.patterns ?? []) {
    const expressions = compiled(alternatives);
    if (expressions.length > 0 && !expressions.some((pattern) => pattern.test(text)))
      return 'does not match the pattern of its type';
  }
  const length = primitive === 'list' ? itemsOf(text).length : lengthOf(primitive, text);
  const unit = primitive === 'list' ? 'items' : primitive.endsWith('Binary') ? 'bytes' : 'characters';
  if (length !== undefined) {
    if (type.length !== undefined && length !== type.length) return `must have ${type.length} ${unit}`;
    if (type.minLength !== undefined && length < type.minLength)
      return `must have at least ${type.minLength} ${unit}`;
    if (type.maxLength !== undefined && length > type.maxLength)
      return `may have at most ${type.maxLength} ${unit}`;
  }
  return rangeFault(type, primitive, text);
}

/** The built-in type that a type comes from at last, without prefix; `list` and `union` for those. */
function primitiveOf(descriptor: SchemaDescriptor, type: TypeName): string {
  const found = descriptor.types[type];
  if (found?.kind === 'simple') {
    if (found.list !== undefined) return 'list';
    return found.union === undefined ? primitiveOf(descriptor, found.base) : 'union';
  }
  if (/^xs:(?:NMTOKENS|IDREFS|ENTITIES)$/u.test(type)) return 'list';
  const base = builtInBase(type);
  return base === undefined || base === 'xs:anySimpleType' ? type.slice(3) : primitiveOf(descriptor, base);
}

function rangeFault(type: SimpleType, primitive: string, text: string): string | undefined {
  const [whole = '', fraction = ''] = text.replace(/^[+\-]/u, '').split('.');
  const digits = whole.replace(/^0+/u, '').length + fraction.replace(/0+$/u, '').length;
  if (type.totalDigits !== undefined && digits > type.totalDigits)
    return `may have at most ${type.totalDigits} digits`;
  if (type.fractionDigits !== undefined && fraction.replace(/0+$/u, '').length > type.fractionDigits) {
    return `may have at most ${type.fractionDigits} digits after the point`;
  }
  const beside = (limit: string | undefined): number | undefined =>
    limit === undefined ? undefined : compareValues(primitive, text, limit);
  if ((beside(type.minInclusive) ?? 0) < 0) return `must be at least ${type.minInclusive}`;
  if ((beside(type.maxInclusive) ?? 0) > 0) return `may be at most ${type.maxInclusive}`;
  if ((beside(type.minExclusive) ?? 1) <= 0) return `must be more than ${type.minExclusive}`;
  if ((beside(type.maxExclusive) ?? -1) >= 0) return `must be less than ${type.maxExclusive}`;
  return undefined;
}
