import type {
  AddressedFrame,
  AnsweredMessage,
  AnswerFrame,
  MessageContent,
} from '../../src/messages/index.js';
import { erweitert, LEBENSBESCHEINIGUNG } from '../../src/messages/index.js';
import { SAMPLE } from '../xmeld/samples.js';

const { produkt, autor, erstellungszeitpunkt, test } = SAMPLE;
const PORTAL = { kennung: 'mbp:090000090001', name: 'Meldeportal S Stadt' };
const MUNICIPALITY = { kennung: 'ags:09000009', name: 'S Stadt, Bürgerbüro' };
const OTHER = { kennung: 'ags:09000010', name: 'T Dorf' };
const PDF = 'JVBERi0xLjQK';

const own = {
  uuid: SAMPLE.uuid,
  erstellungszeitpunkt,
  produkt,
  autor,
  ...(test === undefined ? {} : { test }),
};

/** A frame from the municipality to another. */
export const FRAME: AddressedFrame = { ...own, leser: OTHER };
/** A frame from the municipality to a portal, and back. */
export const TO_PORTAL: AddressedFrame = { ...own, leser: PORTAL };
export const FROM_PORTAL: AddressedFrame = { ...own, autor: { ...autor, ...PORTAL }, leser: MUNICIPALITY };
/** From an authority that asks. */
export const FROM_POLICE: AddressedFrame = {
  ...own,
  autor: { ...autor, kennung: 'dbs:090000000001', name: 'Polizei' },
  leser: MUNICIPALITY,
};

const answered = (type: string): AnsweredMessage => ({
  uuid: '7d444840-9dc0-4ad1-b245-5ffdce74fad2',
  type,
  created: '2026-02-09T09:00:00.000+01:00',
});
export const answering = (frame: AddressedFrame, type: string): AnswerFrame => ({
  ...frame,
  antwortAuf: answered(type),
});

const ADDRESS = {
  gemeindeschluessel: '09000009',
  hausnummer: '3',
  postleitzahl: '60000',
  strasse: 'Heidestraße',
  wohnort: 'S Stadt',
} as const;
const NAME = {
  'familienname.unstrukturiert': { nachname: 'Mustermann' },
  vornamen: { vornamen: 'Erika' },
} as const;
const BIRTH = { geburtsort: 'Berlin', geburtsdatum: '1964-08-12' } as const;
const DWELLING = { anschrift: { 'anschrift.inland': { 'anschrift.inland': ADDRESS } } } as const;
const RELIGION = { 'religion.steuer.erhebend': { '@listVersionID': '1', code: 'vd' } } as const;
const MARRIED = { familienstand: 'LD' } as const;
const DOCUMENT = {
  passart: '09',
  gueltigkeitsdauer: '2029-07-31',
  seriennummer: 'T220001293',
  behoerde: 'S Stadt',
  ausstellungsdatum: '2019-08-01',
} as const;

export const IDENTIFICATION = {
  'familienname.unstrukturiert': 'Mustermann',
  vornamen: 'Erika',
  geburt: { geburtsdatum: '1964-08-12' },
  anschrift: {
    gemeindeschluessel: '09000009',
    postleitzahl: '60000',
    strasseUndHausnummer: { konkateniert: 'Heidestraße 3' },
  },
} as const;

const PREFILLED = {
  personendaten: {
    name: NAME,
    geburtsangaben: BIRTH,
    geschlecht: 'w',
    staatsangehoerigkeit: ['000'],
    religionszugehoerigkeit: RELIGION,
    wohnung: [
      {
        anschrift: { 'anschrift.inland': ADDRESS },
        datumDesBeziehens: '2001-05-01',
        statusderwohnung: '0',
      },
    ],
    familienstand: MARRIED,
    ausweisdokument: [DOCUMENT],
  },
} as const;

const EVENT = {
  'ereignis.zeitpunkt': '2026-02-09T10:14:59.123+01:00',
  'ereignis.zeichen': 'KOFFER0001',
} as const;

const AGENCY = {
  sicherheitsbehoerde: 'true',
  abrufberechtigteStelle: {
    erreichbarkeit: [{ kanal: '01', kennung: 'polizei@example.org' }],
    anschrift: { gebaeude: { postleitzahl: '60000', strasse: 'Ring', hausnummer: '1', wohnort: 'S Stadt' } },
    behoerdenname: 'Polizei',
  },
  aktenzeichen: 'AZ 1',
  anlassDesAbrufs: 'Ermittlung',
  kennung: 'P1',
} as const;

