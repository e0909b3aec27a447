import { checkStringLatin, InputError } from '@buergerkoffer/formats';
import {
  LABEL_SAMPLES,
  LABELS,
  layoutLabel,
  type LabelKind,
  type PaAddressData,
} from '@buergerkoffer/print/labels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const FRANKFURT: PaAddressData = {
  serialNumber: 'L01X00T47',
  postalCode: '60316',
  city: 'Frankfurt am Main',
  street: 'Baumweg',
  houseNumber: '3',
};
const pass = (city: string) => ({ serialNumber: 'C01X00T47', city });

function refusal(kind: LabelKind, data: unknown): { code: string; path: string | undefined } {
  try {
    layoutLabel(kind, data);
  } catch (error) {
    if (error instanceof InputError) return { code: error.code, path: error.path };
    throw error;
  }
  throw new Error('no refusal');
}

describe('the address sticker of the identity card', () => {
  it('reads as the specimen of the regulation', () => {
    expect(layoutLabel('pa-address', FRANKFURT)).toEqual({
      kind: 'pa-address',
      lines: ['60316 FRANKFURT AM MAIN', 'BAUMWEG 3'],
      serialNumber: 'L01X00T47',
      shortened: [],
    });
  });

  it('breaks lines at spaces and after hyphens, and leaves the house number whole', () => {
    const street = 'Bischof-Musterfrau-und-Mustermann-Weg';
    const { lines } = layoutLabel('pa-address', {
      ...FRANKFURT,
      street,
      houseNumber: '10',
      houseNumberSuffix: 'b',
    });
    expect(lines).toEqual(['60316 FRANKFURT AM MAIN', 'BISCHOF-MUSTERFRAU-UND-', 'MUSTERMANN-WEG 10B']);
  });

  it('shortens the street only where four lines are not enough, and says what it shortened', () => {
    const street = 'Professor-Doktor-Musterfrau-und-Gebrüder-Mustermann-Große-Ringstraße';
    const { lines, shortened } = layoutLabel('pa-address', { ...FRANKFURT, street });
    expect(lines.length).toBe(4);
    expect(shortened).toEqual([{ field: 'street', long: 'Professor', short: 'Prof.' }]);
    expect(lines.slice(1)).toEqual([
      'PROF.-DOKTOR-MUSTERFRAU-',
      'UND-GEBRÜDER-MUSTERMANN-',
      'GROSSE-RINGSTRASSE 3',
    ]);
  });

  it('shortens no more than it takes', () => {
    const street = 'Straße der Musterfrau und des Mustermanns am Musterplatz';
    expect(layoutLabel('pa-address', { ...FRANKFURT, street }).shortened).toEqual([]);
  });

  it('shortens the place when the street alone does not do', () => {
    const data = {
      ...FRANKFURT,
      city: 'Sankt Mustermann an der Musterach bei Musterhausen',
      street: 'Musterweg der Mustermannsleute',
      houseNumber: '1234',
    };
    const { lines, shortened } = layoutLabel('pa-address', data);
    expect(lines.length).toBe(4);
    expect(shortened.map(({ field }) => field)).toEqual(['city', 'city', 'city']);
  });

  it('takes a card number with its check digit and prints it without', () => {
    expect(layoutLabel('pa-address', { ...FRANKFURT, serialNumber: 'L01X00T471' }).serialNumber).toBe(
      'L01X00T47',
    );
  });

  it('prints as the register has it where that is asked for', () => {
    expect(layoutLabel('pa-address', FRANKFURT, { letterCase: 'as-given' }).lines).toEqual([
      '60316 Frankfurt am Main',
      'Baumweg 3',
    ]);
  });

  it("uses the authority's own abbreviations, as text and not as a pattern", () => {
    const street = 'Mustermannsgedenkstättenzufahrtsgasse';
    expect(refusal('pa-address', { ...FRANKFURT, street })).toEqual({ code: 'too-large', path: 'street' });
    const shortened = { long: 'gedenkstättenzufahrtsgasse', short: 'gedg.', suffix: true } as const;
    const pattern = { long: '.*(', short: 'x' };
    const { lines } = layoutLabel(
      'pa-address',
      { ...FRANKFURT, street },
      { streetAbbreviations: [pattern, { long: '', short: 'x' }, shortened] },
    );
    expect(lines).toContain('MUSTERMANNSGEDG. 3');
  });

  it.each([
    [{ ...FRANKFURT, street: 'W'.repeat(26) }, 'too-large', 'street'],
    [{ ...FRANKFURT, city: 'Lang '.repeat(24).trim() }, 'too-large', 'city'],
    [{ ...FRANKFURT, street: 'улица' }, 'not-allowed', 'street'],
    [{ ...FRANKFURT, city: 'A\u0000B' }, 'not-allowed', 'city'],
    [{ ...FRANKFURT, houseNumber: '3\t' + 'α' }, 'not-allowed', 'houseNumber'],
    [{ ...FRANKFURT, postalCode: '6031' }, 'malformed', 'postalCode'],
    [{ ...FRANKFURT, serialNumber: 'L01X00T472' }, 'checksum', 'serialNumber'],
    [{ ...FRANKFURT, serialNumber: 'A01X00T47' }, 'malformed', 'serialNumber'],
    [{ ...FRANKFURT, serialNumber: 'B1234567' }, 'not-allowed', 'serialNumber'],
    [{ ...FRANKFURT, city: undefined }, 'missing', 'city'],
    [{ ...FRANKFURT, birthDate: '1950-01-01' }, 'not-allowed', 'birthDate'],
    ['text', 'malformed', ''],
  ])('%o is refused as %s at %s', (data, code, path) => {
    expect(refusal('pa-address', data)).toEqual({ code, path });
  });
});

