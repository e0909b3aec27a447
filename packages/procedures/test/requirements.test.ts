import { RETENTION, requirementsFor, STEPS } from '@buergerkoffer/procedures';
import { describe, expect, it } from 'vitest';

describe('what an application takes', () => {
  it.each([
    ['2020-03-03', 'no', ['none-under-6']],
    ['2020-03-02', 'yes', ['two', 'one', 'none-permanent', 'none-temporary']],
    ['2020', 'clerk-decides', ['two', 'one', 'none-permanent', 'none-temporary', 'none-under-6']],
  ] as const)('asks for fingers from 6: born %s gives %s', (born, value, outcomes) => {
    const { fingers, fingerOutcomes } = requirementsFor({ born, on: '2026-03-02' });
    expect(fingers.value).toBe(value);
    expect(fingerOutcomes).toEqual(outcomes);
  });

  it('makes fingers compulsory on 2 August 2021', () => {
    expect(requirementsFor({ born: '1950-01-01', on: '2021-08-01' }).fingers.value).toBe('voluntary');
    expect(requirementsFor({ born: '1950-01-01', on: '2021-08-02' }).fingers).toMatchObject({
      value: 'yes',
      validFrom: '2021-08-02',
    });
  });

  it('asks for the signature from 10 and lets nobody older claim to be under 10', () => {
    const younger = requirementsFor({ born: '2016-03-03', on: '2026-03-02' });
    const older = requirementsFor({ born: '2016-03-02', on: '2026-03-02' });
    expect([younger.signature.value, older.signature.value]).toEqual(['no', 'yes']);
    expect(older.signatureOmissions).toEqual(['unable-to-write']);
  });

  it('gives six years under 24 and ten from 24, ending the day before', () => {
    expect(requirementsFor({ born: '2002-03-03', on: '2026-03-02' })).toMatchObject({
      termYears: { value: 6 },
      validTo: '2032-03-01',
    });
    expect(requirementsFor({ born: '2002-03-02', on: '2026-03-02' })).toMatchObject({
      termYears: { value: 10 },
      validTo: '2036-03-01',
    });
  });

  it('ends a term that begins on 29 February on the last day of February', () => {
    expect(requirementsFor({ born: '1950-01-01', on: '2028-02-29' }).validTo).toBe('2038-02-28');
  });

  it('gives at most twelve months when fingers are temporarily impossible', () => {
    const { validToWithoutFingers } = requirementsFor({ born: '1950-01-01', on: '2026-03-02' });
    expect(validToWithoutFingers.value).toBe('2027-03-01');
  });

  it('hands the PIN letter over since 17 February 2025 at any age, and posted it from 15 years 9 months before', () => {
    const at = (born: string, on: string) => requirementsFor({ born, on }).pinLetter.value;
    expect(at('2024-01-01', '2025-02-17')).toBe('handed-over');
    expect(at('2009-05-16', '2025-02-16')).toBe('posted');
    expect(at('2009-05-17', '2025-02-16')).toBe('none');
  });

  it('switches the eID off under 16', () => {
    expect(requirementsFor({ born: '2010-03-03', on: '2026-03-02' }).eid.value).toBe('off');
    expect(requirementsFor({ born: '2010-03-02', on: '2026-03-02' }).eid.value).toBe('on');
  });

  it('takes digital photos only since 1 May 2025', () => {
    expect(requirementsFor({ born: '1950-01-01', on: '2025-04-30' }).photo.value).toBe('digital-or-paper');
    expect(requirementsFor({ born: '1950-01-01', on: '2025-05-01' }).photo.value).toBe('digital');
  });

  it('refuses a birth after the application and a day that does not exist', () => {
    const refusal = (code: string, path: string) => expect.objectContaining({ code, path });
    expect(() => requirementsFor({ born: '2026-03-03', on: '2026-03-02' })).toThrow(
      refusal('out-of-range', 'born'),
    );
    expect(() => requirementsFor({ born: '1950-01-01', on: '2025-02-29' })).toThrow(
      refusal('out-of-range', 'on'),
    );
  });
});

describe('the steps', () => {
  it('name only steps that come before them, and rules of retention that exist', () => {
    const rules = new Set(RETENTION.map((rule) => rule.id));
    STEPS.forEach((step, index) => {
      const before = STEPS.slice(0, index).map((each) => each.id);
      expect(before, step.id).toEqual(expect.arrayContaining([...step.after]));
      expect([...rules], step.id).toEqual(expect.arrayContaining([...step.retention]));
    });
  });

  it('say for everything they take when it is erased', () => {
    const used = new Set(STEPS.flatMap((step) => step.retention));
    expect(RETENTION.map((rule) => rule.id).filter((id) => !used.has(id))).toEqual([]);
  });

  it('need every kind of device that a visit to a bed takes', () => {
    const kinds = new Set(STEPS.flatMap((step) => step.needs));
    expect([...kinds].sort()).toEqual([
      'camera',
      'card-terminal',
      'document-scanner',
      'fingerprint-scanner',
      'modem',
      'printer',
      'signature-pad',
    ]);
  });
});
