import * as z from 'zod';

/** Text of a message, brought to NFC as DIN 91379 asks; its characters are checked by the rules, the bound keeps hostile input small. */
export const text = z.string().max(1000).normalize('NFC');

/** A value of a code list whose version the message must name (XÖV code type 3). */
export const listedCode = z.strictObject({ code: text, listVersionID: text });

/** Address of an authority: a building, or a post office box (XInneres PostalischeInlandsanschrift, version 5). */
export const Behoerdenanschrift = z.discriminatedUnion('art', [
  z.strictObject({
    art: z.literal('gebaeude'),
    hausnummer: text.optional(),
    hausnummerBuchstabeZusatzziffer: text.optional(),
    postleitzahl: text,
    stockwerkswohnungsnummer: text.optional(),
    strasse: text,
    teilnummerDerHausnummer: text.optional(),
    wohnort: text,
    wohnortFruehererGemeindename: text.optional(),
    wohnungsinhaber: text.optional(),
    zusatzangaben: text.optional(),
  }),
  z.strictObject({
    art: z.literal('postfach'),
    postfach: text.optional(),
    wohnort: text,
    postleitzahl: text,
  }),
]);

/** A way to reach an authority; `kanal` 01 is e-mail, 02 telephone (code list Erreichbarkeit). */
const Erreichbarkeit = z.strictObject({ kanal: text, kennung: text, zusatz: text.optional() });

/** An authority by its DVDV identifier, prefix and organisation (`ags:09000009`), and its name. */
export const Behoerde = z.strictObject({
  kennung: text,
  name: text,
  erreichbarkeit: z.array(Erreichbarkeit).max(20),
});

/** Versions of the code lists that messages refer to by version. */
export const CodeListVersions = z.strictObject({
  ags: text,
  erreichbarkeit: text,
  geschlecht: text,
  staat: text,
  staatsangehoerigkeit: text,
  staatsgebiete: text,
  verzeichnisdienst: text,
});

/** Frame of a message between authorities (XInneres Nachricht.G2G, version 7), without its fixed reader. */
export const MessageFrame = z.strictObject({
  /** `nachrichtenUUID`: new for each message and for a corrected one, the same for a resend. */
  uuid: z.string().max(36),
  /** xs:dateTime with milliseconds and zone, e.g. `2026-02-09T10:15:00.000+01:00`. */
  erstellungszeitpunkt: z.string().max(40),
  /** When present, the message must not be processed in production. */
  test: text.optional(),
  produkt: z.strictObject({ name: text, hersteller: text, version: text.optional() }),
  autor: Behoerde.extend({ anschrift: Behoerdenanschrift }),
  /** Versions that differ from {@link CODE_LIST_VERSIONS}. */
  codelisten: CodeListVersions.partial().optional(),
});

/** Frame of a message between authorities. */
export type MessageFrame = z.output<typeof MessageFrame>;
/** An authority. */
export type Behoerde = z.output<typeof Behoerde>;
/** Address of an authority. */
export type Behoerdenanschrift = z.output<typeof Behoerdenanschrift>;
/** Versions of the code lists. */
export type CodeListVersions = z.output<typeof CodeListVersions>;

/**
 * Versions of the code lists in use with OSCI-XMeld 25.11a; the Destatis lists appear by date, so an integrator
 * names newer ones in `codelisten`.
 */
export const CODE_LIST_VERSIONS = {
  ags: '2026-04-30',
  erreichbarkeit: '3',
  geschlecht: '1',
  staat: '2024-08-01',
  staatsangehoerigkeit: '2024-08-01',
  staatsgebiete: '2024-08-01',
  verzeichnisdienst: '3',
} as const satisfies CodeListVersions;

/** The versions that a message names: its own where it has them. */
export function codeListVersions(frame: MessageFrame): CodeListVersions {
  const own = frame.codelisten ?? {};
  return {
    ags: own.ags ?? CODE_LIST_VERSIONS.ags,
    erreichbarkeit: own.erreichbarkeit ?? CODE_LIST_VERSIONS.erreichbarkeit,
    geschlecht: own.geschlecht ?? CODE_LIST_VERSIONS.geschlecht,
    staat: own.staat ?? CODE_LIST_VERSIONS.staat,
    staatsangehoerigkeit: own.staatsangehoerigkeit ?? CODE_LIST_VERSIONS.staatsangehoerigkeit,
    staatsgebiete: own.staatsgebiete ?? CODE_LIST_VERSIONS.staatsgebiete,
    verzeichnisdienst: own.verzeichnisdienst ?? CODE_LIST_VERSIONS.verzeichnisdienst,
  };
}
