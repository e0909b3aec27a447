import * as z from 'zod';
import { Anschrift, Personendaten } from './person.js';
import { Druckrepraesentation } from './print-block.js';
import { inXml } from './roles.js';
import { attribute, base64, code, day, foreignElement, latinText, nmtoken, plainText } from './values.js';

/** Namespace of `gid-app`, the biometrics of an application (TR-03121); its content is not printed in TR-03123. */
export const GID_NAMESPACE = 'http://trbio.bsi.bund.de/gid/4';

/** Identity of one application, unique in its order. */
export const AntragsID = plainText(40);

const Reklamationsklasse = z.enum([
  'Bild',
  'Chip',
  'Daten',
  'Kostenpflichtig',
  'Material',
  'PIN-Brief',
  'Sonstiges',
  'Unterschrift',
  'VersandSchaden',
  'VersandVerlust',
]);

/** Document number, term and issuing authority (DokumentendatenType). */
export const Dokumentendaten = z.strictObject({
  /** 4 Behördenkennzahl, 5 running, 1 check digit. */
  Seriennummer: nmtoken(10, 10),
  /** Day of the application. */
  GueltigVon: day,
  GueltigBis: day,
  Behoerdenname: z.strictObject({
    Druckrepraesentation,
    Name: latinText().optional(),
    Kurzbezeichnung: latinText(),
  }),
  Ausstellungsort: latinText().optional(),
  AlternativeNamensdarstellungInMRZ: z
    .string()
    .max(39)
    .regex(/^[A-Z0-9<]*$/, 'not of A-Z, 0-9 and <')
    .optional(),
  Reklamation: z
    .strictObject({
      Seriennummer: nmtoken(1, 10),
      Reklamationsgrund: z.strictObject({
        Reklamationsklasse: code(
          'urn:de:xhd:codelisten:reklamationsklassecodecontenttype',
          Reklamationsklasse,
        ),
        Beschreibung: latinText(40).optional(),
      }),
      Kontaktdaten: latinText().optional(),
      Ausgehaendigt: z.boolean().optional(),
      NichterhaltPINBrief: z.boolean().optional(),
    })
    .optional(),
});
/** Document number, term and issuing authority. */
export type Dokumentendaten = z.output<typeof Dokumentendaten>;

const document = {
  AntragsID,
  Personendaten,
  Dokumentendaten,
  /** `gid-app` as XML text, from a component that knows TR-03121's schema. */
  BiometrischeMerkmale: z
    .strictObject({
      Biometrie: z.strictObject({ 'gid-app': foreignElement(GID_NAMESPACE, 'gid-app') }),
    })
    .optional(),
  Unterschrift: z
    .strictObject({
      mimeCode: attribute(z.enum(['image/jpeg', 'image/jp2'])),
      inhalt: inXml(base64.clone(), { place: 'content' }),
    })
    .optional(),
};

const eid = {
  ElektronischeID: z.strictObject({
    /** False under 16. */
    NutzungElektronischeID: z.boolean(),
    PINDaten: z.strictObject({
      Lieferadresse: z.strictObject({ Druckrepraesentation, Anschrift: Anschrift.optional() }),
      Ruecksendeadresse: latinText(),
    }),
    /** `0276`, then the Gemeindeschlüssel; with a residence in Germany. */
    WohnortID: z
      .string()
      .regex(/^[0-9]{14}$/, 'not 14 digits')
      .optional(),
    /** False: no PIN letter is sent. */
    Versand_PIN_Brief: z.boolean().optional(),
  }),
};

/** The `xsi:type` of an application: `art` without its prefix. */
function typed<Name extends string>(name: Name): z.ZodLiteral<Name> {
  return inXml(z.literal(name), { place: 'type' });
}

/** Application for an identity card. */
export const AntragPersonalausweis = z.strictObject({
  art: typed('AntragsdatensatzPersonalausweisType'),
  ...document,
  ...eid,
});
/** Application for an identity card. */
export type AntragPersonalausweis = z.output<typeof AntragPersonalausweis>;

/** Application for an eID card of a Union citizen. */
export const AntragEidKarte = z.strictObject({
  art: typed('AntragsdatensatzEIDKarteUBType'),
  ...document,
  ...eid,
});
/** Application for an eID card of a Union citizen. */
export type AntragEidKarte = z.output<typeof AntragEidKarte>;

/** Application for a passport. */
export const AntragPass = z.strictObject({
  art: typed('AntragsdatensatzPassType'),
  ...document,
  /** P passport, PD diplomatic, PO service. */
  Passart: code('urn:de:xhd:codelisten:passartcodecontenttype', z.enum(['P', 'PD', 'PO'])),
  Dienstinfo: z
    .strictObject({
      Dienstbezeichnung: latinText(),
      Dienstort: latinText(),
      Passaktennummer: latinText(35),
      Druckrepraesentation,
    })
    .optional(),
  /** True: 48 instead of 32 pages. */
  ExtraSeiten: z.boolean().optional(),
});
/** Application for a passport. */
export type AntragPass = z.output<typeof AntragPass>;

/** One application of an order. Aufenthaltstitel and Reiseausweis are not modelled: they are not a Bürgerkoffer's. */
export const Antrag = z.discriminatedUnion('art', [AntragPersonalausweis, AntragEidKarte, AntragPass]);
/** One application of an order. */
export type Antrag = z.output<typeof Antrag>;
