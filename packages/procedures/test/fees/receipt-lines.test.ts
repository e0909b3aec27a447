import { InputError } from '@buergerkoffer/formats';
import { feeFor, receiptLines } from '@buergerkoffer/procedures';
import { describe, expect, it } from 'vitest';

const ON = '2026-03-02';

describe('the lines of a receipt', () => {
  it('name service, legal basis and amount of several fees, reductions as well', () => {
    const card = feeFor({
      service: 'personalausweis',
      on: ON,
      born: '1950-01-01',
      waiver: { reduceToCents: 2000 },
    });
    const record = feeFor({ service: 'fuehrungszeugnis', on: ON });
    expect(receiptLines(card, record)).toEqual([
      {
        service: 'Personalausweis, antragstellende Person ab 24 Jahren',
        legalBasis: '§ 1 Abs. 1 PAuswGebV',
        cents: 4600,
      },
      {
        service: 'Ermäßigung oder Befreiung wegen Bedürftigkeit',
        legalBasis: '§ 1 Abs. 6 PAuswGebV',
        cents: -2600,
      },
      { service: 'Führungszeugnis', legalBasis: 'Nr. 1130 KV JVKostG', cents: 1300 },
    ]);
  });

  it('are refused with the place of the first amount that is not known', () => {
    const known = feeFor({ service: 'meldebestaetigung', on: ON });
    const unknown = feeFor({ service: 'beglaubigung', on: ON });
    expect(() => receiptLines(known, unknown)).toThrow(
      expect.objectContaining({ name: InputError.name, code: 'missing', path: 'lines[1].amountCents' }),
    );
  });
});
