import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transliterateAscii, transliterateMrz } from '../src/index.js';
import { anyText } from './any-text.js';
import { inputErrorOf, unlessInputError } from './input-error-of.js';

describe('transliterateMrz', () => {
  it.each([
    ['Müller', 'MUELLER'],
    ['Groß', 'GROSS'],
    ['GROẞ', 'GROSS'],
    ['Sørensen', 'SOERENSEN'],
    ['Þór', 'THOR'],
    ['Ægir', 'AEGIR'],
    ['Åsa Ǻ', 'AASA<AA'],
    ['Œuvre', 'OEUVRE'],
    ['Ĳssel', 'IJSSEL'],
    ['Łącka', 'LACKA'],
    ['Đặng', 'DANG'],
    ['Ǖ', 'UE'],
    ['İnönü ı', 'INOENUE<I'],
    ['K͟H', 'KH'],
    ['C̨̆', 'C'],
    ['mu\u0308ller', 'MUELLER'],
    ["D'Arc O’Neill", 'DARC<ONEILL'],
    ['Anna-Maria', 'ANNA<MARIA'],
    ['St. John', 'ST<JOHN'],
    ['ŉ ĸ ə', 'N<Q<E'],
    ['T22000129', 'T22000129'],
  ])('writes %s as %s', (text, expected) => {
    expect(transliterateMrz(text)).toBe(expected);
  });

  it.each([
    ['Иван', 0],
    ['Erika!', 5],
    ['a😀', 1],
  ])('refuses %s at %i', (text, offset) => {
    expect(inputErrorOf(() => transliterateMrz(text))).toMatchObject({ code: 'unsupported', offset });
  });

  it('answers any text within the alphabet or with an InputError', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(unlessInputError(() => transliterateMrz(text)) ?? '').toMatch(/^[A-Z0-9<]*$/);
        expect(unlessInputError(() => transliterateAscii(text)) ?? '').toMatch(/^[\t\n\r -~]*$/);
      }),
    );
  });
});

describe('transliterateAscii', () => {
  it.each([
    ['Änne Müller', 'Aenne Mueller'],
    ['ÄNNE MÜLLER', 'AENNE MUELLER'],
    ['Straße 5 „Am Öhr“', 'Strasse 5 "Am Oehr"'],
    ['STRAẞE', 'STRASSE'],
    ['Łódź', 'Lodz'],
    ['Þór', 'Thor'],
    ['5 € – ½', '5 EUR - 1/2'],
    ['O’Neill', "O'Neill"],
  ])('writes %s as %s', (text, expected) => {
    expect(transliterateAscii(text)).toBe(expected);
  });
});
