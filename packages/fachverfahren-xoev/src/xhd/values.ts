import { checkStringLatin, isLocalDate } from '@buergerkoffer/formats';
import * as z from 'zod';
import { isBase64 } from '../xmeld/base64.js';
import { isXmlText } from '../xmeld/xml-writer.js';
import { isElementText } from './foreign-element.js';
import { inXml } from './roles.js';

/** Characters of the special set (TR-03123 part 2, 3.2.2), as a class. */
const SPECIAL = ':._\\-<>()[\\]{}/';

/** Longest text where TR-03123 leaves the limit to the manufacturer. */
const OPEN_LIMIT = 1000;

/** datatypeB of DIN SPEC 91379 in NFC, up to `max` characters. */
export function latinText(max = OPEN_LIMIT) {
  return z
    .string()
    .max(max * 4)
    .normalize('NFC')
    .refine((value) => Array.from(value).length <= max, `longer than ${max} characters`)
    .refine(
      (value) => checkStringLatin(value, 'B') === undefined,
      'a character outside DIN 91379 datatype B',
    );
}

/** xs:NMTOKEN between two lengths. */
export function nmtoken(min: number, max: number) {
  return z
    .string()
    .min(min)
    .max(max)
    .regex(/^[\p{L}\p{N}.\-_:\u00b7]+$/u, 'not an NMTOKEN');
}

/** `0-9 A-Z a-z` and the special set, up to `max` characters; with `space` also a space. */
export function plainText(max: number, space: '' | ' ' = '') {
  return z
    .string()
    .min(1)
    .max(max)
    .regex(new RegExp(`^[0-9A-Za-z${SPECIAL}${space}]+$`), 'a character outside the permitted set');
}

/** xs:date without zone. */
export const day = z.string().refine((value): boolean => isLocalDate(value), 'not a day of the calendar');

/** xs:dateTime with an optional fraction and zone. */
export const instant = z
  .string()
  .max(40)
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/, 'not an instant')
  .refine((value) => isLocalDate(value.slice(0, 10)) && !Number.isNaN(Date.parse(value)), 'not an instant');

/** A code of a list that TR-03123 prints, or of a given form where it does not. */
export function code<Schema extends z.ZodType<string>>(list: string, values: Schema): Schema {
  return inXml(values, { place: 'code', listUri: list });
}

/** An attribute of the element. */
export function attribute<Schema extends z.ZodType>(schema: Schema): Schema {
  return inXml(schema, { place: 'attribute' });
}

/** xs:base64Binary without line breaks, at least one byte. */
export const base64 = z.string().min(4).refine(isBase64, 'not base64');

/** One element of another standard as XML text without declaration; namespaces are declared inside it. */
export function foreignElement(uri: string, local: string) {
  return inXml(
    z
      .string()
      .max(24 * 1024 * 1024)
      .refine((xml) => isXmlText(xml) && isElementText(xml, uri, local), `not one well-formed ${local}`),
    { place: 'foreign', uri, local },
  );
}
