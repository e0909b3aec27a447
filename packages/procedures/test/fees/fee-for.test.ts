import { InputError } from '@buergerkoffer/formats';
import { FEE_RULES, feeFor, WAIVERS } from '@buergerkoffer/procedures';
import type { FeeQuestion } from '@buergerkoffer/procedures';
import { FeeLine, ServiceId } from '@buergerkoffer/procedures/model';
import { describe, expect, it } from 'vitest';

function total(question: FeeQuestion) {
  return feeFor(question).totalCents;
}

function refusal(question: FeeQuestion): { code: string; path: string | undefined } {
  try {
    feeFor(question);
  } catch (error) {
    if (error instanceof InputError) return { code: error.code, path: error.path };
    throw error;
  }
  throw new Error('no refusal');
}

const card = { service: 'personalausweis', born: '1950-01-01' } as const;

describe('the fee of an identity card', () => {
  it('changes with the day of application, 7 February 2026', () => {
    expect(total({ ...card, on: '2026-02-06' })).toBe(3700);
    expect(total({ ...card, on: '2026-02-07' })).toBe(4600);
    expect(total({ ...card, born: '2010-01-01', on: '2026-02-06' })).toBe(2280);
    expect(total({ ...card, born: '2010-01-01', on: '2026-02-07' })).toBe(2760);
  });

  it('takes the day of an instant in Europe/Berlin', () => {
    expect(total({ ...card, on: '2026-02-06T22:59:59Z' })).toBe(3700);
    expect(total({ ...card, on: '2026-02-06T23:00:00Z' })).toBe(4600);
    expect(total({ ...card, on: new Date('2026-02-06T23:00:00Z') })).toBe(4600);
  });

  it.each([
    ['2002-03-02', '2026-03-01', 2760],
    ['2002-03-02', '2026-03-02', 4600],
    ['2004-02-29', '2028-02-28', 2760],
    ['2004-02-29', '2028-02-29', 4600],
  ])('of somebody born on %s costs on %s %i cents', (born, on, cents) => {
    expect(total({ service: 'personalausweis', born, on })).toBe(cents);
  });

  it('leaves the amount open where a partial birth date leaves the age open', () => {
    expect(total({ ...card, born: '2002', on: '2026-03-01' })).toBe('unknown');
    expect(total({ ...card, born: '2001', on: '2026-03-01' })).toBe(4600);
  });

  it('adds 13 euros once, for office hours or competence', () => {
    expect(total({ ...card, on: '2026-01-05', outsideOfficeHours: true })).toBe(5000);
    expect(total({ ...card, on: '2026-01-05', notCompetent: true })).toBe(5000);
    expect(total({ ...card, on: '2026-01-05', notCompetent: true, outsideOfficeHours: true })).toBe(5000);
  });

  it('adds 6 euros for a photo by the authority from 1 May 2025', () => {
    expect(total({ ...card, on: '2025-04-30', photoByAuthority: true })).toBe(3700);
    expect(total({ ...card, on: '2025-05-01', photoByAuthority: true })).toBe(4300);
  });

  it('adds the surcharge of a mission by the day of application', () => {
    expect(total({ ...card, on: '2022-04-01', abroad: 'mission' })).toBe(6700);
    expect(total({ ...card, on: '2026-02-06', abroad: 'mission' })).toBe(7800);
    expect(total({ ...card, on: '2026-02-07', abroad: 'mission' })).toBe(8900);
  });

  it('does not claim a surcharge for the months in which it was changed on a day that nobody told', () => {
    expect(total({ ...card, on: '2023-06-01', abroad: 'mission' })).toBe('unknown');
  });

  it('adds for who lives abroad their own surcharge, not the one for any authority without competence', () => {
    expect(total({ ...card, on: '2026-02-07', abroad: 'residence' })).toBe(7600);
    expect(total({ ...card, on: '2026-02-07', abroad: 'residence', notCompetent: true })).toBe(7600);
    expect(total({ ...card, on: '2026-02-07', abroad: 'residence', outsideOfficeHours: true })).toBe(8900);
  });

  it('is waived or reduced by a line of its own, which leaves the surcharge of the visit', () => {
    expect(total({ ...card, on: '2026-03-02', waiver: true })).toBe(0);
    expect(total({ ...card, on: '2026-03-02', waiver: { reduceToCents: 1000 } })).toBe(1000);
    const policySurcharge = { amountCents: 500, legalBasis: 'Satzung' };
    const { lines, totalCents } = feeFor({ ...card, on: '2026-03-02', waiver: true, policySurcharge });
    expect(totalCents).toBe(500);
    expect(lines.map((line) => line.amountCents)).toEqual([4600, -4600, 500]);
  });

  it('has a waiver that is unknown, not refused, on days of which no text was read', () => {
    expect(total({ ...card, on: '2019-05-01', waiver: true })).toBe('unknown');
    const { lines, totalCents } = feeFor({ ...card, on: '2021-06-01', waiver: { reduceToCents: 1000 } });
    expect(totalCents).toBe('unknown');
    expect(lines.map(({ amountCents }) => amountCents)).toEqual([3700, 'unknown']);
    expect(total({ ...card, on: '2021-06-01', waiver: { reduceToCents: 3700 } })).toBe(3700);
  });

  it('is unknown before the table begins', () => {
    expect(total({ ...card, on: '2020-12-31' })).toBe('unknown');
    expect(total({ ...card, on: '2021-01-01' })).toBe(3700);
  });
});