export const CONTENT_0300: MessageContent<'xmeld:anmeldung.datenanforderung.0300'> = {
  anwenderkennung: 'KOFFER1',
  betroffene: {
    'identifikation.person': [{ name: NAME, geburt: { geburtsdatum: '1964-08-12' } }],
    wegzugsanschrift: {
      gemeindeschluessel: '09000009',
      hausnummer: '3',
      postleitzahl: '60000',
      strasse: 'Heidestraße',
    },
  },
};

export const CONTENT_0301: MessageContent<'xmeld:anmeldung.datenbereitstellung.0301'> = {
  'zuziehende.person': [
    {
      antwortstatus: '01',
      anfrageprofil: { name: NAME, geburt: { geburtsdatum: '1964-08-12' } },
      personendaten: {
        name: NAME,
        geburt: BIRTH,
        geschlecht: 'w',
        staatsangehoerigkeit: ['000'],
        familienstand: MARRIED,
        ausweisdokument: [DOCUMENT],
        aktuelleWohnung: [{ ...DWELLING, datumDesBeziehens: 'unbekannt', statusderwohnung: '0' }],
        idNr: '02476291358',
      },
    },
  ],
};

export const CONTENT_0201: MessageContent<'xmeld:rueckmeldung.anmeldunginland.0201'> = {
  umzugsverband: [
    {
      betroffener: [
        {
          'identifikation.betroffener': { name: NAME, geburt: BIRTH, 'wohnung.leser': DWELLING },
          zuzugsperson: {
            NAMENATUERLICHEPERSON: NAME,
            FAMILIENSTAND: MARRIED,
            GEBURT: BIRTH,
            RELIGION,
            STAATSANGEHOERIGKEIT: ['000'],
            WOHNUNG: [{ ...DWELLING, datumDesBeziehens: '2026-02-01', statusderwohnung: '0' }],
            GESCHLECHT: 'w',
          },
          'identifikation.ereignis': EVENT,
        },
      ],
    },
  ],
};

export const CONTENT_0006: MessageContent<'xmeld:fortschreibung.dokument.0006'> = {
  betroffener: { name: NAME, geburt: BIRTH, 'wohnung.leser': DWELLING },
  ausweisdokument: DOCUMENT,
};

export const CONTENT_1330: MessageContent<'xmeld:datenabruf.personensuche.suchanfrage.1330'> = {
  datenAbrufendeStelle: AGENCY,
  suchprofil: {
    auswahldaten: {
      name: { name: { nachnameUndVornamen: { vornamen: 'Erika', nachname: 'Mustermann' } } },
      anschrift: { gemeindeschluessel: '09000009', strasse: 'Heidestraße', hausnummer: '3' },
      geburtsdatum: { geburtsdatum: '1964-08' },
      geschlecht: 'w',
    },
  },
  steuerungsinformationen: { anforderungselement: ['1', '2'] },
};

export const CONTENT_1331: MessageContent<'xmeld:datenabruf.personensuche.antwort.1331'> = {
  antwortSuchanfrage: {
    auskunft: {
      ergebnisstatus: '01',
      person: [{ personendaten: { name: NAME, geburtsangaben: { geburt: BIRTH }, geschlecht: 'w' } }],
    },
  },
};

export const CONTENT_1332: MessageContent<'xmeld:datenabruf.freieSuche.suchanfrage.1332'> = {
  datenAbrufendeStelle: AGENCY,
  suchprofil: {
    auswahldaten: {
      name: { name: { nachnameUndVornamen: { nachname: 'Mustermann' } }, phonetik: true },
      wohnung: { anschrift: { 'anschrift.inland': { gemeindeschluessel: '09000009' } } },
    },
  },
  steuerungsinformationen: {
    anforderungselement: ['1'],
    suchbereich: { kreis: '09162' },
  },
};

export const CONTENT_1333: MessageContent<'xmeld:datenabruf.freieSuche.antwort.1333'> = {
  antwortSuchanfrage: { rueckweisung: [{ grundDerRueckweisung: '14', freitext: 'zu viele Treffer' }] },
};

export const CONTENT_1500: MessageContent<'xmeld:hinweisnachricht.mitteilung.1500'> = {
  identifikation: {
    'aktueller.familienname.unstrukturiert': { nachname: 'Mustermann' },
    vornamen: { vornamen: 'Erika' },
    geburt: BIRTH,
    anschrift: { 'anschrift.inland': ADDRESS },
  },
  hinweis: { geschlecht: { 'geschlecht.abweichend': 'w', 'geschlecht.letzterStandMR': 'x' } },
  erlaeuterung: 'Der Ausweis sagt etwas anderes.',
  fallkennzeichen: 'F1',
};

