import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigit731, isTestIdNr, parseAgs, parseIdNr, parseSerialNumber } from '../src/index.js';
import { inputErrorOf } from './input-error-of.js';

describe('checkDigit731', () => {
  it.each([
    ['520727', 3],
    ['AB2134<<<', 5],
    ['T22000129', 3],
    ['', 0],
  ])('of %s is %i', (text, digit) => {
    expect(checkDigit731(text)).toBe(digit);
  });

  it('points at a character that has no value', () => {
    expect(inputErrorOf(() => checkDigit731('AB c'))).toMatchObject({ code: 'malformed', offset: 2 });
  });

  it('finds every wrong digit', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9]{1,20}$/),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        (text, at, by) => {
          const index = at % text.length;
          const wrong =
            text.slice(0, index) + String((Number(text[index]) + by) % 10) + text.slice(index + 1);
          expect(checkDigit731(wrong)).not.toBe(checkDigit731(text));
        },
      ),
    );
  });
});

describe('parseIdNr', () => {
  it('takes a number whose check digit fits, also with spaces', () => {
    expect(parseIdNr('02476291358')).toBe('02476291358');
    expect(parseIdNr('02 476 291 358')).toBe('02476291358');
    expect([isTestIdNr('02476291358'), isTestIdNr('86095742719')]).toEqual([true, false]);
    expect(parseIdNr('86095742719')).toBe('86095742719');
  });

  it('finds every single wrong digit', () => {
    const right = '86095742719';
    for (let index = 0; index < 11; index += 1) {
      for (const digit of '0123456789') {
        if (digit === right[index]) continue;
        const wrong = right.slice(0, index) + digit + right.slice(index + 1);
        expect(inputErrorOf(() => parseIdNr(wrong)).code).toBe('checksum');
      }
    }
  });

  it.each(['', '0247629135', '024762913580', '0247629135a'])('refuses %j as malformed', (text) => {
    expect(inputErrorOf(() => parseIdNr(text))).toMatchObject({ code: 'malformed', path: 'idNr' });
  });
});

describe('parseSerialNumber', () => {
  it('takes the number of a card with and without its check digit', () => {
    const expected = { kind: 'card', number: 'T22000129', checkDigit: 3 };
    expect([parseSerialNumber('T22000129'), parseSerialNumber('T220001293')]).toEqual([expected, expected]);
  });

  it('takes the number of a provisional document', () => {
    expect(parseSerialNumber('A1234567')).toMatchObject({ kind: 'provisional', number: 'A1234567' });
  });

  it('reads a letter and eight digits outside the alphabet of cards as a provisional number with check digit', () => {
    const { number, checkDigit } = parseSerialNumber('B1234567');
    expect(parseSerialNumber(`${number}${checkDigit}`)).toMatchObject({ kind: 'provisional' });
  });

  it('finds a wrong check digit', () => {
    expect(inputErrorOf(() => parseSerialNumber('T220001294'))).toMatchObject({
      code: 'checksum',
      offset: 9,
    });
  });

  it.each(['', 'T220001', 'T2200O129', 'T22000129<', 'T2200012933', 't22000129'])('refuses %j', (text) => {
    expect(inputErrorOf(() => parseSerialNumber(text)).code).toBe('malformed');
  });
});

describe('parseAgs', () => {
  it('takes eight digits that begin with a Land', () => {
    expect(parseAgs('05913000')).toEqual({ ags: '05913000', land: '05', kreis: '05913' });
  });

  it.each([
    ['0591300', 'malformed'],
    ['00913000', 'out-of-range'],
    ['17000000', 'out-of-range'],
  ])('refuses %s as %s', (text, code) => {
    expect(inputErrorOf(() => parseAgs(text)).code).toBe(code);
  });
});
