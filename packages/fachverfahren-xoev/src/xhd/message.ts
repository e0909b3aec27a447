import * as z from 'zod';
import { Antrag, AntragsID } from './antrag.js';
import { Anschrift } from './person.js';
import { Druckrepraesentation } from './print-block.js';
import { inXml } from './roles.js';
import { base64, code, instant, latinText, nmtoken, plainText } from './values.js';

/** Kinds of product; one order holds one kind. */
export const Produktart = z.enum(['AT', 'PA', 'RA', 'RP', 'UB']);
/** Kind of product: Aufenthaltstitel, Personalausweis, Reiseausweis, Reisepass, eID-Karte. */
export type Produktart = z.output<typeof Produktart>;

/** Certificate number of a component that has no certificate, as every component of this SDK. */
export const NOT_CERTIFIED = 'BSI-K-TR-0000-0000';

/** Header of every message (NachrichtenkopfType). */
export const Nachrichtenkopf = z.strictObject({
  NachrichtenID: nmtoken(1, 40),
  /** 4 Behördenkennzahl, 3 running, 1 check digit (its rule is not printed), `_`, `YYYY-MM-DD_hh:mm:ss`. */
  Bestellnummer: z
    .string()
    .regex(/^[0-9A-Z]{4}[0-9]{4}_\d{4}-\d{2}-\d{2}_\d{2}:\d{2}:\d{2}$/, 'not an order number of 28 places'),
  /** DVDV identifier such as `pab:04011300_00`. */
  Senderkennung: nmtoken(8, 225),
  Empfaengerkennung: nmtoken(8, 225),
  Express: z.boolean().optional(),
  Reklamation: z.boolean().optional(),
  Verfahrensschluessel: plainText(100, ' ').optional(),
  Verfahrenskennung: latinText(100),
  /** Its presence makes the message a test. */
  Testnachricht: z.int().min(1).max(99).optional(),
  Erstellungszeitpunkt: instant,
  Produktart: code('urn:de:xhd:codelisten:dokumentenartcodecontenttype', Produktart),
  /** Version of the format, as the encoder in use names it. */
  Version_XhD: latinText(5),
});
/** Header of every message. */
export type Nachrichtenkopf = z.output<typeof Nachrichtenkopf>;

const Behoerdenadresse = z.strictObject({
  Druckrepraesentation,
  Behoerdenname: latinText().optional(),
  Behoerdenanschrift: Anschrift.optional(),
});

const Fehlerbeschreibung = z.strictObject({
  Fehlernummer: z.int().min(0).max(999_999),
  Fehlerbeschreibung: latinText(80),
});

const rueckmeldung = {
  AntragsID,
  Status: z.boolean(),
  /** Only when `Status` is false. */
  Fehlerbeschreibungen: z.array(Fehlerbeschreibung).max(1000).optional(),
};

/** What the manufacturer or the authority says of one application (RueckmeldungType). */
export const Rueckmeldung = z.strictObject(rueckmeldung);
/** What the manufacturer or the authority says of one application. */
export type Rueckmeldung = z.output<typeof Rueckmeldung>;

const Lieferinformation = z.discriminatedUnion('art', [
  z.strictObject({
    art: inXml(z.literal('LieferinformationDokumentType'), { place: 'type' }),
    AntragsID,
    QuittierungErforderlich: z.boolean(),
    /** Both are mandatory for cards with eID. */
    Sperrkennwort: latinText(40).optional(),
    Sperrsumme: latinText().optional(),
  }),
  z.strictObject({
    art: inXml(z.literal('LieferinformationSeriennummerType'), { place: 'type' }),
    AntragsID,
    QuittierungErforderlich: z.boolean(),
    /** A text file of serial numbers, see `readSerialNumberFile`. */
    Seriennummern: base64,
  }),
]);

/** Most applications that one answer reports on. */
const MOST_REPORTS = 10_000;

function message<Name extends string, Payload extends z.ZodType>(name: Name, payload: Payload) {
  return z.strictObject({
    nachricht: inXml(z.literal(name), { place: 'root' }),
    Nachrichtenkopf,
    /** Absent while the message is encrypted. */
    Nutzdaten: payload.optional(),
  });
}

/** Order of documents; authority to manufacturer. */
export const BestellungDokument = message(
  'BestellungDokument',
  z.strictObject({
    Antraege: z.strictObject({ Antrag: z.array(Antrag).min(1).max(150) }),
    Rechnungsadresse: Behoerdenadresse,
    Lieferadresse: Behoerdenadresse,
    Zertifizierungsinformationen: z.strictObject({
      Komponente: z
        .array(
          z.strictObject({
            KomponentenName: latinText(40),
            Versionsinformation: latinText(40),
            /** `BSI-K-TR-AAAA-YYYY`, or {@link NOT_CERTIFIED}. */
            ZertifizierungsID: z
              .string()
              .max(40)
              .regex(/^BSI-K-TR-[0-9]{4}-[0-9]{4}$/, 'not a certificate number of the BSI'),
          }),
        )
        .min(1)
        .max(100),
    }),
  }),
);
/** Order of documents. */
export type BestellungDokument = z.output<typeof BestellungDokument>;

/** One message of XhD, by the name of its root element. */
export const XhdMessage = z.discriminatedUnion('nachricht', [
  BestellungDokument,
  message(
    'BestellungSeriennummern',
    z.strictObject({
      BKZ: z.string().regex(/^[0-9A-Z]{4}$/, 'not a Behördenkennzahl'),
      Anzahl: z.int().min(1).max(100_000),
    }),
  ),
  message('Quittierung', z.strictObject({ Quittierungen: z.array(Rueckmeldung).min(1).max(MOST_REPORTS) })),
  message(
    'Auftragsinformation',
    z.strictObject({ Auftragsinformationen: z.array(Rueckmeldung).min(1).max(MOST_REPORTS) }),
  ),
  message(
    'Lieferinformation',
    z.strictObject({ Lieferinformationen: z.array(Lieferinformation).min(1).max(MOST_REPORTS) }),
  ),
  message(
    'Reklamationsinformation',
    z.strictObject({
      Reklamationsinformationen: z
        .array(
          z.strictObject({
            ...rueckmeldung,
            RuecksendungAnBehoerde: z.boolean().optional(),
            KostenUebernahmeHersteller: z.boolean().optional(),
            /** PDF. */
            Infoblatt: base64.optional(),
          }),
        )
        .min(1)
        .max(MOST_REPORTS),
    }),
  ),
  message(
    'Fehlerinformation',
    z.strictObject({
      /** The message that could not be processed; its type is not printed, base64 is. */
      FehlerhafteNachricht: base64,
      Fehlerbeschreibung,
    }),
  ),
]);
/** One message of XhD, by the name of its root element. */
export type XhdMessage = z.output<typeof XhdMessage>;
