import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMrz, parseLocalDate, parseMrz, type MrzFields } from '../../src/index.js';
import { inputErrorOf } from '../input-error-of.js';
import { CARD, CARD_LONG_NUMBER, CARD_UTO, HALF_SHEET_UTO, PASSPORT, PASSPORT_UTO } from './specimens.js';

const options = { referenceDate: parseLocalDate('2026-11-20') };

const holder: MrzFields = {
  format: 'TD1',
  documentCode: 'ID',
  issuingState: 'D',
  documentNumber: 'T22000129',
  surname: 'Mustermann',
  givenNames: 'Erika',
  nationality: 'D',
  birthDate: parseLocalDate('1964-08-12'),
  sex: 'X',
  expiryDate: parseLocalDate('2020-10-31'),
};

const nameLine = (surname: string, givenNames: string): string =>
  formatMrz({ ...holder, surname, givenNames }).at(2) ?? '';

describe('formatMrz', () => {
  it('writes the zone of the German specimen from its data', () => {
    expect(formatMrz(holder)).toEqual(CARD);
  });

  it.each([
    ['TD1', CARD_UTO],
    ['TD1 with a long number', CARD_LONG_NUMBER],
    ['TD2', HALF_SHEET_UTO],
    ['TD3', PASSPORT],
  ])('writes what was read: %s', (_, lines) => {
    expect(formatMrz(parseMrz(lines, options))).toEqual(lines);
  });

  it('writes the check digit of optional data in a passport', () => {
    expect(formatMrz(parseMrz(PASSPORT_UTO, options))).toEqual(PASSPORT_UTO);
  });

  it('spells names in the alphabet of the zone', () => {
    expect(nameLine('Müller-Großmann', "Zoë D'Arc")).toBe('MUELLER<GROSSMANN<<ZOE<DARC<<<');
    expect(nameLine('Mustermann', '')).toBe('MUSTERMANN<<<<<<<<<<<<<<<<<<<<');
  });

  it('cuts names that are too long, with a letter in the last place', () => {
    expect(nameLine('Nilavadhanananda', 'Chayapa Dejthamrong')).toBe('NILAVADHANANANDA<<CHAYAPA<DEJT');
    expect(nameLine('Nilavadhananandaa', 'Chayapa Bejthamrong')).toHaveLength(30);
    expect(nameLine('Abcdefghijklmnopqrs', 'Chayapaa Dejth')).toBe('ABCDEFGHIJKLMNOPQRS<<CHAYAPA<D');
    expect(nameLine('Bennelongwooloomooloowarrandytewarnambool', 'Dingo')).toBe(
      'BENNELONGWOOLOOMOOLOOWARRAN<<D',
    );
  });

  it('writes unknown parts of dates as fillers', () => {
    const lines = formatMrz({ ...holder, birthDate: { precision: 'year', year: 1950 } });
    expect(lines[1]?.slice(0, 7)).toBe('50<<<<5');
  });

  it.each([
    [{ documentNumber: 'ABCDEFGHI0123456789012345' }, 'too-large', 'documentNumber'],
    [{ documentNumber: 'abc' }, 'malformed', 'documentNumber'],
    [{ documentNumber: '' }, 'malformed', 'documentNumber'],
    [{ optionalData: '0123456789012345' }, 'too-large', 'optionalData'],
    [{ optionalData: 'ä' }, 'malformed', 'optionalData'],
    [{ issuingState: 'DEUT' }, 'too-large', 'issuingState'],
    [{ surname: '--' }, 'missing', 'surname'],
    [{ surname: 'Erika2' }, 'malformed', 'names'],
    [{ format: 'TD3', documentNumber: 'ABCDEFGHI0' }, 'too-large', 'documentNumber'],
  ] as const)('refuses what does not fit: %o', (change, code, path) => {
    expect(inputErrorOf(() => formatMrz({ ...holder, ...change }))).toMatchObject({ code, path });
  });

  it('writes zones that are read back as the same data', () => {
    const name = fc.stringMatching(/^[A-Z]{1,12}( [A-Z]{1,12})?$/);
    fc.assert(
      fc.property(
        fc.constantFrom('TD1' as const, 'TD2' as const, 'TD3' as const),
        name,
        name,
        fc.stringMatching(/^[A-Z0-9]{1,9}$/),
        fc.stringMatching(/^([A-Z0-9]{1,7})?$/),
        (format, surname, givenNames, documentNumber, optionalData) => {
          const lines = formatMrz({ ...holder, format, surname, givenNames, documentNumber, optionalData });
          const mrz = parseMrz(lines, options);
          expect(mrz).toMatchObject({ format, documentNumber, optionalData });
          if (!mrz.nameMayBeTruncated) expect(mrz).toMatchObject({ surname, givenNames });
        },
      ),
    );
  });

  it('writes long document numbers that are read back', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('TD1' as const, 'TD2' as const),
        fc.stringMatching(/^[A-Z0-9]{10,14}$/),
        (format, documentNumber) => {
          expect(parseMrz(formatMrz({ ...holder, format, documentNumber }), options)).toMatchObject({
            documentNumber,
          });
        },
      ),
    );
  });
});
