import { InputError } from './error.js';
import { REPERTOIRE_END } from './string-latin-repertoire.js';

/** The first character above all that DIN 91379 has. */
const REPERTOIRE_LIMIT = String.fromCharCode(REPERTOIRE_END);

/**
 * Capitals of Latin letters that are more than a base letter with marks (ICAO 9303-3, section 6 A, its
 * recommended forms; Ə, Ɨ, Ƈ and Ʒ, which that table lacks, by their nearest letter).
 */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ Ä: 'AE', Ö: 'OE', Ü: 'UE', ẞ: 'SS', ß: 'SS', Å: 'AA', Æ: 'AE', Ø: 'OE', Œ: 'OE' }),
  ...Object.entries({ Þ: 'TH', Ð: 'D', Đ: 'D', Ħ: 'H', Ĳ: 'IJ', ĸ: 'Q', Ł: 'L', Ŀ: 'L', Ŋ: 'N', ŉ: 'N' }),
  ...Object.entries({ Ŧ: 'T', Ə: 'E', Ɨ: 'I', Ƈ: 'C', Ʒ: 'Z', Ǥ: 'G' }),
]);

/** Signs in names that a machine-readable zone leaves out; a comma separates like a space. */
const OMITTED_IN_MRZ = new Set("'.`~¨´·ʹʺʾʿˈˌ’‡");
const FILLER_IN_MRZ = new Set(' -,<\u{a0}');

/** ASCII for the signs of DIN 91379 data type C that are no letters. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ...Object.entries({
    '\u{a0}': ' ',
    '¡': '!',
    '¢': 'c',
    '£': 'GBP',
    '¤': '*',
    '¥': 'JPY',
    '¦': '|',
    '§': 'Par.',
  }),
  ...Object.entries({
    '¨': '"',
    '©': '(c)',
    ª: 'a',
    '«': '"',
    '¬': '-',
    '®': '(r)',
    '¯': '-',
    '°': 'deg',
    '±': '+/-',
  }),
  ...Object.entries({
    '²': '2',
    '³': '3',
    '´': "'",
    µ: 'u',
    '¶': 'P',
    '·': '.',
    '¸': ',',
    '¹': '1',
    º: 'o',
    '»': '"',
  }),
  ...Object.entries({
    '¼': '1/4',
    '½': '1/2',
    '¾': '3/4',
    '¿': '?',
    '×': 'x',
    '÷': '/',
    '€': 'EUR',
    '‡': '+',
  }),
  ...Object.entries({
    ʹ: "'",
    ʺ: '"',
    ʾ: "'",
    ʿ: "'",
    ˈ: "'",
    ˌ: ',',
    '‘': "'",
    '’': "'",
    '‚': ',',
    '“': '"',
  }),
  ...Object.entries({ '”': '"', '„': '"', '–': '-', '—': '-', '…': '...' }),
]);

/**
 * The text in the alphabet of a machine-readable zone, `A-Z 0-9 <`: Ä becomes AE, ß SS, Ø OE, Þ TH,
 * other letters lose their marks (ICAO 9303-3, section 6 A); spaces, hyphens and commas become `<`, apostrophes
 * and points fall out (9303-3, 4.6). Every text of DIN 91379 data type A has a form; another
 * character is `InputError('unsupported')` with its position.
 */
export function transliterateMrz(text: string): string {
  return mapped(text, (character) => {
    if (FILLER_IN_MRZ.has(character)) return '<';
    if (OMITTED_IN_MRZ.has(character)) return '';
    return /^\d$/.test(character) ? character : capitalsOf(character);
  });
}

/**
 * The text in printable ASCII for machines that know nothing else; small letters stay small (Ä: `Ae`, in a
 * word of capitals `AE`). Every text of DIN 91379 data type C has a form; another character is
 * `InputError('unsupported')` with its position.
 */
export function transliterateAscii(text: string): string {
  const characters = Array.from(text.normalize('NFC'));
  return mapped(text, (character, index) => {
    if (/^[\t\n\r -~]$/.test(character)) return character;
    const sign = SIGNS.get(character);
    if (sign !== undefined) return sign;
    const capitals = capitalsOf(character);
    if (capitals === undefined || isSmall(character)) return capitals?.toLowerCase();
    const isWordOfCapitals = [characters[index - 1], characters[index + 1]].some(isCapital);
    return isWordOfCapitals ? capitals : capitals.slice(0, 1) + capitals.slice(1).toLowerCase();
  });
}

function mapped(text: string, map: (character: string, index: number) => string | undefined): string {
  let result = '';
  let position = 0;
  for (const [index, character] of Array.from(text.normalize('NFC')).entries()) {
    const replacement = /^\p{M}$/u.test(character) ? '' : map(character, index);
    if (replacement === undefined) {
      throw new InputError('unsupported', `character ${position} has no transliteration`, {
        offset: position,
      });
    }
    result += replacement;
    position += character.length;
  }
  return result;
}

/** Capitals of letters of DIN 91379 that were asked for; the repertoire bounds it. */
const knownCapitals = new Map<string, string | undefined>();

function capitalsOf(character: string): string | undefined {
  if (knownCapitals.has(character)) return knownCapitals.get(character);
  const capitals = findCapitals(character);
  if (character < REPERTOIRE_LIMIT) knownCapitals.set(character, capitals);
  return capitals;
}

/** Takes marks off from the outside, so that Ǖ is found as Ü and Ǻ as Å, and ends at a base letter. */
function findCapitals(character: string): string | undefined {
  const known = LETTERS.get(character) ?? LETTERS.get(character.toUpperCase());
  if (known !== undefined) return known;
  const parts = Array.from(character.normalize('NFD'));
  if (parts.length > 1) return findCapitals(parts.slice(0, -1).join('').normalize('NFC'));
  const capital = character.toUpperCase();
  return /^[A-Z]$/.test(capital) ? capital : undefined;
}

function isSmall(character: string): boolean {
  return /^\p{Ll}/u.test(character);
}

function isCapital(character: string | undefined): boolean {
  return character !== undefined && /^\p{Lu}/u.test(character);
}
