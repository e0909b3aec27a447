import fc from 'fast-check';
import type { BzrAnfrage } from '../../src/xmeld/index.js';
import { ANFRAGEARTEN, GEBUEHREN } from '../../src/xmeld/index.js';

type Fields = Record<string, fc.Arbitrary<unknown>>;

/** Good values, and now and then one that the rules must find. */
const mostly = <T>(good: fc.Arbitrary<T>, bad: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 150, arbitrary: good }, { weight: 1, arbitrary: bad });
const usually = <T>(good: readonly T[], bad: readonly T[]): fc.Arbitrary<T> =>
  mostly(fc.constantFrom(...good), fc.constantFrom(...bad));

/** Letters, sequences of DIN 91379 and markup; each stays within two code points. */
const GOOD = [
  'a',
  'B',
  'ö',
  'ß',
  'č',
  'Ÿ',
  'ạ̈',
  'C̆',
  ' ',
  '-',
  '’',
  '&',
  '<',
  '>',
  '"',
  ']]>',
  '1',
  '€',
  '\u00a0',
];
const BAD = ['Ω', 'ж', '\t', '\n', '\r', '\u0000', '😀', 'ﬁ', '\u0085', '\ud800', 'Ǆ', '\ufffe'];

const textOf = (max: number): fc.Arbitrary<string> =>
  mostly(
    fc.array(fc.constantFrom(...GOOD), { maxLength: max }).map((pieces) =>
      Array.from(`N${pieces.join('')}`)
        .slice(0, max)
        .join('')
        .replace(/\u0020*$/u, ''),
    ),
    fc.oneof(
      fc.constantFrom('', ' ', 'N'.repeat(max + 1)),
      fc
        .array(fc.constantFrom(...GOOD, ...BAD), { minLength: 1, maxLength: max })
        .map((pieces) => pieces.join('')),
    ),
  );

/** A record with fields that must be there and fields that may. */
const object = (required: Fields, optional: Fields = {}): fc.Arbitrary<Record<string, unknown>> =>
  fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) });

const name = fc.oneof(
  { weight: 9, arbitrary: textOf(30) },
  { weight: 1, arbitrary: fc.constant({ nichtVorhanden: true }) },
);
const state = usually(['129', '368', '120'], ['000', '999', 'QQQ', '']);
const ags = usually(['09000009', '02000000', '16077000'], ['99000000', '0900000', '']);
const postcode = usually(['60000', '01067'], ['6', '6 000', 'ABCDE']);
const houseLetter = usually(['a', '1/2', 'b.', 'ß'], ['-', '12345', '<']);
const floor = usually(['IV.', '2 b'], ['1/2', '12345']);
const day = usually(['2024-02-29', '1964-08-12'], ['2023-02-29', '2026-02-10', '0000-01-01', '09.02.2026']);
const instant = usually(
  ['2026-02-09T10:15:00.000+01:00', '2026-02-09T23:59:59.999Z', '2026-02-09T00:00:00.001-14:00'],
  ['2026-02-09T10:15:00+01:00', '2026-02-30T10:15:00.000+01:00', '2026-02-09T24:00:00.000Z', ''],
);
const code = object({
  code: usually(['001', 'B0001'], [' ', '', 'a b']),
  listVersionID: usually(['1', '2024-08-01'], ['']),
});
const line = textOf(35);

const address = (required: Fields, optional: Fields): fc.Arbitrary<Record<string, unknown>> =>
  object(
    { postleitzahl: postcode, strasse: textOf(55), wohnort: textOf(40), ...required },
    {
      hausnummer: usually(['3', '12 4'], ['12345', 'a', '']),
      hausnummerBuchstabeZusatzziffer: houseLetter,
      zusatzangaben: textOf(21),
      ...optional,
    },
  );
const more: Fields = {
  stockwerkswohnungsnummer: floor,
  teilnummerDerHausnummer: textOf(8),
  wohnortFruehererGemeindename: textOf(40),
  wohnungsinhaber: textOf(26),
};
const art = (value: string): Fields => ({ art: fc.constant(value) });
const lines = (minLength: number, maxLength: number) => fc.array(line, { minLength, maxLength });

const toAnybody = [
  object(
    { ...art('inland'), zeilen: lines(1, 3), anschrift: address({}, { ...more, gemeindeschluessel: ags }) },
    { postfach: textOf(10) },
  ),
  object({ ...art('ausland'), staat: state }, { zeilen: lines(2, 5) }),
];
const RECIPIENTS = {
  betroffeneperson: fc.oneof(
    object({ ...art('inland'), anschrift: address({}, {}) }, { postfach: textOf(10) }),
    object({ ...art('ausland'), staat: state }, { zeilen: lines(1, 3) }),
  ),
  gesetzlichervertreter: fc.oneof(...toAnybody),
  behoerde: fc.oneof(
    ...toAnybody,
    object({ ...art('behoerdenkennzeichen'), kennzeichen: code }, { zusatz: line }),
  ),
} as const;

