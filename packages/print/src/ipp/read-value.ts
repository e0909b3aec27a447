import { InputError, type ByteReader } from '@buergerkoffer/formats';
import type { IppDateTime, IppValue } from './message.js';
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
 * The value of syntax `tag` in the next `length` bytes (RFC 8010, 3.9); collections are read by whoever reads the message.
 */
export function readValue(tag: number, reader: ByteReader, length: number): IppValue {
  const string = STRINGS.get(tag);
  if (string !== undefined) {
    const octets = reader.bytes(length);
    const value = utf8(octets);
    return value === undefined ? { syntax: 'other', tag, octets } : { syntax: string, value };
  }
  const wanted = LENGTHS.get(tag);
  if (wanted !== undefined && wanted !== length) {
    throw new InputError('malformed', `a value has ${length} bytes instead of ${wanted}`, {
      offset: reader.offset,
    });
  }
  return special(tag, reader, length);
}

function special(tag: number, reader: ByteReader, length: number): IppValue {
  switch (tag) {
    case TAG.integer:
      return { syntax: 'integer', value: reader.i32() };
    case TAG.enum:
      return { syntax: 'enum', value: reader.i32() };
    case TAG.boolean:
      return { syntax: 'boolean', value: booleanOf(reader) };
    case TAG.octetString:
      return { syntax: 'octetString', value: reader.bytes(length) };
    case TAG.dateTime:
      return { syntax: 'dateTime', value: dateTimeOf(reader) };
    case TAG.resolution:
      return resolutionOf(reader);
    case TAG.rangeOfInteger:
      return { syntax: 'rangeOfInteger', low: reader.i32(), high: reader.i32() };
    case TAG.textWithLanguage:
    case TAG.nameWithLanguage:
      return withLanguage(tag, reader.sub(length));
    case TAG.endCollection:
    case TAG.memberAttrName:
      throw new InputError('malformed', 'a part of a collection outside of one', { offset: reader.offset });
    default:
      return outOfBand(tag, reader.bytes(length));
  }
}

function outOfBand(tag: number, octets: Uint8Array): IppValue {
  const syntax = OUT_OF_BAND.get(tag);
  return syntax === undefined || octets.length > 0 ? { syntax: 'other', tag, octets } : { syntax };
}

function booleanOf(reader: ByteReader): boolean {
  const { offset } = reader;
  const value = reader.u8();
  if (value <= 1) return value === 1;
  throw new InputError('malformed', `${value} is no boolean`, { offset });
}

function dateTimeOf(reader: ByteReader): IppDateTime {
  const [year, month, day] = [reader.u16(), reader.u8(), reader.u8()];
  const [hour, minute, second, deciSecond] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()];
  const { offset } = reader;
  const utcSign = String.fromCharCode(reader.u8());
  if (utcSign !== '+' && utcSign !== '-') {
    throw new InputError('malformed', 'a time has no direction from UTC', { offset });
  }
  const [utcHours, utcMinutes] = [reader.u8(), reader.u8()];
  return { year, month, day, hour, minute, second, deciSecond, utcSign, utcHours, utcMinutes };
}

function resolutionOf(reader: ByteReader): IppValue {
  const octets = reader.bytes(9);
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const unit = UNITS.get(view.getInt8(8));
  if (unit === undefined) return { syntax: 'other', tag: TAG.resolution, octets };
  return { syntax: 'resolution', crossFeed: view.getInt32(0), feed: view.getInt32(4), unit };
}

function withLanguage(
  tag: typeof TAG.textWithLanguage | typeof TAG.nameWithLanguage,
  reader: ByteReader,
): IppValue {
  const language = reader.bytes(reader.u16());
  const text = reader.bytes(reader.u16());
  reader.expectEnd();
  const [decodedLanguage, value] = [utf8(language), utf8(text)];
  if (decodedLanguage !== undefined && value !== undefined) {
    const syntax = tag === TAG.textWithLanguage ? 'textWithLanguage' : 'nameWithLanguage';
    return { syntax, language: decodedLanguage, value };
  }
  const octets = new Uint8Array(4 + language.length + text.length);
  const view = new DataView(octets.buffer);
  view.setUint16(0, language.length);
  octets.set(language, 2);
  view.setUint16(2 + language.length, text.length);
  octets.set(text, 4 + language.length);
  return { syntax: 'other', tag, octets };
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
