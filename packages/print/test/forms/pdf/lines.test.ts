import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakLines } from '../../../src/forms/pdf/lines.js';

/** Every UTF-16 unit one point wide. */
const measure = (text: string): number => text.length;

describe('breakLines', () => {
  it.each([
    ['at a space', 'Haus am See', 8, ['Haus am', 'See']],
    ['after a hyphen', 'Müller-Lüdenscheidt', 13, ['Müller-', 'Lüdenscheidt']],
    ['at a line feed', 'a\nb', 8, ['a', 'b']],
    ['inside a word that is too wide', 'abcdef', 4, ['abcd', 'ef']],
    ['never between a letter and its mark', 'aaaJ\u030caa', 4, ['aaa', 'J\u030caa']],
    ['never at a no-break space', 'aa 1\u00a0€', 5, ['aa', '1\u00a0€']],
  ])('breaks %s', (_, text, width, lines) => {
    expect(breakLines(text, width, measure)).toEqual(lines);
  });

  it('gives an empty text one empty line', () => {
    expect(breakLines('', 10, measure)).toEqual(['']);
  });

  it('loses nothing but spaces, and keeps every line within the width', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'ß', ' ', '-', '/', '\n') }),
        fc.integer({ min: 1, max: 20 }),
        (text, width) => {
          const lines = breakLines(text, width, measure);
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(/[ \n]/gu, ''));
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
