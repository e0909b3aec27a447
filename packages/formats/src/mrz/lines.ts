import { InputError } from '../error.js';
import { formatOfShape, LAYOUTS, type MrzLayout, type Span } from './layout.js';
import type { MrzFormat } from './mrz.js';

/** Longest text that is looked at: three lines of 30 with room for spaces and line breaks. */
const MAX_CHARACTERS = 512;

const DIGIT_FOR: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  B: '8',
  G: '6',
};
const LETTER_FOR: Readonly<Record<string, string>> = {
  '0': 'O',
  '1': 'I',
  '2': 'Z',
  '5': 'S',
  '8': 'B',
  '6': 'G',
};

/** The lines of a machine-readable zone, cut into equal widths, with access by field. */
export class MrzLines {
  readonly format: MrzFormat;
  readonly layout: MrzLayout;
  readonly #lines: readonly string[];
  readonly #lineOffsets: readonly number[];

  constructor(format: MrzFormat, lines: readonly string[], lineOffsets: readonly number[]) {
    this.format = format;
    this.layout = LAYOUTS[format];
    this.#lines = lines;
    this.#lineOffsets = lineOffsets;
  }

  /** The characters of the span. */
  text({ line, start, end }: Span): string {
    return (this.#lines[line] ?? '').slice(start, end);
  }

  /** Offset of the span's first character in the input. */
  offset({ line, start }: Span): number {
    return (this.#lineOffsets[line] ?? 0) + start;
  }

  /** The first character outside `A-Z`, `0-9` and `<`, as an offset in the input. */
  foreignCharacter(): number | undefined {
    for (const [line, text] of this.#lines.entries()) {
      const at = text.search(/[^A-Z0-9<]/);
      if (at >= 0) return this.offset({ line, start: at, end: at + 1 });
    }
    return undefined;
  }

  /** The lines with digits for letters, and letters for digits, where a field admits only one of them. */
  withMistakesRepaired(): MrzLines {
    const { fields, checks, composite } = this.layout;
    const lines = this.#lines.map((line) => Array.from(line));
    const replace = (span: Span | undefined, table: Readonly<Record<string, string>>): void => {
      const line = lines[span?.line ?? -1];
      if (span === undefined || line === undefined) return;
      for (let at = span.start; at < span.end; at += 1) {
        const character = line[at] ?? '';
        line[at] = table[character] ?? character;
      }
    };
    for (const name of ['documentCode', 'issuingState', 'names', 'nationality'] as const) {
      replace(fields[name], LETTER_FOR);
    }
    const digits = [fields.birthDate, fields.expiryDate, composite, ...Object.values(checks)];
    for (const span of digits) replace(span, DIGIT_FOR);
    return new MrzLines(
      this.format,
      lines.map((line) => line.join('')),
      this.#lineOffsets,
    );
  }
}

/**
 * Cuts the input into lines: one text with or without line breaks, or an array of lines.
 * Offsets count in the text, for an array in its lines joined by `\n`; with `normalise` in the tidied text.
 */
export function mrzLines(input: string | readonly string[], normalise: boolean): MrzLines {
  const raw = typeof input === 'string' ? input : input.join('\n');
  if (raw.length > MAX_CHARACTERS) {
    throw new InputError('too-large', 'a machine-readable zone has at most 90 characters', {
      offset: MAX_CHARACTERS,
    });
  }
  const { lines, offsets } = split(normalise ? tidied(raw) : raw);
  const width = lines[0]?.length ?? 0;
  const format = formatOfShape(lines.length, width);
  if (format === undefined || lines.some((line) => line.length !== width)) {
    throw shapeError(lines, offsets);
  }
  const cut = new MrzLines(format, lines, offsets);
  return normalise ? cut.withMistakesRepaired() : cut;
}

function split(text: string): { readonly lines: readonly string[]; readonly offsets: readonly number[] } {
  const lines: string[] = [];
  const offsets: number[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
    lines.push(line);
    offsets.push(index);
  }
  const [only = ''] = lines;
  const layout = Object.values(LAYOUTS).find((each) => each.lines * each.width === only.length);
  if (lines.length !== 1 || layout === undefined) return { lines, offsets };
  const { width, lines: count } = layout;
  const starts = Array.from({ length: count }, (_, line) => line * width);
  return {
    lines: starts.map((start) => only.slice(start, start + width)),
    offsets: starts.map((start) => (offsets[0] ?? 0) + start),
  };
}

function tidied(text: string): string {
  return text
    .toUpperCase()
    .replace(/[«≪]/g, '<<')
    .replace(/[‹＜]/g, '<')
    .replace(/[^\S\r\n]/g, '')
    .trim();
}

/**
 * Lines that are only too short or too few are `truncated`, everything else `malformed`; the offset is the end of
 * the first line of a foreign length, else of the last one. What the lines hold is not repeated.
 */
function shapeError(lines: readonly string[], offsets: readonly number[]): InputError {
  const layouts = Object.values(LAYOUTS);
  const widths = lines.slice(0, 4).map((line) => line.length);
  const isCutShort = layouts.some(
    (layout) => lines.length <= layout.lines && widths.every((width) => width <= layout.width),
  );
  const foreign = widths.findIndex((width) => layouts.every((layout) => layout.width !== width));
  const line = foreign < 0 ? lines.length - 1 : foreign;
  return new InputError(
    isCutShort ? 'truncated' : 'malformed',
    `a machine-readable zone has 3 lines of 30, 2 of 36 or 2 of 44 characters; lines here: ${widths.join(', ') || 'none'}`,
    { offset: (offsets[line] ?? 0) + (lines[line] ?? '').length },
  );
}
