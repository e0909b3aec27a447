import { isLocalDate } from '@buergerkoffer/formats';
import { NAME_PART, NAME_START } from '../schema/xml-names.js';

const ZONE = '(?:Z|[+\\-](?:0\\d|1[0-3]):[0-5]\\d|[+\\-]14:00)?';
const YEAR = '-?(?:[1-9]\\d{3,}|0(?!000)\\d{3})';
const CLOCK = '(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?|24:00:00(?:\\.0+)?)';
const [MONTH, DAY] = ['(?:0[1-9]|1[0-2])', '(?:0[1-9]|[12]\\d|3[01])'];
const [START, PART] = [`[${NAME_START}]`, `[${NAME_PART}]`];
const FLOAT = /^(?:[+\-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+\-]?\d+)?|-?INF|NaN)$/u;
const NC_NAME = new RegExp(`^${START}${PART}*$`, 'u');
const NAME = new RegExp(`^(?:${START}|:)(?:${PART}|:)*$`, 'u');

/** Lexical forms of types built into XML Schema (part 2, 3), white space collapsed. */
const FORMS: Readonly<Record<string, RegExp>> = {
  boolean: /^(?:true|false|0|1)$/u,
  decimal: /^[+\-]?(?:\d+(?:\.\d*)?|\.\d+)$/u,
  float: FLOAT,
  double: FLOAT,
  duration: /^-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/u,
  date: new RegExp(`^${YEAR}-${MONTH}-${DAY}${ZONE}$`, 'u'),
  dateTime: new RegExp(`^${YEAR}-${MONTH}-${DAY}T${CLOCK}${ZONE}$`, 'u'),
  time: new RegExp(`^${CLOCK}${ZONE}$`, 'u'),
  gYear: new RegExp(`^${YEAR}${ZONE}$`, 'u'),
  gYearMonth: new RegExp(`^${YEAR}-${MONTH}${ZONE}$`, 'u'),
  gMonth: new RegExp(`^--${MONTH}${ZONE}$`, 'u'),
  gDay: new RegExp(`^---${DAY}${ZONE}$`, 'u'),
  gMonthDay: new RegExp(`^--${MONTH}-${DAY}${ZONE}$`, 'u'),
  hexBinary: /^(?:[0-9A-Fa-f]{2})*$/u,
  language: /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/u,
  Name: NAME,
  NMTOKEN: new RegExp(`^(?:${PART}|:)+$`, 'u'),
  NMTOKENS: new RegExp(`^(?:${PART}|:)+(?: (?:${PART}|:)+)*$`, 'u'),
  NCName: NC_NAME,
  ID: NC_NAME,
  IDREF: NC_NAME,
  ENTITY: NC_NAME,
  IDREFS: new RegExp(`^${START}${PART}*(?: ${START}${PART}*)*$`, 'u'),
  QName: new RegExp(`^(?:${START}${PART}*:)?${START}${PART}*$`, 'u'),
};

/** The least and the largest value of the types of whole numbers; `undefined` where there is none. */
const LIMITS: Readonly<Record<string, readonly [bigint | undefined, bigint | undefined]>> = {
  integer: [undefined, undefined],
  nonPositiveInteger: [undefined, 0n],
  negativeInteger: [undefined, -1n],
  nonNegativeInteger: [0n, undefined],
  positiveInteger: [1n, undefined],
  unsignedLong: [0n, 18_446_744_073_709_551_615n],
  unsignedInt: [0n, 4_294_967_295n],
  unsignedShort: [0n, 65_535n],
  unsignedByte: [0n, 255n],
  long: [-9_223_372_036_854_775_808n, 9_223_372_036_854_775_807n],
  int: [-2_147_483_648n, 2_147_483_647n],
  short: [-32_768n, 32_767n],
  byte: [-128n, 127n],
};

/** Digits of a whole number that are read; no type with limits has more. */
const MAX_DIGITS = 1_000;

/** What is wrong with a text, white space collapsed, as a value of a type built into XML Schema; `undefined` when nothing is. */
export function builtInFault(type: string, text: string): string | undefined {
  return hasForm(type, text) ? undefined : `is no xs:${type}`;
}

function hasForm(type: string, text: string): boolean {
  const limits = LIMITS[type];
  if (limits !== undefined) return isWithin(text, limits);
  if (type === 'base64Binary') return isBase64(text);
  if (FORMS[type]?.test(text) === false) return false;
  const date = type === 'date' || type === 'dateTime' ? /^(\d{4}-\d\d-\d\d)/u.exec(text)?.[1] : undefined;
  return date === undefined || isLocalDate(date);
}

function isWithin(text: string, [least, most]: readonly [bigint | undefined, bigint | undefined]): boolean {
  if (!/^[+\-]?\d+$/u.test(text) || text.length > MAX_DIGITS) return false;
  const value = BigInt(text.replace(/^\+/u, ''));
  return (least === undefined || value >= least) && (most === undefined || value <= most);
}

/** Base64 with the bits that no byte needs at zero; attachments are long, no expression looks at all of one. */
function isBase64(text: string): boolean {
  const packed = text.replaceAll(' ', '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/u.test(packed)) return false;
  return !packed.endsWith('=') || /(?:[AQgw]==|[AEIMQUYcgkosw048]=)$/u.test(packed);
}