describe('other fees', () => {
  it.each([
    ['reisepass', {}, 7000],
    ['reisepass', { born: '2010-05-05' }, 3750],
    ['reisepass', { pages48: true, express: true }, 12400],
    ['reisepass', { notCompetent: true }, 14000],
    ['reisepass', { outsideOfficeHours: true }, 7000],
    ['vorlaeufiger-reisepass', {}, 2600],
    ['vorlaeufiger-reisepass', { outsideOfficeHours: true }, 5200],
    ['vorlaeufiger-reisepass', { outsideOfficeHours: true, notCompetent: true }, 10400],
    ['passaenderung', { notCompetent: true }, 1200],
    ['pass-wohnortaenderung', {}, 0],
    ['vorlaeufiger-personalausweis', {}, 1000],
    ['vorlaeufiger-personalausweis', { outsideOfficeHours: true }, 2300],
    ['ersatz-personalausweis', {}, 1000],
    ['eid-karte', {}, 3700],
    ['adressaenderung', {}, 0],
    ['pin-setzen', {}, 0],
    ['fuehrungszeugnis', {}, 1300],
    ['fuehrungszeugnis', { ehrenamt: true }, 0],
    ['meldebestaetigung', {}, 0],
    ['meldebescheinigung-elektronisch', {}, 0],
    ['meldebescheinigung', {}, 'unknown'],
    ['beglaubigung', { localFee: { amountCents: 250, legalBasis: 'Satzung' } }, 250],
    ['lebensbescheinigung', {}, 'unknown'],
    ['reisepass', { abroad: 'mission' }, 10100],
    ['reisepass', { abroad: 'mission', notCompetent: true }, 17100],
    ['vorlaeufiger-reisepass', { abroad: 'mission', notCompetent: true }, 9600],
    ['reisepass', { notCompetent: true, pages48: true, express: true }, 19400],
    ['meldebestaetigung', { outsideOfficeHours: true }, 0],
  ] as const)('%s with %o costs %s', (service, more, cents) => {
    expect(total({ service, born: '1950-01-01', on: '2025-06-02', ...more })).toBe(cents);
  });

  it('of the passport rise on 1 January 2024, from 24 and at missions', () => {
    const pass = { service: 'reisepass', born: '1950-01-01' } as const;
    expect(total({ ...pass, on: '2023-12-31' })).toBe(6000);
    expect(total({ ...pass, on: '2024-01-01' })).toBe(7000);
    expect(total({ ...pass, on: '2023-12-31', abroad: 'mission' })).toBe(8100);
    expect(total({ ...pass, on: '2024-01-01', abroad: 'mission' })).toBe(10100);
    expect(total({ ...pass, born: '2010-05-05', on: '2023-12-31' })).toBe(3750);
    expect(total({ ...pass, on: '2017-02-28' })).toBe('unknown');
  });

  it('of a mission for a changed passport are unknown from 7 February 2026', () => {
    const change = { service: 'passaenderung', abroad: 'mission' } as const;
    expect(total({ ...change, on: '2026-02-06' })).toBe(2300);
    expect(total({ ...change, on: '2026-02-07' })).toBe('unknown');
  });

  it('of a Führungszeugnis stay with the authority by two fifths', () => {
    const asked = { service: 'fuehrungszeugnis', on: '2026-03-02' } as const;
    expect(feeFor(asked).authorityKeeps).toMatchObject({
      amountCents: 520,
      legalBasis: '§ 30 Abs. 2 Satz 4 BZRG',
    });
    expect(feeFor({ ...asked, ehrenamt: true }).authorityKeeps?.amountCents).toBe(0);
    const policySurcharge = { amountCents: 500, legalBasis: 'Satzung' };
    expect(feeFor({ ...asked, policySurcharge }).authorityKeeps?.amountCents).toBe(520);
    expect(feeFor({ ...card, on: '2026-03-02' }).authorityKeeps).toBeUndefined();
  });

  it('cite the passport regulation by its number of the day', () => {
    const pass = { service: 'reisepass', born: '1950-01-01' } as const;
    expect(feeFor({ ...pass, on: '2026-02-06' }).lines[0]?.legalBasis).toBe('§ 15 Abs. 1 PassV');
    expect(feeFor({ ...pass, on: '2026-02-07' }).lines[0]?.source.confidence).toBe('unverified');
  });

  it('of an electronic Meldebescheinigung begin on 1 May 2022', () => {
    expect(total({ service: 'meldebescheinigung-elektronisch', on: '2022-04-30' })).toBe('unknown');
    expect(total({ service: 'meldebescheinigung-elektronisch', on: '2022-05-01' })).toBe(0);
  });
});

