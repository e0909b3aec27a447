import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDigit731, parseLocalDate, parseMrz, readMrz, type MrzOptions } from '../../src/index.js';
import { inputErrorOf, unlessInputError } from '../input-error-of.js';
import { CARD, CARD_LONG_NUMBER, CARD_UTO, HALF_SHEET_UTO, PASSPORT, PASSPORT_UTO } from './specimens.js';

const options: MrzOptions = { referenceDate: parseLocalDate('2026-11-20') };
const day = (date: string): object => ({ precision: 'day', date });

describe('parseMrz', () => {
  it('reads a German identity card', () => {
    expect(parseMrz(CARD, options)).toEqual({
      format: 'TD1',
      documentCode: 'ID',
      issuingState: 'D',
      documentNumber: 'T22000129',
      surname: 'MUSTERMANN',
      givenNames: 'ERIKA',
      nameMayBeTruncated: false,
      nationality: 'D',
      birthDate: day('1964-08-12'),
      sex: 'X',
      expiryDate: day('2020-10-31'),
      optionalData: '',
      optionalData2: '',
    });
  });

  it('reads a German passport', () => {
    expect(parseMrz(PASSPORT, options)).toMatchObject({
      format: 'TD3',
      documentNumber: 'C01X00T47',
      sex: 'F',
      expiryDate: day('2027-02-28'),
    });
  });

  it('reads the specimens of ICAO 9303', () => {
    expect(parseMrz(PASSPORT_UTO, options)).toMatchObject({
      issuingState: 'UTO',
      surname: 'ERIKSSON',
      givenNames: 'ANNA MARIA',
      optionalData: 'ZE184226B',
    });
    expect(parseMrz(CARD_UTO, options)).toMatchObject({ format: 'TD1', documentCode: 'I', sex: 'F' });
    expect(parseMrz(HALF_SHEET_UTO, options)).toMatchObject({ format: 'TD2', documentNumber: 'D23145890' });
  });

  it('follows a document number of more than nine places into the optional data', () => {
    expect(parseMrz(CARD_LONG_NUMBER, options)).toMatchObject({
      documentNumber: 'D23145890734',
      optionalData: '',
    });
  });

  it('reads one text with line breaks of any kind, and without', () => {
    const expected = parseMrz(CARD, options);
    for (const text of [CARD.join('\n'), `${CARD.join('\r\n')}\r\n`, CARD.join('')]) {
      expect(parseMrz(text, options)).toEqual(expected);
    }
    expect(parseMrz(PASSPORT.join(''), options)).toEqual(parseMrz(PASSPORT, options));
  });

  it('finds every wrong digit in a field with a check digit', () => {
    const places: readonly (readonly [
      specimen: readonly string[],
      line: number,
      from: number,
      to: number,
      path: string,
    ])[] = [
      [CARD, 0, 5, 15, 'documentNumber'],
      [CARD, 1, 0, 7, 'birthDate'],
      [CARD, 1, 8, 15, 'expiryDate'],
      [CARD, 1, 29, 30, 'composite'],
      [HALF_SHEET_UTO, 1, 0, 10, 'documentNumber'],
      [HALF_SHEET_UTO, 1, 13, 20, 'birthDate'],
      [HALF_SHEET_UTO, 1, 21, 28, 'expiryDate'],
      [HALF_SHEET_UTO, 1, 35, 36, 'composite'],
      [PASSPORT_UTO, 1, 0, 10, 'documentNumber'],
      [PASSPORT_UTO, 1, 13, 20, 'birthDate'],
      [PASSPORT_UTO, 1, 21, 28, 'expiryDate'],
      [PASSPORT_UTO, 1, 28, 43, 'optionalData'],
      [PASSPORT_UTO, 1, 43, 44, 'composite'],
      [CARD_LONG_NUMBER, 0, 15, 19, 'documentNumber'],
    ];
    for (const [specimen, line, from, to, path] of places) {
      for (let at = from; at < to; at += 1) {
        const text = specimen[line] ?? '';
        if (!/\d/.test(text[at] ?? '')) continue;
        for (let by = 1; by < 10; by += 1) {
          const wrong = text.slice(0, at) + String((Number(text[at]) + by) % 10) + text.slice(at + 1);
          const { findings } = readMrz(specimen.with(line, wrong), options);
          expect(findings.map((finding) => finding.path)).toContain(path);
        }
      }
    }
  });

  it('names field and place of a wrong check digit, in an array as in a text', () => {
    const wrong = CARD.with(1, '6408126<2010315D<<<<<<<<<<<<<4');
    const place = { code: 'checksum', path: 'birthDate', offset: 31 + 6 };
    expect(inputErrorOf(() => parseMrz(wrong, options))).toMatchObject(place);
    expect(inputErrorOf(() => parseMrz(wrong.join('\n'), options))).toMatchObject(place);
    expect(inputErrorOf(() => parseMrz(wrong.join('\r\n'), options)).offset).toBe(32 + 6);
    expect(inputErrorOf(() => parseMrz(wrong.join(''), options)).offset).toBe(30 + 6);
  });

  it('finds a change in optional data by the check digit over the whole zone', () => {
    const wrong = CARD.with(0, 'IDD<<T220001293<<<<<<<<<<<<<B<');
    expect(inputErrorOf(() => parseMrz(wrong, options)).path).toBe('composite');
  });

  it.each([
    ['', 'truncated'],
    [CARD.slice(0, 2).join('\n'), 'truncated'],
    [CARD.join('\n').slice(0, -1), 'truncated'],
    [`${CARD.join('\n')}<`, 'malformed'],
    [[...CARD, CARD[0] ?? ''].join('\n'), 'malformed'],
    ['A'.repeat(600), 'too-large'],
    [CARD.join('\n').toLowerCase(), 'malformed'],
    [CARD.join('\n').replace('MUSTERMANN', 'MÜSTERMANN'), 'malformed'],
    [PASSPORT.join('\n').replace('P<', 'V<'), 'unsupported'],
    [HALF_SHEET_UTO.join('\n').replace('I<UTO', 'IDFRA'), 'unsupported'],
  ])('refuses other texts (%#)', (text, code) => {
    expect(inputErrorOf(() => parseMrz(text, options)).code).toBe(code);
  });

  it('points at the end of the line that is too short or too long', () => {
    const [first = '', second = '', third = ''] = CARD;
    const at = (lines: readonly string[]): unknown => inputErrorOf(() => parseMrz(lines, options)).offset;
    expect(at([first, second.slice(1), third])).toBe(31 + 29);
    expect(at([first, second, `${third}<`])).toBe(62 + 31);
    expect(at([first, second])).toBe(61);
    expect(at([])).toBe(0);
  });

  it('does not repeat what the zone holds', () => {
    const wrong = CARD.with(2, 'MUSTERMANN<<ERIKA<<<<<<<<<<<<1').with(1, '9999996<2013315D<<<<<<<<<<<<<4');
    const { findings } = readMrz(wrong, options);
    expect(findings.length).toBeGreaterThan(2);
    expect(JSON.stringify(findings)).not.toMatch(/MUSTERMANN|ERIKA|T22000129|999999/);
  });

  it('answers any text with a reading or InputErrors', () => {
    const lines = fc
      .constantFrom(30, 36, 44)
      .chain((width) =>
        fc.array(
          fc.string({ unit: fc.constantFrom(...'ADMOPXZ0123456789<<<'), minLength: width, maxLength: width }),
          { minLength: 2, maxLength: 3 },
        ),
      );
    fc.assert(
      fc.property(fc.oneof(lines, fc.string({ maxLength: 120 })), fc.boolean(), (input, normalise) => {
        unlessInputError(() => parseMrz(input, { ...options, normalise }));
        readMrz(input, { ...options, normalise });
      }),
      { numRuns: 500 },
    );
  });
});

