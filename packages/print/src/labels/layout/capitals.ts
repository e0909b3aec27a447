import { checkStringLatin } from '@buergerkoffer/formats';

/** A letter with its marks; U+035F joins two letters. */
const LETTER = /\P{M}(?:\p{M}*\u035F\P{M})*\p{M}*/gu;

/**
 * The text in capitals, as the specimens of the regulations have it (`HEIDESTRASSE`); a letter whose capital is not in
 * DIN 91379 stays as it is.
 */
export function capitals(text: string): string {
  const whole = text.toLocaleUpperCase('de');
  return isLatin(whole) ? whole : text.replaceAll(LETTER, capitalOf);
}

function capitalOf(letter: string): string {
  const capital = letter.toLocaleUpperCase('de');
  return isLatin(capital) ? capital : letter;
}

function isLatin(text: string): boolean {
  return checkStringLatin(text, 'B') === undefined;
}