describe('a fee question', () => {
  it.each([
    [{ ...card, on: '1949-12-31' }, 'out-of-range', 'born'],
    [{ ...card, on: '2026-02-30' }, 'out-of-range', 'on'],
    [{ ...card, on: '2.3.2026' }, 'malformed', 'on'],
    [{ ...card, on: '2026-03-02T10:00:00' }, 'malformed', 'on'],
    [{ ...card, born: '1950-02-30', on: '2026-03-02' }, 'out-of-range', 'born'],
    [{ ...card, born: 'gestern', on: '2026-03-02' }, 'malformed', 'born'],
    [{ ...card, born: 'XXXX', on: '2026-03-02' }, 'missing', 'born'],
    [{ ...card, on: '2026-03-02', pages48: true }, 'not-allowed', 'pages48'],
    [{ service: 'fuehrungszeugnis', on: '2026-03-02', abroad: 'residence' }, 'not-allowed', 'abroad'],
    [{ ...card, service: 'reisepass', on: '2026-03-02', abroad: 'residence' }, 'not-allowed', 'abroad'],
    [{ service: 'personalausweis', on: '2026-03-02' }, 'missing', 'born'],
    [{ service: 'jagdschein', on: '2026-03-02' }, 'unsupported', 'service'],
    [{ ...card, on: '2026-03-02', waiver: { reduceToCents: 4601 } }, 'out-of-range', 'waiver.reduceToCents'],
    [{ ...card, on: '2026-03-02', waiver: { reduceToCents: 0.5 } }, 'out-of-range', 'waiver.reduceToCents'],
    [{ service: 'meldebestaetigung', on: '2026-03-02', waiver: true }, 'not-allowed', 'waiver'],
  ] as const)('%o is refused as %s at %s', (question, code, path) => {
    expect(refusal(question)).toEqual({ code, path });
  });

  it('accepts a birth on the day of application', () => {
    expect(total({ ...card, born: '2026-03-02', on: '2026-03-02' })).toBe(2760);
  });
});

describe('the fee table', () => {
  it('gives lines that the model accepts, for every service', () => {
    for (const service of ServiceId.options) {
      const { lines } = feeFor({ service, on: '2026-03-02', born: '1950-01-01' });
      for (const line of lines) expect(FeeLine.safeParse(line).success, service).toBe(true);
    }
  });

  it('has no id twice and a text date wherever the start is unknown', () => {
    const ids = FEE_RULES.map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    const undated = FEE_RULES.filter((rule) => rule.validFrom === 'unknown' && rule.textOf === undefined);
    expect(undated).toEqual([]);
  });

  it('holds texts that fit a line of the receipt', () => {
    for (const { id, text, legalBasis } of [...FEE_RULES, ...WAIVERS]) {
      expect(text.length, id).toBeLessThanOrEqual(120);
      expect(legalBasis.length, id).toBeLessThanOrEqual(80);
    }
  });

  it('never has two base fees for the same service, age and day', () => {
    const days = [
      '2021-06-01',
      '2022-03-26',
      '2023-01-01',
      '2024-04-12',
      '2025-05-02',
      '2026-02-06',
      '2026-02-07',
    ];
    for (const service of ServiceId.options) {
      for (const on of days) {
        for (const age of ['under-24', 'from-24']) {
          const bases = FEE_RULES.filter(
            (rule) =>
              rule.services.includes(service) &&
              rule.effect.kind === 'base' &&
              (rule.age === undefined || rule.age === age) &&
              (rule.validFrom === 'unknown' ? (rule.textOf ?? '') : rule.validFrom) <= on &&
              (rule.validTo === undefined || on <= rule.validTo),
          );
          expect(bases.length, `${service} ${on} ${age}`).toBeLessThanOrEqual(1);
        }
      }
    }
  });
});
