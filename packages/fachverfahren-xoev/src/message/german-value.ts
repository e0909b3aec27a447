import type { SchemaDescriptor, TypeName } from '../schema/descriptor.js';

/** A value as a German reader expects it, by its type; text that does not fit the type as it is. */
export function germanValue(descriptor: SchemaDescriptor, type: TypeName | undefined, raw: string): string {
  const text = raw.trim();
  switch (builtInOf(descriptor, type)) {
    case 'xs:boolean':
      if (text === 'true' || text === '1') return 'ja';
      return text === 'false' || text === '0' ? 'nein' : text;
    case 'xs:date':
    case 'xs:gYearMonth':
      return germanDate(text);
    case 'xs:dateTime':
      return germanInstant(text);
    case 'xs:base64Binary':
      return `(Datei, ${germanNumber(Math.floor((text.replace(/[\s=]/gu, '').length * 3) / 4))} Bytes)`;
    default:
      return text;
  }
}

/** The type of XML Schema that a simple type was made from. */
function builtInOf(descriptor: SchemaDescriptor, type: TypeName | undefined): TypeName | undefined {
  let name = type;
  for (let steps = 0; name !== undefined && steps < 32; steps += 1) {
    const found = descriptor.types[name];
    if (found?.kind !== 'simple') return name;
    name = found.base;
  }
  return undefined;
}

/** `1980-05-31` as `31.05.1980`, `1980-05` as `05.1980`. */
function germanDate(text: string): string {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/u.exec(text);
  if (match === null) return text;
  const [, year = '', month = '', day] = match;
  return `${day === undefined ? '' : `${day}.`}${month}.${year}`;
}

/** `2026-02-09T10:15:00.000+01:00` as `09.02.2026, 10:15:00 Uhr (+01:00)`. */
function germanInstant(text: string): string {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/u.exec(text);
  if (match === null) return text;
  const [, date = '', time = '', zone] = match;
  return `${germanDate(date)}, ${time} Uhr${zone === undefined ? '' : ` (${zone === 'Z' ? 'UTC' : zone})`}`;
}

function germanNumber(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/gu, '.');
}
