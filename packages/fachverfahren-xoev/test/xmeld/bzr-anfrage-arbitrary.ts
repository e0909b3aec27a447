import fc from 'fast-check';
import type { BzrAnfrage } from '../../src/xmeld/index.js';
import { ANFRAGEARTEN, GEBUEHREN } from '../../src/xmeld/index.js';

/** Characters that probe the borders: DIN 91379 letters, sequences, markup, and some that are not allowed. */
const PIECES = [
  'a',
  'Z',
  'ß',
  'Ÿ',
  'Ǆ',
  'ạ̈',
  'C̆',
  'k͟h',
  ' ',
  '-',
  "'",
  '’',
  '&',
  '<',
  '>',
  '"',
  ']]>',
  '0',
  '9',
  '€',
  '₤',
  'Ω',
  'ж',
  '\t',
  '\n',
  '\u0000',
  '😀',
  'ﬁ',
  '\u00a0',
  '\u0085',
  '\ud800',
];
const USUAL = ['a', 'B', 'ö', 'ß', 'č', 'x', ' ', '-', '&', '<', '1'];

const textOf = (max: number): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .array(fc.constantFrom(...USUAL), { minLength: 1, maxLength: max })
        .map((p) => `N${p.join('')}`.slice(0, max)),
    },
    {
      weight: 1,
      arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: max + 2 }).map((p) => p.join('')),
    },
  );