export const CONTENT_1501: MessageContent<'xmeld:hinweisnachricht.antwort.1501'> = {
  'hinweis.bestaetigt': 'true',
  fallkennzeichen: 'F1',
};

export const CONTENT_1700: MessageContent<'xmeld:onlinedienste.abrufanfrage.meldebescheinigung.1700'> = {
  identifikation: IDENTIFICATION,
  steuerungsinformationen: { datenumfang: erweitert([LEBENSBESCHEINIGUNG]), zustellvariante: '02' },
};

export const CONTENT_1701: MessageContent<'xmeld:onlinedienste.meldebescheinigungAntwort.1701'> = {
  antwortAbrufanfrage: {
    auskunft: {
      ergebnisstatus: '01',
      meldebescheinigung: {
        meldedaten: {
          personendaten: {
            name: {
              'familienname.unstrukturiert': { nachname: 'Mustermann' },
              vornamen: { vornamen: 'Erika' },
            },
            geburtsangaben: { geburtsdatum: '1964-08-12' },
            wohnung: [{ anschrift: { 'anschrift.inland': ADDRESS } }],
            nichtVerstorben: true,
          },
        },
      },
    },
  },
};

export const CONTENT_1704: MessageContent<'xmeld:onlinedienste.anmeldung.meldeschein.1704'> = {
  identifikation: IDENTIFICATION,
  berechtigtePerson: { bestaetigteMeldedaten: PREFILLED, statusDerNeuenWohnung: '0' },
  ergaenzendeMeldedaten: {
    wohnungsgeber: { wohnungsgeberNameAnschrift: [{ zeile: [{ position: '1', inhalt: 'Max Vermieter' }] }] },
    wohnung: { anschrift: ADDRESS, datumDesBeziehens: '2026-02-01' },
    datumDesAuszugs: '2026-01-31',
    wohnungsgeberbestaetigung: PDF,
  },
};

export const CONTENT_1705: MessageContent<'xmeld:onlinedienste.anmeldung.statusmitteilung.1705'> = {
  identifikation: IDENTIFICATION,
  aktenzeichen: 'A-1',
  status: '01',
  fristende: '2026-03-01',
};

export const CONTENT_1706: MessageContent<'xmeld:onlinedienste.anmeldung.bestaetigungscode.1706'> = {
  identifikation: IDENTIFICATION,
  code: '123456',
};

export const CONTENT_1707: MessageContent<'xmeld:onlinedienste.anmeldung.ergebnis.1707'> = {
  identifikation: IDENTIFICATION,
  aktenzeichen: 'A-1',
  ergebnis: {
    anmeldung: {
      zuziehendePerson: [
        {
          meldebestaetigung: {
            name: {
              'familienname.unstrukturiert': { nachname: 'Mustermann' },
              vornamen: { vornamen: 'Erika' },
            },
            geburtsdatum: '1964-08-12',
            wohnung: {
              anschrift: ADDRESS,
              datumAnmeldungBeiAnmeldebehoerde: '2026-02-09',
              datumDesBeziehens: '2026-02-01',
              statusderwohnung: '0',
            },
          },
          pdfDokument: PDF,
        },
      ],
    },
  },
};

export const CONTENT_1708: MessageContent<'xmeld:onlinedienste.abrufanfrage.selbstauskunftMelderegister.1708'> =
  {
    identifikation: IDENTIFICATION,
  };

export const CONTENT_1709: MessageContent<'xmeld:onlinedienste.selbstauskunftMelderegisterStatus.1709'> = {
  antwortAbrufanfrage: { ergebnisstatus: '03' },
};

export const CONTENT_1710: MessageContent<'xmeld:onlinedienste.selbstauskunftMelderegister.1710'> = {
  identifikation: IDENTIFICATION,
  selbstauskunft: {
    meldedaten: {
      personendaten: {
        name: NAME,
        geburtsangaben: { geburt: BIRTH },
        geschlecht: 'w',
        staatsangehoerigkeit: ['000'],
        religionszugehoerigkeit: RELIGION,
        wohnung: [DWELLING],
        familienstand: { familienstand: MARRIED },
        ausweisdokument: [DOCUMENT],
        steueridentifikation: { idnummer: '02476291358' },
      },
    },
  },
};

export const CONTENT_0010: MessageContent<'xirts:rueckweisung.asynchron.0010'> = {
  rueckweisung: { rueckweisungsgrund: [{ grund: 'S030' }], nachricht: 'PGEvPg==' },
};
