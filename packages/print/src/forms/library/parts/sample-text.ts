import { checkStringLatin } from '@buergerkoffer/formats';

/** `max` characters of the widest kind, in words as names have them. */
export function widest(max: number): string {
  return 'WÜMMELWITZ-'.repeat(Math.ceil(max / 11)).slice(0, max - 1) + 'W';
}

/** One word without a place to break, of the widest letters. */
export function unbroken(max: number): string {
  return 'W'.repeat(max);
}

/** Given names and the one in use, both as long as they can be. */
export const LONGEST_GIVEN_NAMES = {
  givenNames: `${unbroken(80)} ${unbroken(39)}`,
  usualGivenName: unbroken(80),
};

const BASES = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzÇÛçûĪīŌōĒēČčŽžÿḲḳṢṣṬṭẠạỌọỤụ';
const MARKS = [
  '\u0300',
  '\u0301',
  '\u0302',
  '\u0304',
  '\u0306',
  '\u0307',
  '\u0308',
  '\u030b',
  '\u030c',
  '\u030d',
  '\u0310',
  '\u0315',
  '\u031b',
  '\u031b\u0304',
  '\u0323',
  '\u0325',
  '\u0325\u0304',
  '\u0326',
  '\u0327',
  '\u0328\u0306',
  '\u0331',
];
const LAST_LETTER = 0x1ef9;

let repertoire: readonly string[] | undefined;

/** Letters of names in String.Latin (DIN 91379, datatype A): sequences with combining marks first, then single characters beyond ASCII. */
export function latinLetters(): readonly string[] {
  repertoire ??= [...sequences(), ...singles()].filter(
    (letter) => checkStringLatin(letter, 'A') === undefined,
  );
  return repertoire;
}

function sequences(): string[] {
  return Array.from(BASES).flatMap((base) =>
    MARKS.map((mark) => base + mark).filter((letter) => letter === letter.normalize('NFC')),
  );
}

function singles(): string[] {
  return Array.from({ length: LAST_LETTER - 0xbf }, (_, index) => String.fromCodePoint(0xc0 + index)).filter(
    (letter) => /\p{L}/u.test(letter),
  );
}
