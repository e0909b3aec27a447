import { InputError, type ByteReader } from '@buergerkoffer/formats';
import type { IppValue } from './message.js';
import { byNumber, OUT_OF_BAND_TAGS, STRING_TAGS, TAG } from './tags.js';

const STRINGS = byNumber(STRING_TAGS);
const OUT_OF_BAND = byNumber(OUT_OF_BAND_TAGS);
const UNITS: ReadonlyMap<number, 'dpi' | 'dpcm'> = new Map([
  [3, 'dpi'],
  [4, 'dpcm'],
]);
/** Octets that are read one by one, at most. */
const SHORT = 64;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** How long values are that have one length, in bytes (RFC 8010, 3.9). */
const LENGTHS: ReadonlyMap<number, number> = new Map([
  [TAG.integer, 4],
  [TAG.enum, 4],
  [TAG.boolean, 1],
  [TAG.dateTime, 11],
  [TAG.resolution, 9],
  [TAG.rangeOfInteger, 8],
]);

/**
 * The value of syntax `tag` in the next `length` bytes (RFC 8010, 3.9); collections are read by whoever reads the message. What
 * does not fit its syntax is `other`: one wrong value of a printer does not take all the others away.
 */
export function readValue(tag: number, reader: ByteReader, length: number): IppValue {
  if (tag === TAG.endCollection || tag === TAG.memberAttrName) {
    throw new InputError('malformed', 'a part of a collection outside of one', { offset: reader.offset });
  }
  const octets = reader.bytes(length);
  const fits = LENGTHS.get(tag) === undefined || LENGTHS.get(tag) === length;
  return (fits ? known(tag, octets) : undefined) ?? { syntax: 'other', tag, octets };
}

/** The value; undefined for a syntax that is not known, and for octets that it does not have. */
function known(tag: number, octets: Uint8Array): IppValue | undefined {
  const string = STRINGS.get(tag);
  if (string !== undefined) {
    const value = utf8(octets);
    return value === undefined ? undefined : { syntax: string, value };
  }
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  switch (tag) {
    case TAG.integer:
      return { syntax: 'integer', value: view.getInt32(0) };
    case TAG.enum:
      return { syntax: 'enum', value: view.getInt32(0) };
    case TAG.boolean:
      return (octets[0] ?? 0) > 1 ? undefined : { syntax: 'boolean', value: octets[0] === 1 };
    case TAG.octetString:
      return { syntax: 'octetString', value: octets };
    case TAG.dateTime:
      return dateTimeOf(view);
    case TAG.resolution:
      return resolutionOf(view);
    case TAG.rangeOfInteger:
      return { syntax: 'rangeOfInteger', low: view.getInt32(0), high: view.getInt32(4) };
    case TAG.textWithLanguage:
      return withLanguage('textWithLanguage', octets);
    case TAG.nameWithLanguage:
      return withLanguage('nameWithLanguage', octets);
    default: {
      const syntax = OUT_OF_BAND.get(tag);
      return syntax === undefined || octets.length > 0 ? undefined : { syntax };
    }
  }
}

function dateTimeOf(view: DataView): IppValue | undefined {
  const utcSign = String.fromCharCode(view.getUint8(8));
  if (utcSign !== '+' && utcSign !== '-') return undefined;
  const [month, day, hour, minute] = [view.getUint8(2), view.getUint8(3), view.getUint8(4), view.getUint8(5)];
  const [second, deciSecond] = [view.getUint8(6), view.getUint8(7)];
  const [utcHours, utcMinutes] = [view.getUint8(9), view.getUint8(10)];
  const date = { year: view.getUint16(0), month, day, hour, minute, second, deciSecond };
  return { syntax: 'dateTime', value: { ...date, utcSign, utcHours, utcMinutes } };
}

function resolutionOf(view: DataView): IppValue | undefined {
  const unit = UNITS.get(view.getInt8(8));
  if (unit === undefined) return undefined;
  return { syntax: 'resolution', crossFeed: view.getInt32(0), feed: view.getInt32(4), unit };
}

function withLanguage(
  syntax: 'textWithLanguage' | 'nameWithLanguage',
  octets: Uint8Array,
): IppValue | undefined {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const languageEnd = octets.length < 4 ? Infinity : 2 + view.getUint16(0);
  if (languageEnd + 2 > octets.length) return undefined;
  if (languageEnd + 2 + view.getUint16(languageEnd) !== octets.length) return undefined;
  const [language, value] = [utf8(octets.subarray(2, languageEnd)), utf8(octets.subarray(languageEnd + 2))];
  return language === undefined || value === undefined ? undefined : { syntax, language, value };
}

/** Text; undefined for what is no UTF-8. Most of it is short and ASCII, and read faster without the decoder. */
function utf8(octets: Uint8Array): string | undefined {
  let text = '';
  for (const octet of octets.length <= SHORT ? octets : []) {
    if (octet >= 0x80) break;
    text += String.fromCharCode(octet);
  }
  if (text.length === octets.length) return text;
  try {
    return UTF8.decode(octets);
  } catch {
    return undefined;
  }
}
