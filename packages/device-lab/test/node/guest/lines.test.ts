import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineSplitter } from '../../../src/node/guest/lines.js';

function linesOf(pieces: readonly string[], longest = 1_000): readonly string[] {
  const lines: string[] = [];
  const take = lineSplitter(longest, (line) => lines.push(line));
  for (const piece of pieces) take(piece);
  return lines;
}

describe('the line splitter', () => {
  test('gives the same lines however the text is cut', () => {
    const text = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', 'ü'), { maxLength: 40 });
    fc.assert(
      fc.property(text, fc.array(fc.nat(9), { maxLength: 40 }), (parts, cuts) => {
        const whole = parts.join('');
        const pieces: string[] = [];
        let rest = whole;
        for (const cut of cuts) {
          pieces.push(rest.slice(0, cut));
          rest = rest.slice(cut);
        }
        expect(linesOf([...pieces, rest])).toEqual(linesOf([whole]));
      }),
    );
  });

  test('drops a line that is too long and goes on with the next', () => {
    expect(linesOf(['aaaa', 'aaaa', 'aa\nb', 'c\n'], 5)).toEqual(['bc']);
    expect(linesOf(['aaaaaaaaaa\nbc\n'], 5)).toEqual(['bc']);
  });

  test('keeps back what has no end yet', () => {
    expect(linesOf(['one\ntwo'])).toEqual(['one']);
  });
});
