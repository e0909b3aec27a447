/** Delimiter tags of attribute groups (RFC 8010, 3.5.1; PWG 5100.5, 5100.22). */
export const GROUP_TAGS = {
  operation: 0x01,
  job: 0x02,
  printer: 0x04,
  unsupported: 0x05,
  subscription: 0x06,
  'event-notification': 0x07,
  resource: 0x08,
  document: 0x09,
  system: 0x0a,
} as const;

/** Name of an attribute group. */
export type GroupName = keyof typeof GROUP_TAGS;

/** Ends the last group; a document may follow (RFC 8010, 3.5.1). */
export const END_OF_ATTRIBUTES = 0x03;
/** Delimiters are below this, values from here on. */
export const FIRST_VALUE_TAG = 0x10;

/** Values that say why there is none (RFC 8010, 3.5.2). */
export const OUT_OF_BAND_TAGS = {
  unsupported: 0x10,
  unknown: 0x12,
  'no-value': 0x13,
  'not-settable': 0x15,
  'delete-attribute': 0x16,
  'admin-define': 0x17,
} as const;

/** A value that says why there is none. */
export type OutOfBand = keyof typeof OUT_OF_BAND_TAGS;

/** Values that are one string (RFC 8010, 3.5.2). */
export const STRING_TAGS = {
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  uriScheme: 0x46,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
} as const;

/** Syntax of a value that is one string; `text` and `name` are those without a language of their own. */
export type StringSyntax = keyof typeof STRING_TAGS;

/** Values that are numbers, octets or made of parts (RFC 8010, 3.5.2). */
export const TAG = {
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  octetString: 0x30,
  dateTime: 0x31,
  resolution: 0x32,
  rangeOfInteger: 0x33,
  begCollection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  endCollection: 0x37,
  memberAttrName: 0x4a,
} as const;

/** The names of `tags` by their number. */
export function byNumber<K extends string>(tags: Readonly<Record<K, number>>): ReadonlyMap<number, K> {
  const names = Object.keys(tags).filter((name): name is K => Object.hasOwn(tags, name));
  return new Map(names.map((name) => [tags[name], name]));
}
