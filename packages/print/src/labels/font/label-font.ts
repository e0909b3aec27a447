import { encodeHex, InputError, stringLatinCodePoints } from '@buergerkoffer/formats';
import type { LabelWeight } from '../layout/label.js';
import { parseFontProgram, type FontProgram, type GlyphRun } from './font-program.js';

/** The font that the regulations prescribe for stickers; it is not public, the authority has it. */
export const OFFICIAL_FONT = 'UnicodeDoc';

/** Largest font file that is read. */
const MAX_FONT_BYTES = 32 * 1024 * 1024;

/** What is asked of a font file. */
export interface LabelFontOptions {
  /** SHA-256 of the file in hexadecimal, where the authority knows it. */
  readonly sha256?: string;
  /** A font that stands in for the official one: what is printed with it is marked as a trial. */
  readonly standIn?: boolean;
}

/** A font for stickers, parsed once. */
export interface LabelFont {
  /** Full name inside the file. */
  readonly name: string;
  readonly weight: LabelWeight;
  /** Whether it calls itself {@link OFFICIAL_FONT}; a file can be called anything, its hash tells more. */
  readonly official: boolean;
  readonly sha256: string;
  /** Characters of DIN 91379 (data type B) that it has no glyph for, as `U+1EFC`. */
  readonly missing: readonly string[];
  /** Whether all letters and digits have one width. */
  readonly monospaced: boolean;
}

const programs = new WeakMap<LabelFont, FontProgram>();

/**
 * A font file, checked. InputError with path `font`: `malformed` for what is no TrueType or OpenType font, `too-large`
 * above 32 MiB, `checksum` where the hash differs, `not-allowed` where it is neither official nor said to stand in.
 */
export async function readLabelFont(bytes: Uint8Array, options: LabelFontOptions = {}): Promise<LabelFont> {
  if (bytes.length > MAX_FONT_BYTES) throw fault('too-large', `a font of more than ${MAX_FONT_BYTES} bytes`);
  const sha256 = encodeHex(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))),
  ).toLowerCase();
  if (options.sha256 !== undefined && options.sha256.toLowerCase() !== sha256) {
    throw fault('checksum', 'the SHA-256 of the font is not the one expected');
  }
  const { program, ...facts } = understood(() => {
    const parsed = parseFontProgram(bytes);
    return {
      program: parsed,
      name: parsed.fullName,
      weight: weightOf(parsed),
      official: `${parsed.familyName}${parsed.fullName}`
        .replaceAll(/[\s-]/gu, '')
        .toLowerCase()
        .startsWith(OFFICIAL_FONT.toLowerCase()),
      missing: missingOf(parsed),
      monospaced: isMonospaced(parsed),
      capital: capitalHeight(parsed),
    };
  });
  if (!(facts.capital > 0)) throw fault('malformed', 'the font has no capital E to measure its size by');
  if (!facts.official && options.standIn !== true) {
    throw new InputError('not-allowed', `the font is not ${OFFICIAL_FONT}`, {
      path: 'font',
      remedy: `give the file of ${OFFICIAL_FONT} that the authority has, or none for a trial`,
    });
  }
  const { capital: _, ...told } = facts;
  const font: LabelFont = { ...told, sha256 };
  programs.set(font, program);
  return font;
}

/** Size of the em in millimetres at which the capital E is `heightMm` high. */
export function emMmOf(font: LabelFont, heightMm: number): number {
  const program = programOf(font);
  return (heightMm * program.unitsPerEm) / capitalHeight(program);
}

/** The glyphs of a text. InputError `unsupported` with `path` for a character that the font lacks. */
export function glyphsOf(font: LabelFont, text: string, path: string): GlyphRun {
  const program = programOf(font);
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (program.hasGlyphForCodePoint(codePoint)) continue;
    throw new InputError('unsupported', `the font has no glyph for ${nameOf(codePoint)}`, { path });
  }
  return understood(() => program.layout(text));
}

/** The parsed font behind a label font. */
export function programOf(font: LabelFont): FontProgram {
  const program = programs.get(font);
  if (program === undefined) throw fault('malformed', 'the font was not made by readLabelFont');
  return program;
}

function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new InputError('malformed', 'the file is no TrueType or OpenType font, or a broken one', {
      path: 'font',
      cause,
    });
  }
}

function fault(code: 'too-large' | 'checksum' | 'malformed', message: string): InputError {
  return new InputError(code, message, { path: 'font' });
}

/** Semi-bold (600) and more is bold (OpenType, OS/2 usWeightClass). */
function weightOf(font: FontProgram): LabelWeight {
  const weightClass = font['OS/2']?.usWeightClass ?? 400;
  return weightClass >= 600 || /bold/iu.test(font.subfamilyName) ? 'bold' : 'regular';
}

function capitalHeight(font: FontProgram): number {
  const { bbox } = font.glyphForCodePoint(0x45);
  return bbox.maxY - bbox.minY;
}

function isMonospaced(font: FontProgram): boolean {
  const widths = Array.from(
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
    (character) => font.glyphForCodePoint(character.charCodeAt(0)).advanceWidth,
  );
  return new Set(widths).size === 1;
}

function missingOf(font: FontProgram): readonly string[] {
  return stringLatinCodePoints('B')
    .filter((codePoint) => !font.hasGlyphForCodePoint(codePoint))
    .map(nameOf);
}

function nameOf(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