const option = <T>(key: string, value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc.oneof(
    fc.constant({}),
    value.map((v) => ({ [key]: v })),
  );
const optional = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(fields, { requiredKeys: [] });

const name = fc.oneof(
  { weight: 9, arbitrary: textOf(30) },
  { weight: 1, arbitrary: fc.constant({ nichtVorhanden: true as const }) },
);
const state = fc.constantFrom('000', '129', '368', '999', 'QQQ', '');
const ags = fc.constantFrom('09000009', '02000000', '99000000', '0900000');
const plz = fc.constantFrom('60000', '01067', '6', '6 000');
const letter = fc.constantFrom('a', '1/2', 'b.', 'ß', '-', '12345');
const date = fc.constantFrom(
  '2026-02-09',
  '2024-02-29',
  '2023-02-29',
  '2026-02-10',
  '0000-01-01',
  '09.02.2026',
);
const instant = fc.constantFrom(
  '2026-02-09T10:15:00.000+01:00',
  '2026-02-09T23:59:59.999Z',
  '2026-02-09T10:15:00+01:00',
  '2026-02-30T10:15:00.000+01:00',
  '2026-02-09T24:00:00.000Z',
);
const code = fc.record({
  code: fc.constantFrom('001', 'B0001', ' ', ''),
  listVersionID: fc.constantFrom('1', '2024-08-01', ''),
});

const inland = (
  extra: Record<string, fc.Arbitrary<unknown>>,
  requires: Record<string, fc.Arbitrary<unknown>> = {},
) =>
  fc
    .tuple(
      fc.record({ postleitzahl: plz, strasse: textOf(55), wohnort: textOf(40), ...requires }),
      optional({
        hausnummer: fc.constantFrom('3', '12 4', '12345', 'a'),
        hausnummerBuchstabeZusatzziffer: letter,
        zusatzangaben: textOf(25),
        ...extra,
      }),
    )
    .map(([required, more]) => ({ ...required, ...more }));
const rest = {
  stockwerkswohnungsnummer: letter,
  teilnummerDerHausnummer: letter,
  wohnortFruehererGemeindename: textOf(40),
  wohnungsinhaber: textOf(26),
};
const with_ = <T extends object>(art: string, arbitrary: fc.Arbitrary<T>) =>
  arbitrary.map((fields) => ({ art, ...fields }));

const toOthers = fc.oneof(
  with_(
    'inland',
    fc
      .tuple(
        fc.record({
          zeilen: fc.array(textOf(35), { minLength: 1, maxLength: 3 }),
          anschrift: inland({ ...rest, gemeindeschluessel: ags }),
        }),
        option('postfach', textOf(10)),
      )
      .map(([a, b]) => ({ ...a, ...b })),
  ),
  with_(
    'ausland',
    fc
      .tuple(
        fc.record({ staat: state }),
        option('zeilen', fc.array(textOf(36), { minLength: 2, maxLength: 5 })),
      )
      .map(([a, b]) => ({ ...a, ...b })),
  ),
);
const recipient = fc.oneof(
  fc
    .oneof(
      with_(
        'inland',
        fc
          .tuple(fc.record({ anschrift: inland({}) }), option('postfach', textOf(10)))
          .map(([a, b]) => ({ ...a, ...b })),
      ),
      with_(
        'ausland',
        fc
          .tuple(
            fc.record({ staat: state }),
            option('zeilen', fc.array(textOf(35), { minLength: 1, maxLength: 3 })),
          )
          .map(([a, b]) => ({ ...a, ...b })),
      ),
    )
    .map((ziel) => ({ wer: 'betroffeneperson', ziel })),
  toOthers.map((ziel) => ({ wer: 'gesetzlichervertreter', ziel })),
  fc
    .oneof(
      toOthers,
      with_(
        'behoerdenkennzeichen',
        fc
          .tuple(fc.record({ kennzeichen: code }), option('zusatz', textOf(35)))
          .map(([a, b]) => ({ ...a, ...b })),
      ),
    )
    .map((ziel) => ({ wer: 'behoerde', ziel })),
);
const KIND_OF = {
  betroffeneperson: ['NB', 'NE'],
  gesetzlichervertreter: ['NV', 'NG'],
  behoerde: ANFRAGEARTEN.filter((k) => !k.startsWith('N')),
} as const;

/** Inputs of the right shape, most of them right and some with faults that the rules must find. */
export const bzrAnfrage: fc.Arbitrary<BzrAnfrage> = fc
  .tuple(
    fc.record({
      uuid: fc.oneof({ weight: 9, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom('x', '') }),
      erstellungszeitpunkt: instant,
      produkt: fc
        .tuple(fc.record({ name: textOf(20), hersteller: textOf(20) }), option('version', textOf(8)))
        .map(([a, b]) => ({ ...a, ...b })),
      autor: fc.record({
        kennung: ags.map((value) => `ags:${value}`),
        name: textOf(30),
        erreichbarkeit: fc.array(
          fc
            .tuple(
              fc.record({ kanal: fc.constantFrom('01', '02', '9'), kennung: textOf(30) }),
              option('zusatz', textOf(10)),
            )
            .map(([a, b]) => ({ ...a, ...b })),
          { minLength: 0, maxLength: 2 },
        ),
        anschrift: fc.oneof(
          with_('gebaeude', inland(rest)),
          with_(
            'postfach',
            fc
              .tuple(fc.record({ wohnort: textOf(40), postleitzahl: plz }), option('postfach', textOf(10)))
              .map(([a, b]) => ({ ...a, ...b })),
          ),
        ),
      }),
      datumAntragstellung: date,
      person: fc
        .tuple(
          fc.record({
            familienname: name,
            vornamen: name,
            geburt: fc
              .tuple(
                fc.record({
                  ort: textOf(41),
                  datum: fc.oneof(
                    date.map((jahrMonatTag) => ({ jahrMonatTag })),
                    fc.constantFrom(
                      { jahrMonat: '1964-08' },
                      { jahrMonat: '1964-13' },
                      { jahr: '1964' },
                      { jahr: '0000' },
                      { jahr: 'XXXX' },
                      { unbekannt: true as const },
                    ),
                  ),
                }),
                option('staat', state),
              )
              .map(([a, b]) => ({ ...a, ...b })),
            geschlecht: fc.constantFrom('m', 'w', 'd', 'x'),
            staatsangehoerigkeiten: fc.array(state, { minLength: 1, maxLength: 4 }),
          }),
          optional({
            geburtsname: name,
            vornamenPass: name,
            anschrift: fc.oneof(
              with_('inland', inland(rest, { gemeindeschluessel: ags })),
              fc.record({ art: fc.constant('ausland'), staat: state }),
              fc.constant({ art: 'unbekannt' }),
            ),
          }),
        )
        .map(([a, b]) => ({ ...a, ...b })),
      gebuehr: fc.constantFrom(...GEBUEHREN),
      ereignis: fc.record({ zeitpunkt: instant, zeichen: textOf(20) }),
    }),
    optional({
      test: textOf(10),
      aktenzeichenNachricht: textOf(20),
      doktorgrade: fc.array(textOf(10), { maxLength: 2 }),
      verwendungszweck: optional({ schluessel: code, beschreibung: textOf(45) }),
      verwendungAusland: fc.oneof(
        fc.record({ anerkennungsform: fc.constant('apostille'), staat: state }),
        fc.record({
          anerkennungsform: fc.constant('ueberbeglaubigung'),
          staat: state,
          belegnummer: fc.constantFrom('09000009-Nab', '02000000-N', 'x|y'),
        }),
      ),
      abrechnungskennzeichen: ags,
      aktenzeichenAnfrage: textOf(20),
      justizbehoerdenkennzeichen: code,
    }),
    recipient,
    fc.nat(),
    fc.boolean(),
  )
  .map(([required, more, empfaenger, pick, fitting]) => {
    const kinds = KIND_OF[empfaenger.wer as keyof typeof KIND_OF];
    const message = {
      ...required,
      ...more,
      empfaenger,
      anfrageart: fitting ? kinds[pick % kinds.length] : ANFRAGEARTEN[pick % ANFRAGEARTEN.length],
    };
    // The shape is that of the schema, which the writer checks again.
    return message as BzrAnfrage;
  });
