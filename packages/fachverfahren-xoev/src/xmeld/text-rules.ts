import { checkStringLatin, germanLatinFault } from '@buergerkoffer/formats';
import type { FindingSink } from './finding.js';

/**
 * Checks every text of a message: not empty (S030), no control character (names may hold none, DIN 91379 A),
 * only characters of DIN 91379 datatype C, as the schema demands (X001).
 */
export function checkTexts(message: unknown, findings: FindingSink): void {
  for (const { path, text } of textsOf(message, '')) {
    if (text.trim() === '') findings.error('S030', path, ...EMPTY_TEXT);
    else checkCharacters(text, path, findings);
  }
}

/** What is said of a text that must not be empty, in English and German. */
export const EMPTY_TEXT = ['the text is empty', 'Das Feld ist leer; bitte ausfüllen.'] as const;

/**
 * The characters of a text: no control character unless it is a free text of several lines, only those of DIN 91379
 * datatype C, in normal form C. A fault is named by place and code point, never with the text.
 */
export function checkCharacters(
  text: string,
  path: string,
  findings: FindingSink,
  kind: 'one line' | 'several lines' = 'one line',
): void {
  if (kind === 'one line' && /\p{Cc}/u.test(text)) {
    findings.error(
      'S999',
      path,
      'the text holds a tabulator, a line break or another control character',
      'Der Text enthält einen Tabulator oder Zeilenumbruch; bitte entfernen.',
    );
    return;
  }
  const fault = checkStringLatin(text, 'C');
  if (fault === undefined) return;
  const place = `character ${fault.grapheme + 1} (${fault.codePoint})`;
  const what = fault.reason === 'not-nfc' ? 'not in normal form C' : 'outside DIN 91379 datatype C';
  const { message, remedy } = germanLatinFault(fault);
  findings.error('X001', path, `${place} of the text is ${what}`, `${message} ${remedy}`);
}

/** The doctoral degrees that passports take (XMeld, type.Doktorgrad), several separated by a space. */
const DOCTORAL_DEGREES =
  /^(?:DR\.|Dr\.|DR\.HC\.|Dr\.hc\.|DR\.EH\.|Dr\.eh\.)(?: (?:DR\.|Dr\.|DR\.HC\.|Dr\.hc\.|DR\.EH\.|Dr\.eh\.))*$/;

/** A doctoral degree is written as passports have it. */
export function checkDoktorgrad(text: string, path: string, findings: FindingSink): void {
  if (DOCTORAL_DEGREES.test(text)) return;
  findings.error(
    'S999',
    path,
    'a doctoral degree is DR., Dr., DR.HC., Dr.hc., DR.EH. or Dr.eh., several separated by a space',
    'Als Doktorgrad sind nur DR., Dr., DR.HC., Dr.hc., DR.EH. und Dr.eh. vorgesehen, mehrere mit Leerzeichen getrennt.',
  );
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
