import * as z from 'zod';
import { listedCode, MessageFrame, text } from './frame.js';
import { requireShape } from './shape.js';

/** The twelve kinds of Führungszeugnis (code list fuehrungszeugnis.anfrageart, version 1.0). */
export const ANFRAGEARTEN = ['NB', 'NE', 'NG', 'NV', 'OB', 'OE', 'OG', 'OH', 'PB', 'PE', 'PG', 'PH'] as const;
/** NB own purpose, NE erweitert (§ 30a BZRG), NV/NG by the legal representative, O… for an authority, P… with prior inspection at an Amtsgericht. */
export type Anfrageart = (typeof ANFRAGEARTEN)[number];

/** A standard, M/N Mittellosigkeit confirmed or not, V/W special purpose confirmed or not, Z repeat (code list fuehrungszeugnis.gebuehr, version 1.0). */
export const GEBUEHREN = ['A', 'M', 'N', 'V', 'W', 'Z'] as const;

/** Male, female, divers, not said (code list Geschlecht, version 1). */
export const GESCHLECHTER = ['m', 'w', 'd', 'x'] as const;

/** A name, or the statement that the person rightly has none (a Blockname stands in the family name). */
const name = z.union([text, z.strictObject({ nichtVorhanden: z.literal(true) })]);

/** A date of which the day, or day and month, may be unknown. */
const teilbekanntesDatum = z.union([
  z.strictObject({ jahrMonatTag: text }),
  z.strictObject({ jahrMonat: text }),
  z.strictObject({ jahr: text }),
  z.strictObject({ unbekannt: z.literal(true) }),
]);

const postanschrift = z.strictObject({
  hausnummer: text.optional(),
  hausnummerBuchstabeZusatzziffer: text.optional(),
  postleitzahl: text,
  strasse: text,
  wohnort: text,
  zusatzangaben: text.optional(),
});

const meldeanschrift = postanschrift.extend({
  stockwerkswohnungsnummer: text.optional(),
  teilnummerDerHausnummer: text.optional(),
  wohnortFruehererGemeindename: text.optional(),
  wohnungsinhaber: text.optional(),
});

/** The person's address in the register; abroad only the state is known. */
const anschriftMelderecht = z.discriminatedUnion('art', [
  meldeanschrift.extend({ art: z.literal('inland'), gemeindeschluessel: text }),
  z.strictObject({ art: z.literal('ausland'), staat: text }),
  z.strictObject({ art: z.literal('unbekannt') }),
]);

const zeilen = (most: number): z.ZodArray<typeof text> => z.array(text).min(1).max(most);

/** Lines 4 to 6 of the address block name the recipient, the rest is the address. */
const empfaengerInland = z.strictObject({
  art: z.literal('inland'),
  zeilen: zeilen(3),
  anschrift: meldeanschrift.extend({ gemeindeschluessel: text.optional() }),
  postfach: text.optional(),
});

/** Two to five lines from line 4 on; the state's name is printed from its code. */
const empfaengerAusland = z.strictObject({
  art: z.literal('ausland'),
  staat: text,
  zeilen: z.array(text).min(2).max(5).optional(),
});

/** Where the Führungszeugnis is sent. */
const empfaenger = z.discriminatedUnion('wer', [
  z.strictObject({
    wer: z.literal('betroffeneperson'),
    ziel: z.discriminatedUnion('art', [
      z.strictObject({ art: z.literal('inland'), anschrift: postanschrift, postfach: text.optional() }),
      z.strictObject({ art: z.literal('ausland'), staat: text, zeilen: zeilen(3).optional() }),
    ]),
  }),
  z.strictObject({
    wer: z.literal('gesetzlichervertreter'),
    ziel: z.discriminatedUnion('art', [empfaengerInland, empfaengerAusland]),
  }),
  z.strictObject({
    wer: z.literal('behoerde'),
    ziel: z.discriminatedUnion('art', [
      z.strictObject({
        art: z.literal('behoerdenkennzeichen'),
        kennzeichen: listedCode,
        zusatz: text.optional(),
      }),
      empfaengerInland,
      empfaengerAusland,
    ]),
  }),
]);

/**
 * One application for a Führungszeugnis as the Meldebehörde sends it to the Bundesamt für Justiz
 * (OSCI-XMeld 25.11a, `datenuebermittlung.bzranfrage.0430`). Field names are those of the standard.
 */
export const BzrAnfrage = MessageFrame.extend({
  aktenzeichenNachricht: text.optional(),
  anfrageart: z.enum(ANFRAGEARTEN),
  /** Day of the application, `YYYY-MM-DD`. */
  datumAntragstellung: text,
  aktenzeichenAnfrage: text.optional(),
  justizbehoerdenkennzeichen: listedCode.optional(),
  person: z.strictObject({
    familienname: name,
    geburtsname: name.optional(),
    vornamen: name,
    vornamenPass: name.optional(),
    /** `staat` is a three-digit Destatis code of a territory; `ort` is `unbekannt` when unknown. */
    geburt: z.strictObject({ ort: text, staat: text.optional(), datum: teilbekanntesDatum }),
    geschlecht: z.enum(GESCHLECHTER),
    anschrift: anschriftMelderecht.optional(),
    /** Three-digit Destatis codes, `000` is German. */
    staatsangehoerigkeiten: z.array(text).min(1).max(4),
  }),
  doktorgrade: z.array(text).max(10).optional(),
  empfaenger,
  gebuehr: z.enum(GEBUEHREN),
  verwendungszweck: z
    .strictObject({ schluessel: listedCode.optional(), beschreibung: text.optional() })
    .optional(),
  verwendungAusland: z
    .discriminatedUnion('anerkennungsform', [
      z.strictObject({ anerkennungsform: z.literal('ueberbeglaubigung'), staat: text, belegnummer: text }),
      z.strictObject({ anerkennungsform: z.literal('apostille'), staat: text }),
    ])
    .optional(),
  /** AGS of the district that is billed. */
  abrechnungskennzeichen: text.optional(),
  /** When and under which sign the application was stored; `zeitpunkt` as `erstellungszeitpunkt`. */
  ereignis: z.strictObject({ zeitpunkt: text, zeichen: text }),
});

/** One application for a Führungszeugnis. */
export type BzrAnfrage = z.output<typeof BzrAnfrage>;
/** Recipient of a Führungszeugnis. */
export type Empfaenger = BzrAnfrage['empfaenger'];
/** A name or its rightful absence. */
export type AllgemeinerName = BzrAnfrage['person']['familienname'];
/** A wholly, partly or not known date. */
export type TeilbekanntesDatum = BzrAnfrage['person']['geburt']['datum'];

/** The input as a typed message; `InputError` `malformed` with the field's path when its shape is another. */
export function parseBzrAnfrage(value: unknown): BzrAnfrage {
  return requireShape(BzrAnfrage, value, 'the Führungszeugnis application');
}
