import type { Druckzeile, DruckzeileTyp } from './print-block.js';
import type { PrintSize } from './profile.js';

/** A text that is printed under its type; several share one block, such as family name and birth name. */
export interface PrintText {
  readonly typ: DruckzeileTyp;
  readonly text: string;
}

/** How a block is printed, or that it does not fit even in the smallest size. */
export type PrintFit =
  | { readonly fits: true; readonly font: PrintSize['font']; readonly lines: readonly Druckzeile[] }
  | { readonly fits: false };

/**
 * The lines of a block in the largest size in which all of it fits; all texts of a block have one size (PAuswV
 * Anhang 3 Abschnitt 1 Nr. 6). Lines break at spaces, and behind the hyphen of a name that is longer than a line.
 */
export function fitPrintLines(block: readonly PrintText[], sizes: readonly PrintSize[]): PrintFit {
  for (const { font, maxPerLine, maxLines } of sizes) {
    const wrapped = block.map(({ typ, text }) => ({ typ, lines: wrap(text, maxPerLine) }));
    const all = wrapped.flatMap(({ lines }) => lines ?? []);
    if (wrapped.every(({ lines }) => lines !== undefined) && all.length <= maxLines) {
      return {
        fits: true,
        font,
        lines: wrapped.flatMap(({ typ, lines }) =>
          (lines ?? []).map((content, index) => ({ Nummer: index + 1, content, Typ: typ })),
        ),
      };
    }
  }
  return { fits: false };
}

/**
 * A shortening that fits, for the clerk to confirm; `undefined` when there is none. From the last name to the second
 * each is cut to its first letter and a point, then left out from the end; the first name stays whole. Which names
 * are shortened is the clerk's decision: PAuswV and PassV only say that the entry is shortened suitably.
 */
export function suggestShortened(text: string, sizes: readonly PrintSize[]): string | undefined {
  const names = text.split(' ').filter((name) => name !== '');
  const fits = (candidate: readonly string[]): boolean =>
    fitPrintLines([{ typ: 'Namensblock', text: candidate.join(' ') }], sizes).fits;
  const current = [...names];
  for (let index = names.length - 1; index >= 1; index -= 1) {
    if (fits(current)) return current.join(' ');
    current[index] = initials(names[index] ?? '');
  }
  while (current.length > 1 && !fits(current)) current.pop();
  return fits(current) ? current.join(' ') : undefined;
}

/** The street with its usual short form: `straße` becomes `str.`. */
export function shortStreet(street: string): string {
  return street.replace(/([Ss])tra(?:ß|ss)e(?=$|[\s\d-])/u, '$1tr.');
}

/**
 * Whether what is printed agrees with the field: the same words in the same order, each whole, or cut before a point;
 * words may be left out at the end only. A street may have its short form.
 */
export function agreesWith(printed: string, full: string): boolean {
  const shown = wordsOf(printed);
  const whole = wordsOf(full);
  if (shown.length === 0 || shown.length > whole.length) return false;
  return shown.every((word, index) => {
    const name = whole[index] ?? '';
    if (word === name) return true;
    return word.includes('.') && isCutOf(word, name);
  });
}

/** `J.-P.` of `Jean-Pierre`, `Heidestr.` of `Heidestraße`. */
function isCutOf(word: string, name: string): boolean {
  const parts = word.split('-');
  const whole = name.split('-');
  const isShorter = parts.length < whole.length && word.endsWith('.');
  return (
    (parts.length === whole.length || isShorter) &&
    parts.every((part, index) => {
      const of = whole[index] ?? '';
      return part === of || (/^.+\.$/u.test(part) && of.startsWith(part.slice(0, -1)));
    })
  );
}

function initials(name: string): string {
  return name
    .split('-')
    .map((part) => (charactersOf(part).length <= 2 ? part : `${charactersOf(part)[0] ?? ''}.`))
    .join('-');
}

function wrap(text: string, width: number): readonly string[] | undefined {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text)) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (lengthOf(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = lengthOf(word) <= width ? [word] : splitAtHyphens(word, width);
    if (pieces === undefined) return undefined;
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Pieces of a hyphenated name that each fit a line, the hyphen at the end of its piece. */
function splitAtHyphens(word: string, width: number): readonly string[] | undefined {
  const pieces: string[] = [];
  let piece = '';
  for (const part of word.split(/(?<=-)/u)) {
    if (lengthOf(part) > width) return undefined;
    if (lengthOf(piece + part) > width) {
      pieces.push(piece);
      piece = part;
    } else piece += part;
  }
  return [...pieces, piece];
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

const SEGMENTER = new Intl.Segmenter('de', { granularity: 'grapheme' });

/** A line below two letters, which makes them one: K͟H. */
const JOINING = '\u035f';

function charactersOf(text: string): readonly string[] {
  const characters: string[] = [];
  for (const { segment } of SEGMENTER.segment(text)) {
    const last = characters.at(-1);
    if (last?.endsWith(JOINING) === true) characters[characters.length - 1] = last + segment;
    else characters.push(segment);
  }
  return characters;
}

/** Characters as a reader counts them: DIN 91379 has letters of several code points. */
export function lengthOf(text: string): number {
  return charactersOf(text).length;
}