describe('readMrz', () => {
  it('returns every fault together with what can be read', () => {
    const wrong = CARD.with(0, 'IDD<<T220001295<<<<<<<<<<<<<<<').with(1, '6408126<2010315D<<<<<<<<<<<<<4');
    const { mrz, findings } = readMrz(wrong, options);
    expect(findings.map(({ path }) => path)).toEqual(['documentNumber', 'birthDate', 'composite']);
    expect(mrz?.surname).toBe('MUSTERMANN');
  });

  it('reports dates that no calendar has', () => {
    const { mrz, findings } = readMrz(passportWith({ birth: '640230' }), options);
    expect(mrz).toBeUndefined();
    expect(findings[0]).toMatchObject({ code: 'out-of-range', path: 'birthDate' });
  });
});

describe('the century of a date', () => {
  it('of birth is the latest that is not in the future', () => {
    expect(parseMrz(passportWith({ birth: '261120' }), options).birthDate).toEqual(day('2026-11-20'));
    expect(parseMrz(passportWith({ birth: '261121' }), options).birthDate).toEqual(day('1926-11-21'));
  });

  it('of birth is in doubt where the holder could be over a hundred', () => {
    const mrz = parseMrz(passportWith({ birth: '200101' }), options);
    expect([mrz.birthDate, mrz.birthDateACenturyEarlier]).toEqual([day('2020-01-01'), day('1920-01-01')]);
    expect(parseMrz(PASSPORT, options).birthDateACenturyEarlier).toBeUndefined();
  });

  it('of birth knows in which centuries 29 February exists', () => {
    const in2005 = { referenceDate: parseLocalDate('2005-01-01') };
    const mrz = parseMrz(passportWith({ birth: '000229' }), in2005);
    expect([mrz.birthDate, mrz.birthDateACenturyEarlier]).toEqual([day('2000-02-29'), undefined]);
  });

  it('of expiry is the nearest', () => {
    expect(parseMrz(passportWith({ expiry: '351231' }), options).expiryDate).toEqual(day('2035-12-31'));
    expect(parseMrz(passportWith({ expiry: '991231' }), options).expiryDate).toEqual(day('1999-12-31'));
  });

  it('leaves unknown parts unknown', () => {
    const birth = (text: string): object => parseMrz(passportWith({ birth: text }), options).birthDate;
    expect(birth('5003<<')).toEqual({ precision: 'month', year: 1950, month: 3 });
    expect(birth('50<<<<')).toEqual({ precision: 'year', year: 1950 });
    expect(birth('<<<<<<')).toEqual({ precision: 'unknown' });
  });
});

