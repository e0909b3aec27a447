import { FORMS, formFor, zustimmungSorge, type AnyForm } from '@buergerkoffer/print/forms';
import { describe, expect, it } from 'vitest';

const DAY = '2026-11-20';

type Change = readonly [path: string, value: unknown];

/** The filled sample of a form with some values changed; `undefined` takes one out. */
function changed(form: AnyForm, changes: readonly Change[]): unknown {
  const data = structuredClone(form.samples.filled());
  for (const [path, value] of changes) set(data, path.split('.'), value);
  return data;
}

function set(data: unknown, [key = '', ...rest]: readonly string[], value: unknown): void {
  const parent = data as Record<string, unknown>;
  if (rest.length > 0) set(parent[key], rest, value);
  else if (value === undefined) Reflect.deleteProperty(parent, key);
  else parent[key] = value;
}

/** Where a form refuses data, with the German remedy. */
function refusal(form: AnyForm, data: unknown): { path: string; remedy: unknown } | undefined {
  const issue = form.schema.safeParse(data).error?.issues[0];
  if (issue === undefined) return undefined;
  const path = [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].join('.');
  return { path, remedy: issue.code === 'custom' ? issue.params?.['remedy'] : issue.code };
}

const PERSON = { familyName: 'Muster', givenNames: 'Max', evidence: 'Ausweis' };
const WRITTEN = { role: 'proxy', persons: [PERSON], vollmacht: 'written', holderIncapable: true };
const CAN_ACT = { role: 'proxy', persons: [PERSON], vollmacht: 'recorded', holderIncapable: false };
const PRIVATE: readonly Change[] = [
  ['art', 'NB'],
  ['writtenRequest', undefined],
  ['inspectionPointedOut', undefined],
];
const ADDRESS = { street: 'Ringstraße', city: 'Musterstadt' };

