import { ByteWriter, InputError } from '@buergerkoffer/formats';
import type { IppAttribute, IppMessage, IppValue } from './message.js';
import { END_OF_ATTRIBUTES, GROUP_TAGS, OUT_OF_BAND_TAGS, STRING_TAGS, TAG } from './tags.js';

const UTF8 = new TextEncoder();
const NOTHING = new Uint8Array();
/** Lengths are signed 16-bit numbers (RFC 8010, 3.1.4). */
const LONGEST = 0x7fff;

/**
 * The bytes of `message` (RFC 8010, 3.1); what was read is written as it came. `InputError` where a value does not fit its
 * field, a name is not ASCII, or an attribute has no value.
 */
export function writeIppMessage(message: IppMessage): Uint8Array<ArrayBuffer> {
  const { version, code, requestId, groups, data } = message;
  const writer = new ByteWriter().u8(version.major).u8(version.minor).u16(code).u32(requestId);
  for (const { group, attributes } of groups) {
    writer.u8(typeof group === 'number' ? group : GROUP_TAGS[group]);
    for (const attribute of attributes) writeAttribute(writer, attribute);
  }
  return writer.u8(END_OF_ATTRIBUTES).bytes(data).toBytes();
}

function writeAttribute(writer: ByteWriter, { name, values }: IppAttribute): void {
  if (name === '' || values.length === 0) {
    throw new InputError('missing', 'an attribute has no name or no value', { path: name });
  }
  for (const [index, value] of values.entries()) writeValue(writer, index === 0 ? name : '', value);
}

function writeValue(writer: ByteWriter, name: string, value: IppValue): void {
  if (value.syntax !== 'collection') {
    writeField(writer, tagOf(value), name, octetsOf(value));
    return;
  }
  writeField(writer, TAG.begCollection, name, NOTHING);
  for (const member of value.members) {
    writer.u8(TAG.memberAttrName).u16(0).u16(member.name.length).ascii(member.name);
    for (const each of member.values) writeValue(writer, '', each);
  }
  writeField(writer, TAG.endCollection, '', NOTHING);
}

function writeField(writer: ByteWriter, tag: number, name: string, octets: Uint8Array): void {
  if (name.length > LONGEST || octets.length > LONGEST) {
    throw new InputError('too-large', `a name or a value has more than ${LONGEST} bytes`, { path: name });
  }
  writer.u8(tag).u16(name.length).ascii(name).u16(octets.length).bytes(octets);
}

type SimpleValue = Exclude<IppValue, { readonly syntax: 'collection' }>;

function tagOf(value: SimpleValue): number {
  switch (value.syntax) {
    case 'other':
      return value.tag;
    case 'unsupported':
    case 'unknown':
    case 'no-value':
    case 'not-settable':
    case 'delete-attribute':
    case 'admin-define':
      return OUT_OF_BAND_TAGS[value.syntax];
    case 'text':
    case 'name':
    case 'keyword':
    case 'uri':
    case 'uriScheme':
    case 'charset':
    case 'naturalLanguage':
    case 'mimeMediaType':
      return STRING_TAGS[value.syntax];
    default:
      return TAG[value.syntax];
  }
}

function octetsOf(value: SimpleValue): Uint8Array {
  switch (value.syntax) {
    case 'integer':
    case 'enum':
      return new ByteWriter().i32(value.value).toBytes();
    case 'boolean':
      return Uint8Array.of(value.value ? 1 : 0);
    case 'octetString':
      return value.value;
    case 'other':
      return value.octets;
    case 'dateTime': {
      const { year, month, day, hour, minute, second, deciSecond } = value.value;
      const { utcSign, utcHours, utcMinutes } = value.value;
      const local = new ByteWriter().u16(year).u8(month).u8(day).u8(hour).u8(minute).u8(second);
      return local.u8(deciSecond).ascii(utcSign).u8(utcHours).u8(utcMinutes).toBytes();
    }
    case 'resolution':
      return new ByteWriter()
        .i32(value.crossFeed)
        .i32(value.feed)
        .u8(value.unit === 'dpi' ? 3 : 4)
        .toBytes();
    case 'rangeOfInteger':
      return new ByteWriter().i32(value.low).i32(value.high).toBytes();
    case 'textWithLanguage':
    case 'nameWithLanguage': {
      const [language, text] = [UTF8.encode(value.language), UTF8.encode(value.value)];
      return new ByteWriter().u16(language.length).bytes(language).u16(text.length).bytes(text).toBytes();
    }
    case 'unsupported':
    case 'unknown':
    case 'no-value':
    case 'not-settable':
    case 'delete-attribute':
    case 'admin-define':
      return NOTHING;
    default:
      return UTF8.encode(value.value);
  }
}
