import { parseFont, type ParsedFont } from '../../forms/pdf/pdfkit.js';

/** One command of an outline, in font units, y upwards. */
export interface PathCommand {
  readonly command: 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'bezierCurveTo' | 'closePath';
  readonly args: readonly number[];
}

/** A glyph with its outline. */
export interface Glyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly codePoints: readonly number[];
  readonly bbox: { readonly minY: number; readonly maxY: number };
  readonly path: { readonly commands: readonly PathCommand[] };
}

/** Glyphs of a text with where each stands, in font units; marks are placed over their letters. */
export interface GlyphRun {
  readonly glyphs: readonly Glyph[];
  readonly positions: readonly {
    readonly xAdvance: number;
    readonly xOffset: number;
    readonly yOffset: number;
  }[];
  readonly advanceWidth: number;
}

/** The part of fontkit's font, which pdfkit parses, that stickers use. */
export interface FontProgram extends ParsedFont {
  readonly fullName: string;
  readonly familyName: string;
  readonly subfamilyName: string;
  readonly unitsPerEm: number;
  readonly 'OS/2'?: { readonly usWeightClass?: number };
  glyphForCodePoint(codePoint: number): Glyph;
  layout(text: string): GlyphRun;
}

/** The font in these bytes; throws whatever fontkit throws for other bytes. */
export function parseFontProgram(bytes: Uint8Array): FontProgram {
  return parseFont(bytes) as FontProgram;
}
