import { checkStringLatin } from '@buergerkoffer/formats';
import type { Findings } from './finding.js';

/**
 * Checks every text of a message: not empty (S030), no control character (names may hold none, DIN 91379 A),
 * only characters of DIN 91379 datatype C, as the schema demands (X001).
 */
export function checkTexts(message: unknown, findings: Findings): void {
  for (const { path, text } of textsOf(message, '')) {
    if (text.trim() === '') {
      findings.error('S030', path, 'the text is empty', 'Das Feld ist leer.');
    } else if (/\p{Cc}/u.test(text)) {
      findings.error(
        'S999',
        path,
        'the text holds a tabulator, a line break or another control character',
        'Der Text enthält einen Tabulator oder Zeilenumbruch; bitte entfernen.',
      );
    } else if (checkStringLatin(text, 'C') !== undefined) {
      findings.error(
        'X001',
        path,
        'the text holds a character outside DIN 91379 datatype C',
        'Der Text enthält ein Zeichen, das in Behördennachrichten nicht erlaubt ist (DIN 91379).',
      );
    }
  }
}

interface Located {
  readonly path: string;
  readonly text: string;
}

function* textsOf(value: unknown, path: string): Generator<Located> {
  if (typeof value === 'string') {
    yield { path, text: value };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsOf(item, `${path}[${index}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      yield* textsOf(item, path === '' ? key : `${path}.${key}`);
  }
}

/** At most `max` characters (code points), as the schema and the code lists count them. */
export function isLongerThan(text: string | undefined, max: number): boolean {
  return text !== undefined && Array.from(text).length > max;
}