describe('the residence sticker of the passport', () => {
  it('reads as the specimen of the regulation', () => {
    expect(layoutLabel('pass-residence', pass('Köln'))).toMatchObject({
      lines: ['KÖLN'],
      serialNumber: 'C01X00T47',
    });
  });

  it('has three lines of 23 characters', () => {
    const full = ['W'.repeat(23), 'Ä'.repeat(23), 'M'.repeat(23)];
    expect(layoutLabel('pass-residence', pass(full.join(' '))).lines).toEqual(full);
    expect(refusal('pass-residence', pass(full.join(' ') + ' W'))).toEqual({
      code: 'too-large',
      path: 'city',
    });
  });

  it('counts a letter with its mark as one character', () => {
    const letters = 'C̨̆'.repeat(23);
    expect(layoutLabel('pass-residence', pass(letters)).lines).toEqual([letters]);
  });
});

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc
      .array(
        fc.constantFrom(
          'Straße',
          'Platz',
          'am',
          'bei',
          'an der',
          'ß',
          'ŉ',
          'J̌',
          'K͟H',
          'k͟h',
          '-',
          '/',
          'Ostseebad',
        ),
      )
      .map((words) => words.join(' ')),
  );

  it('is laid out within lines and columns in letters of DIN 91379, or refused with a code', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom('capitals', 'as-given'), (city, street, letterCase) => {
        try {
          const { lines } = layoutLabel('pa-address', { ...FRANKFURT, city, street }, { letterCase });
          const graphemes = new Intl.Segmenter('de', { granularity: 'grapheme' });
          expect(lines.length).toBeLessThanOrEqual(LABELS['pa-address'].entry.lines);
          for (const line of lines) {
            expect([...graphemes.segment(line)].length).toBeLessThanOrEqual(25);
            expect(checkStringLatin(line, 'B')).toBeUndefined();
          }
        } catch (error) {
          if (!(error instanceof InputError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of the samples fits', () => {
    expect(layoutLabel('pa-address', LABEL_SAMPLES['pa-address']).lines.length).toBe(4);
    expect(layoutLabel('pass-residence', LABEL_SAMPLES['pass-residence']).lines.length).toBe(2);
  });
});
