import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  earliestDate,
  formatPartialDate,
  latestDate,
  parseLocalDate,
  parsePartialDate,
  wholeDate,
} from '../src/index.js';
import { inputErrorOf, unlessInputError } from './input-error-of.js';

describe('parsePartialDate', () => {
  it('reads the forms of XÖV and of the document order', () => {
    expect(parsePartialDate('1950-03-12')).toEqual(wholeDate(parseLocalDate('1950-03-12')));
    const march = { precision: 'month', year: 1950, month: 3 };
    expect([parsePartialDate('1950-03'), parsePartialDate('1950-03-XX')]).toEqual([march, march]);
    const year = { precision: 'year', year: 1950 };
    expect(['1950', '1950-XX', '1950-XX-XX'].map((text) => parsePartialDate(text))).toEqual([
      year,
      year,
      year,
    ]);
    expect(parsePartialDate('XXXX-XX-XX')).toEqual({ precision: 'unknown' });
  });

  it.each(['', '50', '1950-XX-12', 'XXXX-03-12', '1950-3', '12.03.1950', '1950-03-'])(
    'refuses %j',
    (text) => {
      expect(inputErrorOf(() => parsePartialDate(text)).code).toBe('malformed');
    },
  );

  it.each(['1950-13', '1950-02-30', '0000', '1950-00-XX'])('refuses %s, which no calendar has', (text) => {
    expect(inputErrorOf(() => parsePartialDate(text, 'birthDate'))).toMatchObject({
      code: 'out-of-range',
      path: 'birthDate',
    });
  });
});

describe('formatPartialDate', () => {
  const texts = ['1950-03-12', '1950-03', '1950', 'XXXX'];

  it.each([
    ['reduced', texts],
    ['xhd', ['1950-03-12', '1950-03-XX', '1950-XX-XX', 'XXXX-XX-XX']],
    ['mrz', ['500312', '5003<<', '50<<<<', '<<<<<<']],
    ['german', ['12.03.1950', '03.1950', '1950', 'unbekannt']],
  ] as const)('writes the style %s', (style, expected) => {
    expect(texts.map((text) => formatPartialDate(parsePartialDate(text), style))).toEqual(expected);
  });

  it('writes what is read as the same date', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(19[0-9X]{2}|XXXX)(-[01X][0-9X](-[0-3X][0-9X])?)?$/), (text) => {
        const date = unlessInputError(() => parsePartialDate(text));
        if (date === undefined) return;
        expect(parsePartialDate(formatPartialDate(date))).toEqual(date);
        expect(parsePartialDate(formatPartialDate(date, 'xhd'))).toEqual(date);
      }),
    );
  });
});

describe('the days that a partial date can mean', () => {
  it.each([
    ['1952-02', '1952-02-01', '1952-02-29'],
    ['1950', '1950-01-01', '1950-12-31'],
    ['1950-03-12', '1950-03-12', '1950-03-12'],
    ['XXXX', undefined, undefined],
  ])('are for %s from %s to %s', (text, first, last) => {
    const date = parsePartialDate(text);
    expect([earliestDate(date), latestDate(date)]).toEqual([first, last]);
  });
});