describe('normalising', () => {
  it('repairs what optical recognition mistakes, only when asked', () => {
    const scanned = [
      '1DD<<T220001293<<<<<<<<<<<<<<<',
      '64O8I25<2OlO3ISD<<<<<<<<<<<<<4',
      'MU5TERMANN<<ER1KA<<<<<<<<<<<<<',
    ];
    expect(inputErrorOf(() => parseMrz(scanned, options)).code).toBe('malformed');
    const marked = scanned.with(2, 'mustermann ‹‹ erika«««‹ ‹««<');
    expect(parseMrz(scanned, { ...options, normalise: true }).givenNames).toBe('ERIKA');
    expect(parseMrz(marked, { ...options, normalise: true })).toMatchObject({
      surname: 'MUSTERMANN',
      givenNames: 'ERIKA',
      documentNumber: 'T22000129',
      birthDate: day('1964-08-12'),
    });
  });

  it('does not hide a wrong digit', () => {
    const wrong = CARD.with(1, '6408126<2010315D<<<<<<<<<<<<<4');
    expect(inputErrorOf(() => parseMrz(wrong, { ...options, normalise: true })).path).toBe('birthDate');
  });
});

/** The German passport with other dates and fitting check digits. */
function passportWith(dates: { readonly birth?: string; readonly expiry?: string }): readonly string[] {
  const [first = '', second = ''] = PASSPORT;
  const checked = (text: string): string => text + String(checkDigit731(text));
  const birth = checked(dates.birth ?? second.slice(13, 19));
  const expiry = checked(dates.expiry ?? second.slice(21, 27));
  const number = second.slice(0, 10);
  const rest = second.slice(28, 43);
  const composite = String(checkDigit731(number + birth + expiry + rest));
  return [first, number + second.slice(10, 13) + birth + second.slice(20, 21) + expiry + rest + composite];
}
