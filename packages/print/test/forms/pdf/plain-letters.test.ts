import { stringLatinCodePoints } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { readCharacterMap } from '../../../src/forms/pdf/character-map.js';
import { readFontTables, type FontTables } from '../../../src/forms/pdf/font-tables.js';
import { parseFont } from '../../../src/forms/pdf/pdfkit.js';
import { NOT_PLAIN, PlainLetters } from '../../../src/forms/pdf/plain-letters.js';
import { dejavu } from './dejavu.js';

function tablesOf(weight: 'regular' | 'bold'): FontTables {
  const tables = readFontTables(dejavu(weight));
  if (tables === undefined) throw new Error('DejaVu is no font');
  return tables;
}

function lettersOf(weight: 'regular' | 'bold'): PlainLetters {
  const letters = PlainLetters.of(tablesOf(weight));
  if (letters === undefined) throw new Error('DejaVu has no plain letters');
  return letters;
}

describe.each(['regular', 'bold'] as const)('letters of a font that need no shaping, %s', (weight) => {
  const letters = lettersOf(weight);
  const font = parseFont(dejavu(weight));

  it('have the glyphs and widths that fontkit finds, for all of String.Latin', () => {
    for (const codePoint of stringLatinCodePoints('E')) {
      const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
      expect([codePoint, letters.glyphAt(codePoint)]).toEqual([codePoint, id]);
      expect([codePoint, letters.advance(id)]).toEqual([codePoint, advanceWidth]);
    }
  });

  it('are kerned as fontkit kerns them', () => {
    const capitals = [...'AFKLPRTVWYaefort.,-'];
    for (const left of capitals) {
      for (const right of capitals) {
        const { positions, glyphs } = font.layout(left + right);
        if (glyphs.length !== 2) continue; // a ligature
        const expected = (positions[0]?.xAdvance ?? 0) - (glyphs[0]?.advanceWidth ?? 0);
        const pair = [left, right].map((letter) => letters.glyphAt(letter.charCodeAt(0)));
        expect([left + right, letters.kerning(pair[0] ?? 0, pair[1] ?? 0)]).toEqual([left + right, expected]);
      }
    }
  });
});

describe('letters of a font that need no shaping', () => {
  const letters = lettersOf('regular');

  it('are no marks, no scripts that join, no halves of a character', () => {
    const others = [0x301, 0x5d0, 0x627, 0xd83d];
    expect(others.map((codePoint) => letters.glyphOf(codePoint))).toEqual(others.map(() => NOT_PLAIN));
  });

  it('are found beyond the first plane too', () => {
    expect([letters.covers(0x1d400), letters.covers(0x2_0000)]).toEqual([
      parseFont(dejavu('regular')).hasGlyphForCodePoint(0x1d400),
      false,
    ]);
  });

  it.each(['cmap', 'hhea', 'hmtx', 'kern'])('are not taken from a font without %s', (tag) => {
    const tables = new Map(tablesOf('regular'));
    tables.delete(tag);
    expect(PlainLetters.of(tables)).toBeUndefined();
  });
});

describe('the map of characters', () => {
  it('says the same in the form for 16 bits as in the one for 32', () => {
    const cmap = tablesOf('regular').get('cmap');
    if (cmap === undefined) throw new Error('DejaVu has no cmap');
    const only16 = new DataView(cmap.buffer.slice(cmap.byteOffset, cmap.byteOffset + cmap.byteLength));
    for (let record = 4; record < 4 + 8 * only16.getUint16(2); record += 8) {
      if (only16.getUint16(record + 2) === 10) only16.setUint16(record + 2, 99);
    }
    const [wide, narrow] = [cmap, only16].map((table) => readCharacterMap(table));
    for (let codePoint = 0; codePoint < 0x3000; codePoint++) {
      expect([codePoint, narrow?.(codePoint)]).toEqual([codePoint, wide?.(codePoint)]);
    }
  });
});
