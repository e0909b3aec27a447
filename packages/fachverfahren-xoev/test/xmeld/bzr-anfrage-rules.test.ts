import { describe, expect, it } from 'vitest';
import type { BzrAnfrage } from '../../src/xmeld/index.js';
import { ANFRAGEARTEN, checkBzrAnfrage } from '../../src/xmeld/index.js';
import { FOR_AUTHORITY, SAMPLE } from './samples.js';

/** What was found, one `severity code path` per finding. */
const found = (message: BzrAnfrage): readonly string[] =>
  checkBzrAnfrage(message).map(({ severity, code, path }) => `${severity} ${code} ${path}`);

const person = (changes: Partial<BzrAnfrage['person']>): BzrAnfrage => ({
  ...SAMPLE,
  person: { ...SAMPLE.person, ...changes },
});
const address = (changes: object): BzrAnfrage =>
  person({ anschrift: { ...SAMPLE.person.anschrift, ...changes } as never });

describe('the rules of 0430', () => {
  it('find nothing in a right message', () => {
    expect(found(SAMPLE)).toEqual([]);
    expect(found(FOR_AUTHORITY)).toEqual([]);
  });

  it.each([
    ['an Aktenzeichen with NB', { ...SAMPLE, aktenzeichenAnfrage: 'AZ 1' }, 'error S999 aktenzeichenAnfrage'],
    [
      'neither Aktenzeichen nor Verwendungszweck',
      { ...SAMPLE, verwendungszweck: undefined },
      'error S999 verwendungszweck',
    ],
    ['an empty Verwendungszweck', { ...SAMPLE, verwendungszweck: {} }, 'error S999 verwendungszweck'],
    [
      'a Verwendungszweck of 45 characters',
      { ...SAMPLE, verwendungszweck: { beschreibung: 'x'.repeat(45) } },
      'error X001 verwendungszweck.beschreibung',
    ],
    [
      'an Amtsgericht without prior inspection',
      { ...FOR_AUTHORITY, justizbehoerdenkennzeichen: { code: 'J1', listVersionID: '1' } },
      'error S999 justizbehoerdenkennzeichen',
    ],
    [
      'use abroad for an authority',
      { ...FOR_AUTHORITY, verwendungAusland: { anerkennungsform: 'apostille', staat: '129' } },
      'error S999 verwendungAusland',
    ],
    [
      'an Apostille for an unknown state',
      { ...SAMPLE, verwendungAusland: { anerkennungsform: 'apostille', staat: '999' } },
      'error S999 verwendungAusland.staat',
    ],
    [
      'a Belegnummer with another AGS',
      {
        ...SAMPLE,
        verwendungAusland: {
          anerkennungsform: 'ueberbeglaubigung',
          staat: '999',
          belegnummer: '09000008-Mustermann',
        },
      },
      'error S999 verwendungAusland.belegnummer',
    ],
    [
      'a Belegnummer with another name',
      {
        ...SAMPLE,
        verwendungAusland: {
          anerkennungsform: 'ueberbeglaubigung',
          staat: '999',
          belegnummer: '09000009-Gabler',
        },
      },
      'error S999 verwendungAusland.belegnummer',
    ],
    [
      'an authority as recipient of NB',
      { ...SAMPLE, empfaenger: FOR_AUTHORITY.empfaenger },
      'error S999 empfaenger.wer',
    ],
    [
      'a time without milliseconds',
      { ...SAMPLE, erstellungszeitpunkt: '2026-02-09T10:15:00+01:00' },
      'error S999 erstellungszeitpunkt',
    ],
    [
      'a time without zone',
      { ...SAMPLE, erstellungszeitpunkt: '2026-02-09T10:15:00.000' },
      'error S999 erstellungszeitpunkt',
    ],
    [
      'an event time on 30 February',
      { ...SAMPLE, ereignis: { ...SAMPLE.ereignis, zeitpunkt: '2026-02-30T10:15:00.000Z' } },
      'error S999 ereignis.zeitpunkt',
    ],
    [
      'an event sign with nine special characters',
      { ...SAMPLE, ereignis: { ...SAMPLE.ereignis, zeichen: 'ä-ö/ü.ß_:' } },
      'error S999 ereignis.zeichen',
    ],
    [
      'an event sign of 101 characters',
      { ...SAMPLE, ereignis: { ...SAMPLE.ereignis, zeichen: 'A'.repeat(101) } },
      'error S999 ereignis.zeichen',
    ],
    ['no UUID', { ...SAMPLE, uuid: 'KOFFER' }, 'error X001 uuid'],
    [
      'an author that is no Meldebehörde',
      { ...SAMPLE, autor: { ...SAMPLE.autor, kennung: 'psw:01003110' } },
      'error S999 autor.kennung',
    ],
    [
      'an author that cannot be reached',
      { ...SAMPLE, autor: { ...SAMPLE.autor, erreichbarkeit: [] } },
      'error X001 autor.erreichbarkeit',
    ],
    ['an empty first name', person({ vornamen: '' }), 'error S030 person.vornamen'],
    ['a first name of spaces', person({ vornamen: '  ' }), 'error S030 person.vornamen'],
    [
      'no first name but a Blockname',
      person({ vornamen: { nichtVorhanden: true } }),
      'warning S999 person.vornamen',
    ],
    [
      'neither family nor birth name',
      person({ familienname: { nichtVorhanden: true }, geburtsname: undefined }),
      'error S999 person.familienname',
    ],
    ['a tabulator in a name', person({ familienname: 'Muster\tmann' }), 'error S999 person.familienname'],
    ['a line break in a name', person({ vornamen: 'Eri\nka' }), 'error S999 person.vornamen'],
    ['Cyrillic letters', person({ familienname: 'Жук' }), 'error X001 person.familienname'],
    [
      'a nationality that is no Destatis code',
      person({ staatsangehoerigkeiten: ['000', 'QQQ'] }),
      'error S011 person.staatsangehoerigkeiten[1]',
    ],
    [
      'a birthday on 30 February',
      person({ geburt: { ort: 'Berlin', datum: { jahrMonatTag: '1964-02-30' } } }),
      'error X001 person.geburt.datum',
    ],
    [
      'a year in the field of a day',
      person({ geburt: { ort: 'Berlin', datum: { jahrMonatTag: '1964' } } }),
      'error X001 person.geburt.datum',
    ],
    [
      'a birth after the application',
      person({ geburt: { ort: 'Berlin', datum: { jahrMonatTag: '2026-02-10' } } }),
      'error S999 person.geburt.datum',
    ],
    [
      'a place of birth of 41 characters',
      person({ geburt: { ort: 'x'.repeat(41), datum: { unbekannt: true } } }),
      'error S999 person.geburt.ort',
    ],
    [
      'an application after the message',
      { ...SAMPLE, datumAntragstellung: '2026-02-10' },
      'error S999 datumAntragstellung',
    ],
    [
      'a postal code of one digit',
      address({ postleitzahl: '6' }),
      'error S999 person.anschrift.postleitzahl',
    ],
    [
      'a street of 56 characters',
      address({ strasse: 'x'.repeat(56) }),
      'error S999 person.anschrift.strasse',
    ],
    ['a town of 41 characters', address({ wohnort: 'x'.repeat(41) }), 'error S999 person.anschrift.wohnort'],
    [
      'a householder of 27 characters',
      address({ wohnungsinhaber: 'x'.repeat(27) }),
      'warning S999 person.anschrift.wohnungsinhaber',
    ],
    ['a house number with a letter', address({ hausnummer: '3a' }), 'error X001 person.anschrift.hausnummer'],
    [
      'an AGS of a Land that does not exist',
      address({ gemeindeschluessel: '17000000' }),
      'error S011 person.anschrift.gemeindeschluessel',
    ],
    [
      'a foreign address in Germany',
      {
        ...SAMPLE,
        empfaenger: { wer: 'betroffeneperson', ziel: { art: 'ausland', staat: '000', zeilen: ['Weg 1'] } },
      },
      'error S999 empfaenger.ziel.staat',
    ],
    [
      'an address line of 36 characters',
      {
        ...SAMPLE,
        empfaenger: {
          wer: 'betroffeneperson',
          ziel: { art: 'ausland', staat: '129', zeilen: ['x'.repeat(36)] },
        },
      },
      'error X001 empfaenger.ziel.zeilen[0]',
    ],
  ] as readonly (readonly [string, BzrAnfrage, string])[])('find %s', (_, message, finding) => {
    expect(found(JSON.parse(JSON.stringify(message)))).toEqual([finding]);
  });

  it('compare the day of the application with the day in Germany', () => {
    const atMidnight = { ...SAMPLE, datumAntragstellung: '2026-02-10' };
    expect(found({ ...atMidnight, erstellungszeitpunkt: '2026-02-09T23:30:00.000Z' })).toEqual([]);
    expect(found({ ...atMidnight, erstellungszeitpunkt: '2026-02-09T22:30:00.000Z' })).toEqual([
      'error S999 datumAntragstellung',
    ]);
  });

  it('warn of prior inspection without an Amtsgericht', () => {
    expect(found({ ...FOR_AUTHORITY, anfrageart: 'PB' })).toEqual([
      'warning S999 justizbehoerdenkennzeichen',
    ]);
  });

  it('accept a Belegnummer whose name was mapped to SEPA characters', () => {
    const message = {
      ...person({ familienname: 'Müller' }),
      verwendungAusland: {
        anerkennungsform: 'ueberbeglaubigung',
        staat: '129',
        belegnummer: '09000009-Mueller',
      },
    } as const;
    expect(found(message)).toEqual([]);
  });

  it('demand the recipient that each of the twelve kinds has', () => {
    const fits = ANFRAGEARTEN.filter(
      (anfrageart) => !found({ ...SAMPLE, anfrageart }).includes('error S999 empfaenger.wer'),
    );
    expect(fits).toEqual(['NB', 'NE']);
  });

  it('speak German and English and never quote a value', () => {
    const canary = 'Kanarienvogel';
    const message = { ...person({ familienname: `${canary}\t` }), aktenzeichenAnfrage: `${canary}\u0000` };
    for (const finding of checkBzrAnfrage(message)) {
      expect(finding.messageDe).not.toBe('');
      expect(JSON.stringify(finding)).not.toContain(canary);
    }
  });
});