describe('the law is kept by', () => {
  it.each<[form: string, what: string, changes: readonly Change[], path: string]>([
    ['pa-antrag', 'no proxy with a written Vollmacht', [['applicant', WRITTEN]], 'applicant.vollmacht'],
    [
      'pass-antrag',
      'no proxy of somebody who can act',
      [['applicant', CAN_ACT]],
      'applicant.holderIncapable',
    ],
    ['vpa-antrag', 'no proxy with a written Vollmacht', [['applicant', WRITTEN]], 'applicant.vollmacht'],
    ['vpa-antrag', 'three months at most', [['document.validUntil', '2027-02-20']], 'document.validUntil'],
    ['pass-antrag', 'no passport for who cannot appear', [['appearance', 'prevented']], 'document.kind'],
    ['pass-antrag', 'no minor who applies alone', [['applicant', { role: 'holder' }]], 'applicant.role'],
    ['pass-antrag', 'no fingers under six', [['holder.birth.date', '2021-05-04']], 'document.fingers'],
    ['zustimmung-sorge', 'proof of sole custody', [['custody', 'sole']], 'soleCustodyEvidence'],
    ['zustimmung-sorge', 'nothing for adults', [['child.birth.date', '2008-11-20']], 'child.birth.date'],
    ['befreiung-ausweispflicht', 'no provisional Betreuung', [['ground', 'vorlaeufige-betreuung']], 'ground'],
    [
      'befreiung-ausweispflicht',
      'nobody under 16',
      [['holder.birth.date', '2010-11-21']],
      'holder.birth.date',
    ],
    ['verlust', 'a description of the loss', [['lost', undefined]], 'lost'],
    ['verlust', 'no loss after its report', [['lost.on', '2026-11-21']], 'lost.on'],
    ['verlust', 'no eID of a passport', [['document.kind', 'reisepass']], 'eid'],
    [
      'vollmacht',
      'no application for an identity card',
      [['powers.applyPersonalausweis', true]],
      'powers.applyPersonalausweis',
    ],
    [
      'vollmacht',
      'no application for a passport',
      [['powers.applyReisepass', true]],
      'powers.applyReisepass',
    ],
    [
      'vollmacht',
      'no application for a Führungszeugnis',
      [['powers.applyFuehrungszeugnis', true]],
      'powers.applyFuehrungszeugnis',
    ],
    [
      'vollmacht',
      'no change on the chip',
      [['powers.changeAddressOnChip', true]],
      'powers.changeAddressOnChip',
    ],
    ['vollmacht', 'something that is given', [['powers', {}]], 'powers'],
    ['meldeschein', 'the new dwelling', [['newDwelling', undefined]], 'newDwelling'],
    ['meldeschein', 'no Abmeldung into a dwelling in Germany', [['art', 'abmeldung']], 'newDwelling'],
    [
      'meldeschein',
      'no Abmeldung earlier than a week before',
      [
        ['art', 'abmeldung'],
        ['newDwelling', undefined],
        ['previousDwelling.movedOutOn', '2026-11-28'],
      ],
      'signedOn',
    ],
    [
      'meldeschein',
      'no Anmeldung before moving in',
      [['newDwelling.movedInOn', '2026-11-21']],
      'newDwelling.movedInOn',
    ],
    ['wohnungsgeber', "the owner's name where it is another", [['ownerName', undefined]], 'ownerName'],
    ['meldebestaetigung', 'no other item', [['religion', 'evangelisch']], 'religion'],
    ['meldebestaetigung', 'no birth place', [['birthPlace', 'Berlin']], 'birthPlace'],
    ['meldebestaetigung', 'moving in or moving out', [['movedOutOn', DAY]], 'movedOutOn'],
    ['meldebescheinigung', 'five items in a simple one', [['art', 'einfach']], 'birthPlace'],
    ['meldebescheinigung', 'no Sperrkennwort', [['blockingPassword', 'geheim']], 'blockingPassword'],
    ['lebensbescheinigung', 'nobody who was not met', [['met', 'not-met']], 'met'],
    ['fuehrungszeugnis', 'no proxy', [['applicant', { role: 'proxy', persons: [PERSON] }]], 'applicant.role'],
    ['fuehrungszeugnis', 'nobody under 14', [['person.birth.date', '2012-11-21']], 'person.birth.date'],
    ['fuehrungszeugnis', 'a private one to the applicant only', PRIVATE, 'recipient'],
    [
      'fuehrungszeugnis',
      'the written request for an extended one',
      [['writtenRequest', undefined]],
      'writtenRequest',
    ],
    [
      'fuehrungszeugnis',
      'the word on inspection for O kinds',
      [['inspectionPointedOut', false]],
      'inspectionPointedOut',
    ],
    ['fuehrungszeugnis', 'the Amtsgericht for P kinds', [['art', 'PE']], 'amtsgericht'],
    ['fuehrungszeugnis', 'the authority for O kinds', [['recipient', undefined]], 'recipient'],
    [
      'beglaubigung-vermerk',
      'no original with signs of alteration',
      [['alterationSigns', true]],
      'alterationSigns',
    ],
    [
      'beglaubigung-vermerk',
      'no copy of what others certify alone',
      [['reservedForOthers', true]],
      'reservedForOthers',
    ],
    [
      'beglaubigung-vermerk',
      'the receiver of a copy of a private paper',
      [['onlyFor', undefined]],
      'onlyFor',
    ],
    [
      'beglaubigung-vermerk',
      'no receiver for a copy of a public paper',
      [['issuedBy', 'own-authority']],
      'onlyFor',
    ],
    ['beglaubigung-unterschrift', 'no signature without a text', [['textPresent', false]], 'textPresent'],
    [
      'beglaubigung-unterschrift',
      'nothing that a notary certifies',
      [['publicCertificationNeeded', true]],
      'publicCertificationNeeded',
    ],
    ['quittung', 'no amount that was waived', [['means', 'waived']], 'means'],
    ['quittung', 'no reductions beyond the fees', [['lines.0.cents', -601]], 'lines'],
    ['dsgvo13', 'no consent to what law requires', [['consent', true]], 'duty'],
    ['uebergabe-protokoll', 'the name of another receiver', [['receiver', 'proxy']], 'receivedFor'],
    [
      'uebergabe-protokoll',
      'no PIN letter to a passport',
      [
        ['document.kind', 'reisepass'],
        ['eid', 'not-applicable'],
      ],
      'pinLetter',
    ],
  ])('%s: %s', (id, _, changes, path) => {
    const form = formFor(id, DAY);
    const found = refusal(form, changed(form, changes));
    expect(found?.path).toBe(path);
    expect(found?.remedy).toEqual(expect.any(String));
  });

  it('zustimmung-sorge: both parents where custody is joint', () => {
    const form = zustimmungSorge;
    const data = form.samples.filled();
    expect(refusal(form, { ...data, custodians: data.custodians.slice(0, 1) })?.path).toBe('custodians');
  });

  it('quittung: a reduction is a line of its own', () => {
    const form = formFor('quittung', DAY);
    expect(refusal(form, changed(form, [['lines.1.cents', -2600]]))).toBeUndefined();
    const waived = [
      ['lines.1.cents', -4600],
      ['means', 'waived'],
    ] as const;
    expect(refusal(form, changed(form, waived))).toBeUndefined();
  });

  it('pin-brief: no posted letter under 15 years and 9 months', () => {
    const form = formFor('pin-brief', '2025-02-16');
    expect(refusal(form, changed(form, [['holder.birthDate', '2009-02-01']]))?.path).toBe('holder.birthDate');
    expect(refusal(form, changed(form, [['holder.birthDate', '2009-01-30']]))).toBeUndefined();
  });

  it('pa-antrag until February 2025: the risks of a letter to the authority', () => {
    const form = formFor('pa-antrag', '2025-02-16');
    const sent = { sentTo: 'authority', reasons: 'keine Zustellung möglich' };
    expect(refusal(form, changed(form, [['pinLetter', sent]]))?.path).toBe('pinLetter.riskExplained');
    expect(refusal(form, changed(form, [['pinLetter', { ...sent, riskExplained: true }]]))).toBeUndefined();
  });
});

