import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../src/rules/index.js';
import type { BzrAnfrage } from '../../src/xmeld/index.js';
import { checkBzrAnfrage, writeBzrAnfrage } from '../../src/xmeld/index.js';
import { bzrAnfrage } from '../xmeld/bzr-anfrage-arbitrary.js';
import { schemaValidator, withoutSchemas } from '../xmeld/schema.js';
import { FOR_AUTHORITY, SAMPLE } from '../xmeld/samples.js';
import { bzr, edited, found, NOW, tree } from './support.js';

const BIRTH = '<jahrMonatTag>1964-08-12</jahrMonatTag>';
const abroad: BzrAnfrage = {
  ...SAMPLE,
  verwendungAusland: {
    anerkennungsform: 'ueberbeglaubigung',
    staat: '129',
    belegnummer: '09000009-Mustermann',
  },
};

/** Single faults in a right message, and what finds them. */
const SEEDED = [
  ['another message type', [['<code>0430</code>', '<code>0201</code>']], 'error S999 code'],
  ['another reader', [['dbs:490040010000', 'dbs:490010010000']], 'error T080 kennung'],
  [
    'a nationality QQQ',
    [[/(staatsangehoerigkeit listVersionID="[^"]*"><code>)000/, '$1QQQ']],
    'error S011 code',
  ],
  ['an empty first name', [['<name>Erika</name>', '<name></name>']], 'error S030 name'],
  [
    'a time without milliseconds and zone',
    [['10:15:00.000+01:00', '10:15:00']],
    'error S999 erstellungszeitpunkt',
  ],
  ['a tabulator in a name', [['>Mustermann<', '>Muster&#9;mann<']], 'error S999 name'],
  ['a postal code of one digit', [['<postleitzahl>60000', '<postleitzahl>6']], 'error S999 postleitzahl'],
  ['a letter of another alphabet', [['>Mustermann<', '>Мustermann<']], 'error X001 name'],
] as const;

describe('a Führungszeugnis message', () => {
  it.each([
    ['for oneself', SAMPLE],
    ['for use abroad', abroad],
  ])('without faults gives no findings: %s', (_what, input) => {
    expect(found(bzr([], input))).toEqual([]);
  });

  it('for an authority leaves only its Behördenkennzeichen unassessed', () => {
    expect(found(bzr([], FOR_AUTHORITY))).toEqual(['not-assessed S011 code']);
  });

  it.each(SEEDED)('is found with %s', (_what, change, finding) => {
    expect(found(bzr(change))).toContain(finding);
  });

  it.skipIf(withoutSchemas)('passes its schema with seven of these eight faults', () => {
    const validate = schemaValidator();
    const verdicts = SEEDED.map(([, change]) => validate(new TextEncoder().encode(bzr(change))).length === 0);
    expect(verdicts).toEqual([true, true, true, true, true, true, true, false]);
  });

  it.each([
    [
      'an Aktenzeichen with NB',
      [
        [
          '</xmeld:datum.antragstellung>',
          '</xmeld:datum.antragstellung><xmeld:aktenzeichenanfrage>AZ</xmeld:aktenzeichenanfrage>',
        ],
      ],
      'error S999 xmeld:aktenzeichenanfrage',
    ],
    [
      'neither Aktenzeichen nor purpose',
      [[/<xmeld:verwendungszweck>.*<\/xmeld:verwendungszweck>/, '']],
      'error S999 xmeld:bzranfrage',
    ],
    [
      'a recipient of another kind',
      [['<code>NB</code>', '<code>NV</code>']],
      'error S999 xmeld:betroffeneperson',
    ],
    [
      'a birth after the application',
      [[BIRTH, '<jahrMonatTag>2026-02-10</jahrMonatTag>']],
      'error S999 xmeld:geburtsdatum',
    ],
    [
      'a birth on a day that does not exist',
      [[BIRTH, '<jahrMonatTag>1965-02-29</jahrMonatTag>']],
      'error X001 jahrMonatTag',
    ],
    [
      'a place of birth of 41 characters',
      [['>Berlin<', `>${'B'.repeat(41)}<`]],
      'error S999 xmeld:geburtsort',
    ],
    [
      'an event sign of nine special characters',
      [['KOFFER0001', 'KOFFER-/-/-/-/-']],
      'error S999 ereignis.zeichen',
    ],
    [
      'an unknown municipality without test',
      [
        [' test="Testnachricht"', ''],
        [/<code>09000009<\/code>/, '<code>05315999</code>'],
      ],
      'error S011 code',
    ],
    [
      'a doctoral degree of no passport',
      [
        [
          '<xmeld:empfaengeranschrift>',
          '<xmeld:doktorgrad>Dr. med.</xmeld:doktorgrad><xmeld:empfaengeranschrift>',
        ],
      ],
      'error S999 xmeld:doktorgrad',
    ],
  ] as const)('is found with %s', (_what, change, finding) => {
    expect(found(bzr(change))).toContain(finding);
  });

  it.each([
    [
      'an Apostille for an unknown state',
      [
        [/ueberbeglaubigung/g, 'sonstige'],
        [/(verwendung\.ausland><xmeld:staat[^>]*><code>)129/, '$1999'],
      ],
      'error S999 xmeld:staat',
    ],
    [
      'a Belegnummer of another AGS',
      [['>09000009-Mustermann<', '>09000008-Mustermann<']],
      'error S999 xmeld:belegnummer',
    ],
    [
      'use in Germany',
      [[/(verwendung\.ausland><xmeld:staat[^>]*><code>)129/, '$1000']],
      'error S999 xmeld:staat',
    ],
  ] as const)('for use abroad is found with %s', (_what, change, finding) => {
    expect(found(bzr(change, abroad))).toContain(finding);
  });

  it('takes an Aktenzeichen for the legal representative with a warning', () => {
    const input: BzrAnfrage = {
      ...SAMPLE,
      anfrageart: 'NV',
      aktenzeichenAnfrage: 'AZ 1',
      empfaenger: {
        wer: 'gesetzlichervertreter',
        ziel: {
          art: 'inland',
          zeilen: ['Max Mustermann'],
          anschrift: { strasse: 'Weg', postleitzahl: '60000', wohnort: 'S Stadt' },
        },
      },
    };
    expect(found(bzr([], input))).toEqual(['warning S999 xmeld:aktenzeichenanfrage']);
    expect(found(bzr([['<zeilennummer>4<', '<zeilennummer>5<']], input))).toContain(
      'error S999 zeilennummer',
    );
  });

  it('takes a Belegnummer with the family name in base letters', () => {
    const number = (belegnummer: string): readonly string[] =>
      found(
        bzr([], {
          ...SAMPLE,
          person: { ...SAMPLE.person, familienname: 'Groß-Müller' },
          verwendungAusland: { anerkennungsform: 'ueberbeglaubigung', staat: '129', belegnummer },
        }),
      );
    expect(number('09000009-Gross-Mueller')).toEqual([]);
    expect(number('09000009-GROSS MUELLER')).toEqual([]);
    expect(number('09000009-Gros Muller')).toEqual(['warning S999 xmeld:belegnummer']);
  });

  it('that the checks of typed input let pass has no errors as a document either', () => {
    fc.assert(
      fc.property(bzrAnfrage, (input) => {
        fc.pre(checkBzrAnfrage(input).every(({ severity }) => severity !== 'error'));
        const findings = checkMessage(tree(writeBzrAnfrage(input)), { now: NOW });
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('tells line and place, and what to change in two languages, and never a value', () => {
    const xml = edited(bzr([['<name>Erika</name>', '<name>Erika\tGeheim</name>']]), [[/></g, '>\n<']]);
    const [finding, ...more] = checkMessage(tree(xml), { now: NOW }).filter(
      ({ severity }) => severity === 'error',
    );
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ code: 'S999', message: expect.stringContaining('tabulator') });
    expect(xml.split('\n')[(finding?.line ?? 0) - 1]).toContain('Geheim');
    expect(finding?.path).toBe(
      '/xmeld:datenuebermittlung.bzranfrage.0430/xmeld:bzranfrage/xmeld:identifikation.person/xmeld:vornamen/xmeld:vornamen/name',
    );
    expect(JSON.stringify(finding)).not.toContain('Geheim');
  });
});
