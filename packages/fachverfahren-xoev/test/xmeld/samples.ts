import type { BzrAnfrage } from '../../src/xmeld/index.js';

/** A 0430 of a fictional person that breaks no rule; tests change what they are about. */
export const SAMPLE: BzrAnfrage = {
  uuid: '3c1d6c1e-7f1a-4c52-9a37-0d5f4b1b0430',
  erstellungszeitpunkt: '2026-02-09T10:15:00.000+01:00',
  test: 'Testnachricht',
  produkt: { name: 'Bürgerkoffer', hersteller: 'Beispiel & Söhne', version: '0.1.0' },
  autor: {
    kennung: 'ags:09000009',
    name: 'S Stadt, Bürgerbüro',
    erreichbarkeit: [{ kanal: '01', kennung: 'buergerbuero@example.org' }],
    anschrift: {
      art: 'gebaeude',
      hausnummer: '1',
      postleitzahl: '60000',
      strasse: 'Rathausplatz',
      wohnort: 'S Stadt',
    },
  },
  anfrageart: 'NB',
  datumAntragstellung: '2026-02-09',
  person: {
    familienname: 'Mustermann',
    geburtsname: 'Gabler',
    vornamen: 'Erika',
    geburt: { ort: 'Berlin', datum: { jahrMonatTag: '1964-08-12' } },
    geschlecht: 'w',
    anschrift: {
      art: 'inland',
      gemeindeschluessel: '09000009',
      hausnummer: '3',
      hausnummerBuchstabeZusatzziffer: 'a',
      postleitzahl: '60000',
      strasse: 'Heidestraße',
      wohnort: 'S Stadt',
    },
    staatsangehoerigkeiten: ['000'],
  },
  empfaenger: {
    wer: 'betroffeneperson',
    ziel: {
      art: 'inland',
      anschrift: { hausnummer: '3', postleitzahl: '60000', strasse: 'Heidestraße', wohnort: 'S Stadt' },
    },
  },
  gebuehr: 'A',
  verwendungszweck: { beschreibung: 'Ehrenamt' },
  ereignis: { zeitpunkt: '2026-02-09T10:14:59.123+01:00', zeichen: 'KOFFER0001' },
};

/** The sample for an authority by its Behördenkennzeichen. */
export const FOR_AUTHORITY: BzrAnfrage = {
  ...SAMPLE,
  anfrageart: 'OB',
  aktenzeichenAnfrage: 'AZ 4711',
  empfaenger: {
    wer: 'behoerde',
    ziel: {
      art: 'behoerdenkennzeichen',
      kennzeichen: { code: 'B0001', listVersionID: '1' },
      zusatz: 'Zimmer 12',
    },
  },
};
