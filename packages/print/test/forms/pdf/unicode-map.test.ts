import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unicodeMap } from '../../../src/forms/pdf/unicode-map.js';
import { glyphTexts } from '../glyph-texts.js';

describe('the map of glyphs to characters', () => {
  it('reads back as it was given, whatever follows on what', () => {
    const run = fc
      .tuple(fc.integer({ min: 0x20, max: 0x1e00 }), fc.integer({ min: 1, max: 300 }))
      .map(([first, length]) => Array.from({ length }, (_, at) => [first + at]));
    const composed = fc.constantFrom([[0x4a, 0x30c]], [[0x1d400]], [[0x41], [0x42]]);
    fc.assert(
      fc.property(fc.array(fc.oneof(run, composed), { maxLength: 6 }), (parts) => {
        const meanings = [[0], ...parts.flat()];
        expect(glyphTexts(unicodeMap(meanings))).toEqual(
          meanings.map((each) => String.fromCodePoint(...each)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('names letters that follow one another by the first', () => {
    const map = unicodeMap([[0], ...Array.from({ length: 26 }, (_, at) => [0x41 + at])]);
    expect(map).toContain('<0001> <001a> <0041>');
  });

  it('has at most a hundred entries in a block', () => {
    const meanings = Array.from({ length: 4000 }, (_, at) => (at % 5 === 0 ? [0x4a, 0x30c] : [0x20 + at]));
    const blocks = [...unicodeMap(meanings).matchAll(/(\d+) beginbfrange\n([^]*?)\nendbfrange/gu)];
    expect(blocks.length).toBeGreaterThan(1);
    for (const [, count, lines = ''] of blocks) {
      expect(Number(count)).toBe(lines.split('\n').length);
      expect(Number(count)).toBeLessThanOrEqual(100);
    }
  });
});
