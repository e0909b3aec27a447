import { InputError } from '@buergerkoffer/formats';
import { parseFont, type OpenedFont, type ParsedFont } from './pdfkit.js';

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

const parsedOf = new WeakMap<FontSet, Readonly<Record<FontWeight, ParsedFont>>>();

/** A font set for any number of renderings. @throws InputError `malformed` with path `fonts.regular` or `fonts.bold`. */
export function parseFonts(bytes: FontBytes): FontSet {
  const fonts = { regular: parse(bytes.regular, 'regular'), bold: parse(bytes.bold, 'bold') };
  const set: FontSet = {
    names: { regular: fonts.regular.postscriptName, bold: fonts.bold.postscriptName },
    covers: (codePoint) =>
      fonts.regular.hasGlyphForCodePoint(codePoint) && fonts.bold.hasGlyphForCodePoint(codePoint),
  };
  parsedOf.set(set, fonts);
  return set;
}

/** The parsed fonts behind a set. @throws InputError `malformed` for a value that {@link parseFonts} did not make. */
export function parsedFonts(set: FontSet): Readonly<Record<FontWeight, ParsedFont>> {
  const fonts = parsedOf.get(set);
  if (fonts === undefined) {
    throw new InputError('malformed', 'the font set was not made by parseFonts', { path: 'fonts' });
  }
  return fonts;
}

/** Takes the glyphs of these code points into the subset, as far as the font has them: what can be typed into a field later. */
export function embedCodePoints(font: OpenedFont, codePoints: readonly number[]): void {
  for (const codePoint of codePoints) {
    if (!font.font.hasGlyphForCodePoint(codePoint)) continue;
    const glyph = font.font.glyphForCodePoint(codePoint);
    const number = font.subset.includeGlyph(glyph.id);
    font.unicode[number] ??= [codePoint];
    font.widths[number] ??= glyph.advanceWidth * font.scale;
  }
}

function parse(bytes: Uint8Array, weight: FontWeight): ParsedFont {
  try {
    return parseFont(bytes);
  } catch (cause) {
    throw new InputError('malformed', `the ${weight} font is no TrueType or OpenType font`, {
      path: `fonts.${weight}`,
      cause,
    });
  }
}
