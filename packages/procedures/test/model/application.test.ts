import { applicationFrom, foldCase } from '@buergerkoffer/procedures';
import { readDocumentApplication } from '@buergerkoffer/procedures/model';
import { describe, expect, it } from 'vitest';
import { visit } from '../support/case-events.js';
import { edit } from '../support/edit.js';
import { refusalOf } from '../support/refusal-of.js';

const application = applicationFrom(foldCase(visit('confirmed')));
const MISSING = [
  { hand: 'right', result: 'missing', permanence: 'temporary', reason: 'Verband' },
  { hand: 'left', result: 'missing', permanence: 'permanent', reason: 'fehlt' },
];

/** The application with several fields replaced, `path: value`. */
function changed(fields: Readonly<Record<string, unknown>>): unknown {
  return Object.entries(fields).reduce<unknown>((value, [path, to]) => edit(value, path, to), application);
}

function fault(fields: Readonly<Record<string, unknown>>) {
  const { code, path } = refusalOf(() => readDocumentApplication(changed(fields)));
  return [code, path];
}

describe('a document application', () => {
  it('is read from its own JSON', () => {
    expect(readDocumentApplication(JSON.stringify(application))).toEqual(application);
  });

  it('has no fingers under 6 and always asks from 6', () => {
    const child = {
      'document.validTo': '2032-03-01',
      'document.eid': 'off',
      applicant: {
        role: 'custodian',
        name: { familyName: 'Mustermann', givenNames: 'Max' },
        custody: 'sole',
        evidence: 'Negativbescheinigung',
      },
    };
    const none = {
      outcome: 'none-under-6',
      captured: [],
      missing: [
        { hand: 'right', result: 'not-requested', reason: 'under-6' },
        { hand: 'left', result: 'not-requested', reason: 'under-6' },
      ],
    };
    expect(fault({ ...child, 'holder.birth.date': '2020-03-03' })).toEqual([
      'not-allowed',
      'fingers.outcome',
    ]);
    expect(fault({ ...child, 'holder.birth.date': '2020-03-02', fingers: none })).toEqual([
      'not-allowed',
      'fingers.outcome',
    ]);
    const fields = { ...child, 'holder.birth.date': '2020-03-03', fingers: none };
    expect(readDocumentApplication(changed(fields)).fingers.outcome).toBe('none-under-6');
    const unclear = { ...child, 'holder.birth.date': '2020', fingers: none };
    expect(readDocumentApplication(changed(unclear)).fingers.outcome).toBe('none-under-6');
  });

  it('is valid for twelve months at most while fingers are temporarily impossible', () => {
    const fingers = { outcome: 'none-temporary', captured: [], missing: MISSING };
    expect(fault({ fingers, 'document.validTo': '2027-03-02' })).toEqual([
      'out-of-range',
      'document.validTo',
    ]);
    const fields = { fingers, 'document.validTo': '2027-03-01' };
    expect(readDocumentApplication(changed(fields)).document.validTo).toBe('2027-03-01');
  });

  it.each([
    [{ 'document.validTo': '2036-03-02' }, 'out-of-range', 'document.validTo'],
    [{ 'document.validTo': '2026-03-02' }, 'out-of-range', 'document.validTo'],
    [{ 'document.validFrom': '2026-03-01' }, 'not-allowed', 'document.validFrom'],
    [{ 'holder.birth.date': '2002-03-03' }, 'out-of-range', 'document.validTo'],
    [{ 'holder.birth.date': '2026-03-03' }, 'out-of-range', 'holder.birth.date'],
    [{ 'holder.nationality': 'FRA' }, 'not-allowed', 'holder.nationality'],
    [{ 'holder.heightCm': undefined }, 'missing', 'holder.heightCm'],
    [{ 'holder.eyeColour': undefined }, 'missing', 'holder.eyeColour'],
    [
      { 'holder.birth.date': '2010-03-03', 'document.validTo': '2032-03-01', 'document.eid': 'off' },
      'not-allowed',
      'applicant.role',
    ],
    [{ capacity: 'geschaeftsunfaehig' }, 'not-allowed', 'applicant.role'],
    [
      { signature: { outcome: 'omitted', omission: { reason: 'under-10' } } },
      'not-allowed',
      'signature.omission.reason',
    ],
    [{ pinLetter: undefined }, 'missing', 'pinLetter'],
    [{ 'timestamps.pinLetterHandedOverAt': undefined }, 'missing', 'timestamps.pinLetterHandedOverAt'],
    [{ 'photo.source': 'paper-scan' }, 'missing', 'photo.sourceRemark'],
    [{ 'fees.totalCents': 0 }, 'not-allowed', 'fees.totalCents'],
    [{ 'fees.lines[0].amountCents': 'unknown' }, 'not-allowed', 'fees.totalCents'],
    [{ 'fingers.captured[1].position': 'right-thumb' }, 'not-allowed', 'fingers.captured'],
    [{ 'authority.ags': undefined }, 'missing', 'authority.ags'],
    [{ schemaVersion: 2 }, 'not-allowed', 'schemaVersion'],
  ] as const)('with %j is refused', (fields, code, path) => {
    expect(fault(fields)).toEqual([code, path]);
  });

  describe('by a representative', () => {
    const name = { familyName: 'Mustermann', givenNames: 'Max' };
    const custodian = { role: 'custodian', name, custody: 'sole', evidence: 'Bescheinigung' };
    const betreuer = { role: 'betreuer', name, aufenthaltsbestimmung: true, evidence: 'Betreuerausweis' };
    const proxy = { role: 'bevollmaechtigter', name, vollmacht: 'beurkundet', evidence: 'Urkunde' };
    const capacity = 'geschaeftsunfaehig';

    it.each([
      [{ applicant: custodian }, 'applicant.role'],
      [{ applicant: betreuer }, 'applicant.role'],
      [{ applicant: proxy }, 'applicant.role'],
      [
        { capacity, applicant: { ...betreuer, aufenthaltsbestimmung: false } },
        'applicant.aufenthaltsbestimmung',
      ],
      [{ capacity, applicant: { ...proxy, vollmacht: 'schriftlich' } }, 'applicant.vollmacht'],
    ])('is refused for %j', (fields, path) => {
      expect(fault(fields)).toEqual(['not-allowed', path]);
    });

    it.each([betreuer, proxy])('is accepted for an incapable adult: %j', (applicant) => {
      expect(readDocumentApplication(changed({ capacity, applicant })).applicant.role).toBe(applicant.role);
    });
  });

  it('switches the eID off under 16', () => {
    const youth = { 'holder.birth.date': '2010-03-03', 'document.validTo': '2032-03-01' };
    const custodian = {
      role: 'custodian',
      name: { familyName: 'Mustermann', givenNames: 'Max' },
      custody: 'joint-consent',
      evidence: 'beide anwesend',
    };
    expect(fault({ ...youth, applicant: custodian })).toEqual(['not-allowed', 'document.eid']);
    const at16 = { ...youth, 'holder.birth.date': '2010-03-02' };
    expect(readDocumentApplication(changed(at16)).document.eid).toBe('on');
  });

  it('needs a PIN letter from 17 February 2025', () => {
    const on = (day: string) => ({
      pinLetter: undefined,
      appliedOn: day,
      'document.validFrom': day,
      'document.validTo': '2030-01-01',
    });
    expect(fault(on('2025-02-17'))).toEqual(['missing', 'pinLetter']);
    expect(readDocumentApplication(changed(on('2025-02-16'))).pinLetter).toBeUndefined();
  });

  it('accepts a paper photo before 1 May 2025', () => {
    const on = (day: string) => ({
      'photo.source': 'paper-scan',
      appliedOn: day,
      'document.validFrom': day,
      'document.validTo': '2030-01-01',
    });
    expect(fault(on('2025-05-01'))).toEqual(['missing', 'photo.sourceRemark']);
    expect(readDocumentApplication(changed(on('2025-04-30'))).photo.source).toBe('paper-scan');
  });
});
