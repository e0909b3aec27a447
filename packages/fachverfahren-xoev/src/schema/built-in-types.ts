import type { TypeName } from './descriptor.js';

/** What the types built into XML Schema are derived from (part 2, 3): each name is derived from the one before the colon. */
const DERIVED: Readonly<Record<string, string>> = {
  anySimpleType:
    'string boolean decimal float double duration dateTime time date gYearMonth gYear gMonthDay gDay gMonth hexBinary base64Binary anyURI QName NOTATION NMTOKENS IDREFS ENTITIES',
  string: 'normalizedString',
  normalizedString: 'token',
  token: 'language NMTOKEN Name',
  Name: 'NCName',
  NCName: 'ID IDREF ENTITY',
  decimal: 'integer',
  integer: 'nonPositiveInteger long nonNegativeInteger',
  nonPositiveInteger: 'negativeInteger',
  long: 'int',
  int: 'short',
  short: 'byte',
  nonNegativeInteger: 'unsignedLong positiveInteger',
  unsignedLong: 'unsignedInt',
  unsignedInt: 'unsignedShort',
  unsignedShort: 'unsignedByte',
};

const BASES = new Map<TypeName, TypeName>(
  Object.entries(DERIVED).flatMap(([base, names]) =>
    names.split(' ').map((name) => [`xs:${name}`, `xs:${base}`] as const),
  ),
);

/** The type that a built-in type was derived from; `undefined` for the topmost and for types that are not built in. */
export function builtInBase(type: TypeName): TypeName | undefined {
  return type.startsWith('din91379:') ? 'xs:string' : BASES.get(type);
}