describe('a Führungszeugnis', () => {
  const form = formFor('fuehrungszeugnis', DAY);
  const byRepresentative: Change = ['applicant', { role: 'guardian', persons: [PERSON] }];

  it.each([
    ['NB', [...PRIVATE, ['recipient', undefined]]],
    [
      'NE',
      [
        ['recipient', undefined],
        ['inspectionPointedOut', undefined],
      ],
    ],
    ['NV', [...PRIVATE, ['recipient', undefined], byRepresentative]],
    ['NG', [['recipient', undefined], ['inspectionPointedOut', undefined], byRepresentative]],
    ['OB', [['writtenRequest', undefined]]],
    ['OE', []],
    ['OG', [['writtenRequest', undefined]]],
    ['OH', [byRepresentative]],
    [
      'PB',
      [
        ['writtenRequest', undefined],
        ['amtsgericht', 'Musterstadt'],
      ],
    ],
    ['PE', [['amtsgericht', 'Musterstadt']]],
    [
      'PG',
      [
        ['writtenRequest', undefined],
        ['amtsgericht', 'Musterstadt'],
      ],
    ],
    ['PH', [['amtsgericht', 'Musterstadt'], byRepresentative]],
  ] as const)('can be of the kind %s', (art, changes) => {
    expect(refusal(form, changed(form, [...(changes as readonly Change[]), ['art', art]]))).toBeUndefined();
  });

  it('is of a kind of its own when a representative asks for it privately', () => {
    const changes: readonly Change[] = [...PRIVATE, ['recipient', undefined], byRepresentative];
    expect(refusal(form, changed(form, changes))?.path).toBe('art');
  });

  it('goes to an authority with its address', () => {
    const recipient = { name: 'Jugendamt', address: ADDRESS };
    expect(refusal(form, changed(form, [['recipient', recipient]]))).toBeUndefined();
  });
});

describe('every refusal', () => {
  it('leaves the samples alone', () => {
    for (const form of FORMS) expect(refusal(form, form.samples.filled())).toBeUndefined();
  });
});
