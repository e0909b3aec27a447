import { InputError } from './error.js';
import {
  letterSequences,
  REPERTOIRE_END,
  singleCharacters,
  TYPE_BIT,
  type StringLatinType,
} from './string-latin-repertoire.js';

/** The first place at which a text leaves a data type of DIN 91379. */
export interface StringLatinFault {
  /** `not-nfc`: the letter exists, but is written as base and mark where one code point is required. */
  readonly reason: 'not-in-repertoire' | 'not-nfc';
  readonly type: StringLatinType;
  /** UTF-16 code units before the fault. */
  readonly position: number;
  /** Characters as a reader counts them (grapheme clusters) before the one with the fault. */
  readonly grapheme: number;
  /** The character, for `not-nfc` the base with its marks. */
  readonly character: string;
  /** Its first code point, `U+0416`. */
  readonly codePoint: string;
}

let singles: Uint8Array | undefined;
let sequences: ReadonlyMap<string, readonly string[]> | undefined;

/**
 * The first fault of the text under a data type of DIN 91379:2022-08, `undefined` when there is none.
 * The text has to be in normal form C; letters with marks that have no code point of
 * their own are admitted as the standard lists them. Without a type it is C, that of XMeld.
 */
export function checkStringLatin(text: string, type: StringLatinType = 'C'): StringLatinFault | undefined {
  const table = (singles ??= singleCharacters());
  const bit = TYPE_BIT[type];
  let position = 0;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    const next = text.charCodeAt(position + 1);
    // A mark can only be next where a letter with a mark begins: below U+0300 there is none.
    const tail = next >= 0x300 && next < 0x370 ? tailAt(text, position) : 0;
    if (tail > 0) position += 1 + tail;
    else if (code < REPERTOIRE_END && ((table[code] ?? 0) & bit) !== 0) position += 1;
    else return faultAt(text, position, type);
  }
  return undefined;
}

/**
 * Returns the text if it is of the data type, else throws `InputError('not-allowed')` that names the code point and the
 * position, never the text.
 */
export function requireStringLatin(text: string, type: StringLatinType = 'C', path?: string): string {
  const fault = checkStringLatin(text, type);
  if (fault === undefined) return text;
  const what =
    fault.reason === 'not-nfc'
      ? `${fault.codePoint} with a mark is not in normal form C`
      : `${fault.codePoint} is not in DIN 91379 data type ${type}`;
  throw new InputError('not-allowed', `character ${fault.grapheme + 1}: ${what}`, {
    path,
    offset: fault.position,
    ...(fault.reason === 'not-nfc' ? { remedy: 'convert the text to Unicode normal form C' } : {}),
  });
}

/**
 * Every code point that a text of the data type can hold, in ascending order: its single characters, and the marks of its letters
 * that have no code point of their own. What a font has to have that is to show any such text.
 */
export function stringLatinCodePoints(type: StringLatinType = 'C'): readonly number[] {
  const table = (singles ??= singleCharacters());
  const admitted = new Set<number>();
  for (const [codePoint, bits] of table.entries()) if ((bits & TYPE_BIT[type]) !== 0) admitted.add(codePoint);
  for (const [base, tails] of letterSequences()) {
    for (const character of base + tails.join('')) admitted.add(character.codePointAt(0) ?? 0);
  }
  return [...admitted].sort((a, b) => a - b);
}

/** How many code units after the letter at `position` belong to it, 0 when it stands alone. */
function tailAt(text: string, position: number): number {
  sequences ??= letterSequences();
  const tails = sequences.get(text.charAt(position)) ?? [];
  return tails.find((tail) => text.startsWith(tail, position + 1))?.length ?? 0;
}

function faultAt(text: string, position: number, type: StringLatinType): StringLatinFault {
  let character = String.fromCodePoint(text.codePointAt(position) ?? 0);
  let start = position;
  let reason: StringLatinFault['reason'] = 'not-in-repertoire';
  if (/^\p{M}/u.test(character)) {
    const cluster = /(?:\P{M}|^)\p{M}*$/u.exec(text.slice(Math.max(0, position - 32), position));
    const marks = /^\p{M}{1,32}/u.exec(text.slice(position, position + 64));
    const letter = (cluster?.[0] ?? '') + (marks?.[0] ?? '');
    if (letter.normalize('NFC') !== letter) {
      reason = 'not-nfc';
      start = position - (cluster?.[0] ?? '').length;
      character = letter;
    }
  } else if (character.normalize('NFC') !== character) {
    reason = 'not-nfc';
  }
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return {
    reason,
    type,
    position: start,
    grapheme: graphemesBefore(text, start),
    character,
    codePoint: `U+${code}`,
  };
}

function graphemesBefore(text: string, position: number): number {
  let count = -1;
  for (const { index } of new Intl.Segmenter('de', { granularity: 'grapheme' }).segment(text)) {
    if (index > position) break;
    count += 1;
  }
  return Math.max(count, 0);
}
