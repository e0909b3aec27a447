import { describe, expect, it } from 'vitest';
import { parseFont, type ParsedFont } from '../../../src/forms/pdf/pdfkit.js';
import { readFontTables } from '../../../src/forms/pdf/font-tables.js';
import { hasOutlines, TrueTypeSubset } from '../../../src/forms/pdf/subset.js';
import { dejavu } from './dejavu.js';

const DEJAVU = dejavu('regular');

function subset(): TrueTypeSubset {
  const tables = readFontTables(DEJAVU);
  if (tables === undefined) throw new Error('DejaVu has no TrueType outlines');
  return new TrueTypeSubset(tables);
}

function glyphOf(font: ParsedFont, id: number): object {
  return Reflect.apply(Reflect.get(font, 'getGlyph') as (id: number) => object, font, [id]);
}

describe('a subset of a font', () => {
  it('keeps outline and width of a glyph and of the parts it is composed of', () => {
    const cut = subset();
    const whole = parseFont(DEJAVU);
    const letters = [...'AÄǕẞg'].map((letter) => whole.glyphForCodePoint(letter.codePointAt(0) ?? 0));
    const numbers = letters.map(({ id }) => cut.includeGlyph(id));
    const font = parseFont(cut.encode());
    for (const [index, letter] of letters.entries()) {
      const glyph = glyphOf(font, numbers[index] ?? 0);
      expect(Reflect.get(glyph, 'advanceWidth')).toBe(letter.advanceWidth);
      expect(
        String(
          Reflect.apply(Reflect.get(Reflect.get(glyph, 'path'), 'toSVG'), Reflect.get(glyph, 'path'), []),
        ),
      ).toBe(
        String(
          Reflect.apply(Reflect.get(Reflect.get(letter, 'path'), 'toSVG'), Reflect.get(letter, 'path'), []),
        ),
      );
    }
  });

  it('holds a letter with its marks as one glyph, within bounds that hold both', () => {
    const cut = subset();
    const whole = parseFont(DEJAVU);
    const { glyphs, positions } = whole.layout('J\u030c');
    const parts = glyphs.map(({ id }, index) => ({
      glyph: id,
      x: (positions[index]?.xOffset ?? 0) + (index === 0 ? 0 : (positions[0]?.xAdvance ?? 0)),
      y: positions[index]?.yOffset ?? 0,
    }));
    const number = cut.compose(parts, 604);
    expect(cut.compose([...parts], 604)).toBe(number);
    const boxOf = (font: ParsedFont, id: number): Record<string, number> =>
      Reflect.get(glyphOf(font, id), 'bbox') as Record<string, number>;
    const composed = boxOf(parseFont(cut.encode()), number);
    for (const { glyph, x, y } of parts) {
      const part = boxOf(whole, glyph);
      expect(composed['minX']).toBeLessThanOrEqual((part['minX'] ?? NaN) + x);
      expect(composed['minY']).toBeLessThanOrEqual((part['minY'] ?? NaN) + y);
      expect(composed['maxX']).toBeGreaterThanOrEqual((part['maxX'] ?? NaN) + x);
      expect(composed['maxY']).toBeGreaterThanOrEqual((part['maxY'] ?? NaN) + y);
    }
    expect(Reflect.get(glyphOf(parseFont(cut.encode()), number), 'advanceWidth')).toBe(604);
  });

  it('widens the bounds of the font where a letter with its marks leaves them', () => {
    const cut = subset();
    const [letter] = parseFont(DEJAVU).layout('A').glyphs;
    if (letter === undefined) throw new Error('DejaVu has no A');
    const number = cut.compose([{ glyph: letter.id, x: 0, y: 9000 }], letter.advanceWidth);
    const font = parseFont(cut.encode());
    expect(Reflect.get(glyphOf(font, number), 'bbox')).toMatchObject({ maxY: 9000 + 1493 });
    expect(Reflect.get(font, 'bbox')).toMatchObject({ maxY: 9000 + 1493 });
  });

  it('numbers glyphs in the order they are asked for, .notdef first', () => {
    const cut = subset();
    expect([cut.includeGlyph(36), cut.includeGlyph(40), cut.includeGlyph(36), cut.includeGlyph(0)]).toEqual([
      1, 2, 1, 0,
    ]);
  });

  it('has no hinting programs', () => {
    const text = Buffer.from(subset().encode().subarray(0, 200)).toString('latin1');
    expect(text).toMatch(/glyf.*head.*hhea.*hmtx.*loca.*maxp/su);
    expect(text).not.toMatch(/fpgm|prep|cvt/u);
  });

  it('is not cut from what has no TrueType outlines', () => {
    expect(readFontTables(Uint8Array.of(1, 2, 3))).toBeUndefined();
    expect(readFontTables(DEJAVU.subarray(0, 4000))).toBeUndefined();
    expect(hasOutlines(new Map())).toBe(false);
  });
});
