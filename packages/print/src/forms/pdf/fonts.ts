import { InputError } from '@buergerkoffer/formats';
import { readFontTables } from './font-tables.js';
import { parseFont, type ParsedFont } from './pdfkit.js';
import { PlainLetters } from './plain-letters.js';

/** The two weights that every form is set in. */
export type FontWeight = 'regular' | 'bold';

/** Bytes of one TrueType or OpenType font file per weight. */
export type FontBytes = Readonly<Record<FontWeight, Uint8Array>>;

/** Fonts parsed once; keep the value and hand it to every rendering, parsing is most of the cost of a form. */
export interface FontSet {
  /** Name inside the font file, for the record of what a form was set in. */
  readonly names: Readonly<Record<FontWeight, string>>;
  /** True when both weights have a glyph for the code point. */
  covers(codePoint: number): boolean;
}

/** A font as fontkit parsed it, and its letters as far as they are read without. */
export interface FontSource {
  readonly parsed: ParsedFont;
  readonly letters: PlainLetters | undefined;
}

const sourcesOf = new WeakMap<FontSet, Readonly<Record<FontWeight, FontSource>>>();

/** A font set for any number of renderings. @throws InputError `malformed` with path `fonts.regular` or `fonts.bold`. */
export function parseFonts(bytes: FontBytes): FontSet {
  const fonts = { regular: parse(bytes.regular, 'regular'), bold: parse(bytes.bold, 'bold') };
  const set: FontSet = {
    names: { regular: fonts.regular.parsed.postscriptName, bold: fonts.bold.parsed.postscriptName },
    covers: (codePoint) => covers(fonts.regular, codePoint) && covers(fonts.bold, codePoint),
  };
  sourcesOf.set(set, fonts);
  return set;
}

/** The fonts behind a set. @throws InputError `malformed` for a value that {@link parseFonts} did not make. */
export function fontSources(set: FontSet): Readonly<Record<FontWeight, FontSource>> {
  const fonts = sourcesOf.get(set);
  if (fonts === undefined) {
    throw new InputError('malformed', 'the font set was not made by parseFonts', { path: 'fonts' });
  }
  return fonts;
}

function covers({ parsed, letters }: FontSource, codePoint: number): boolean {
  return letters === undefined ? parsed.hasGlyphForCodePoint(codePoint) : letters.covers(codePoint);
}

function parse(bytes: Uint8Array, weight: FontWeight): FontSource {
  try {
    const tables = readFontTables(bytes);
    return {
      parsed: parseFont(bytes, tables),
      letters: tables === undefined ? undefined : PlainLetters.of(tables),
    };
  } catch (cause) {
    throw new InputError('malformed', `the ${weight} font is no TrueType or OpenType font`, {
      path: `fonts.${weight}`,
      cause,
    });
  }
}