const birthDate = fc.oneof(
  object({ jahrMonatTag: day }),
  object({ jahrMonat: usually(['1964-08'], ['1964-13', '1964']) }),
  object({ jahr: usually(['1964'], ['0000', 'XXXX', '1964-08']) }),
  fc.constant({ unbekannt: true }),
);
const person = object(
  {
    familienname: name,
    vornamen: name,
    geburt: object({ ort: textOf(40), datum: birthDate }, { staat: state }),
    geschlecht: fc.constantFrom('m', 'w', 'd', 'x'),
    staatsangehoerigkeiten: fc.array(state, { minLength: 1, maxLength: 4 }),
  },
  {
    geburtsname: name,
    vornamenPass: name,
    anschrift: fc.oneof(
      address({ ...art('inland'), gemeindeschluessel: ags }, more),
      object({ ...art('ausland'), staat: state }),
      object(art('unbekannt')),
    ),
  },
);
const author = object({
  kennung: ags.map((value) => `ags:${value}`),
  name: textOf(30),
  erreichbarkeit: fc.array(
    object({ kanal: usually(['01', '02'], ['9', '']), kennung: textOf(30) }, { zusatz: textOf(10) }),
    {
      minLength: 1,
      maxLength: 2,
    },
  ),
  anschrift: fc.oneof(
    address(art('gebaeude'), more),
    object({ ...art('postfach'), wohnort: textOf(40), postleitzahl: postcode }, { postfach: textOf(10) }),
  ),
});

const forKind = (kind: string): fc.Arbitrary<Record<string, unknown>> => {
  const fitting = kind.startsWith('N')
    ? /[VG]$/.test(kind)
      ? 'gesetzlichervertreter'
      : 'betroffeneperson'
    : 'behoerde';
  const recipient = (who: keyof typeof RECIPIENTS): fc.Arbitrary<unknown> =>
    RECIPIENTS[who].map((ziel) => ({ wer: who, ziel }));
  const forms = fc.oneof(
    object({ anerkennungsform: fc.constant('apostille'), staat: state }),
    object({
      anerkennungsform: fc.constant('ueberbeglaubigung'),
      staat: state,
      belegnummer: usually(['09000009-N'], ['x|y', '']),
    }),
  );
  return object(
    {
      anfrageart: fc.constant(kind),
      empfaenger: mostly(recipient(fitting), recipient('behoerde')),
      verwendungszweck: mostly(object({ beschreibung: textOf(44) }, { schluessel: code }), fc.constant({})),
    },
    {
      ...(kind.startsWith('N') ? { verwendungAusland: forms } : { aktenzeichenAnfrage: textOf(20) }),
      ...(kind.startsWith('P') ? { justizbehoerdenkennzeichen: code } : {}),
    },
  );
};

/** Inputs of the right shape, most of them right, some with one fault or more that the rules must find. */
export const bzrAnfrage: fc.Arbitrary<BzrAnfrage> = fc
  .tuple(
    object(
      {
        uuid: mostly(fc.uuid(), fc.constantFrom('x', '')),
        erstellungszeitpunkt: instant,
        produkt: object({ name: textOf(20), hersteller: textOf(20) }, { version: textOf(8) }),
        autor: author,
        datumAntragstellung: fc.constant('2026-02-09'),
        person,
        gebuehr: fc.constantFrom(...GEBUEHREN),
        ereignis: object({
          zeitpunkt: instant,
          zeichen: usually(
            ['KOFFER0001', 'ä'.repeat(8), 'A'.repeat(100)],
            ['ä'.repeat(9), 'A'.repeat(101), ''],
          ),
        }),
      },
      {
        test: textOf(10),
        aktenzeichenNachricht: textOf(20),
        doktorgrade: fc.array(usually(['Dr.', 'DR.HC.', 'Dr. Dr.eh.'], ['Prof.', '']), { maxLength: 2 }),
        abrechnungskennzeichen: ags,
        codelisten: object({}, { ags: textOf(10), staatsgebiete: textOf(10) }),
      },
    ),
    fc.constantFrom(...ANFRAGEARTEN).chain(forKind),
  )
  // The shape is that of the zod schema, which the writer checks again.
  .map(([common, kind]) => ({ ...common, ...kind }) as BzrAnfrage);
