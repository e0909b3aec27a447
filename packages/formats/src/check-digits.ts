import { InputError } from './error.js';

const WEIGHTS_731 = [7, 3, 1] as const;

/**
 * Check digit 0 to 9 over `0-9`, `A-Z` (10 to 35) and `<` (0) with weights 7-3-1 modulo 10
 * (ICAO 9303-3, 4.9). Another character is `InputError('malformed')` with its position.
 */
export function checkDigit731(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = value731(text.charCodeAt(index));
    if (value === undefined) {
      throw new InputError('malformed', `character ${index} is none of 0-9, A-Z and <`, {
        offset: index,
      });
    }
    sum += value * (WEIGHTS_731[index % 3] ?? 0);
  }
  return sum % 10;
}

function value731(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41 + 10;
  return code === 0x3c ? 0 : undefined;
}

/** Check digit of the first ten digits of an Identifikationsnummer, § 139b AO (ISO/IEC 7064, MOD 11,10). */
export function idNrCheckDigit(firstTen: string): number {
  if (!/^\d{10}$/.test(firstTen)) {
    throw new InputError('malformed', 'the check digit covers ten digits', { path: 'idNr' });
  }
  let product = 10;
  for (const digit of firstTen) {
    const sum = (Number(digit) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10;
}

/**
 * The Identifikationsnummer as 11 digits, without the spaces that people type.
 * Another shape is `InputError('malformed')`, a wrong last digit `InputError('checksum')`.
 * Numbers of the test range, first digit 0, pass: {@link isTestIdNr} tells them.
 */
export function parseIdNr(text: string, path = 'idNr'): string {
  const digits = text.replaceAll(' ', '');
  if (!/^\d{11}$/.test(digits)) {
    throw new InputError('malformed', 'an Identifikationsnummer has 11 digits', { path });
  }
  if (Number(digits[10]) !== idNrCheckDigit(digits.slice(0, 10))) {
    throw new InputError('checksum', 'the last digit of the Identifikationsnummer does not fit', {
      path,
      offset: 10,
    });
  }
  return digits;
}

/** Whether the Identifikationsnummer is of the test range (first digit 0), which no person has. */
export function isTestIdNr(idNr: string): boolean {
  return idNr.startsWith('0');
}

/** Serial number of a German document, and which kind of document has such numbers. */
export interface SerialNumber {
  /** `card`: 4 places Behördenkennzahl and 5 running; `provisional`: a letter and 7 digits. */
  readonly kind: 'card' | 'provisional';
  /** Without check digit: 9 places (`card`) or 8 (`provisional`). */
  readonly number: string;
  /** Weights 7-3-1 over `number`. */
  readonly checkDigit: number;
}

/** The alphabet of serial numbers since 2010: letters that are neither vowels nor mistaken for digits. */
const CARD_SERIAL = /^[CFGHJKLMNPRTVWXYZ0-9]{9}$/;
const PROVISIONAL_SERIAL = /^[A-Z]\d{7}$/;

/**
 * Reads a serial number of identity card or passport with or without its check digit
 * (9 or 10 places, provisional ones 8 or 9). Another shape is `InputError('malformed')`, a wrong
 * check digit `InputError('checksum')`.
 */
export function parseSerialNumber(text: string, path = 'serialNumber'): SerialNumber {
  for (const [kind, shape, length] of [
    ['card', CARD_SERIAL, 9],
    ['provisional', PROVISIONAL_SERIAL, 8],
  ] as const) {
    const number = text.slice(0, length);
    const rest = text.slice(length);
    if (!shape.test(number) || !/^\d?$/.test(rest)) continue;
    // A letter and eight digits is a provisional number with check digit or a card's without.
    const checkDigit = checkDigit731(number);
    if (rest === '' || Number(rest) === checkDigit) return { kind, number, checkDigit };
    throw new InputError('checksum', 'the check digit of the serial number does not fit', {
      path,
      offset: length,
    });
  }
  throw new InputError(
    'malformed',
    'a serial number has 9 places of CFGHJKLMNPRTVWXYZ and 0-9, or a letter and 7 digits, and a check digit',
    { path },
  );
}

/** What an Amtlicher Gemeindeschlüssel is made of. */
export interface Ags {
  /** All 8 digits. */
  readonly ags: string;
  /** Land, `01` to `16`. */
  readonly land: string;
  /** Land, Regierungsbezirk and Kreis, 5 digits. */
  readonly kreis: string;
}

/** Reads the shape of an Amtlicher Gemeindeschlüssel, 8 digits; whether it is assigned, only the list of the day knows. */
export function parseAgs(text: string, path = 'ags'): Ags {
  if (!/^\d{8}$/.test(text)) {
    throw new InputError('malformed', 'a Gemeindeschlüssel has 8 digits', { path });
  }
  const land = text.slice(0, 2);
  if (Number(land) < 1 || Number(land) > 16) {
    throw new InputError('out-of-range', 'a Gemeindeschlüssel begins with the Land, 01 to 16', {
      path,
      offset: 0,
    });
  }
  return { ags: text, land, kreis: text.slice(0, 5) };
}
