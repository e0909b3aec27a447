import * as z from 'zod';
import { attribute, code, latinText } from './values.js';

/** What a print line is for (code list DruckzeilenCodeType, version 1.0). */
export const DruckzeileTyp = z.enum([
  'AnmerkungenErwerbstaetigkeit',
  'AnmerkungenRechtsgrundlagenUndPassdokument',
  'Behoerdenname',
  'BehoerdennameKurzeZeile',
  'Dienstinfo',
  'Geburtsname',
  'Geburtsort',
  'Lieferadresse',
  'LieferadressePIN',
  'Namensblock',
  'Ordens_Kuenstlername',
  'Rechnungsadresse',
  'Strasse_Hausnummer',
  'Unterlagen',
  'Vornamensblock',
  'Wohnort',
]);
/** What a print line is for. */
export type DruckzeileTyp = z.output<typeof DruckzeileTyp>;

/** One line as it is printed on the document; `Nummer` counts from 1 within one `Typ`. */
export const Druckzeile = z.strictObject({
  Nummer: attribute(z.int().min(1).max(99)),
  content: latinText(),
  Typ: code('urn:de:xhd:codelisten:druckzeilencodecontenttype', DruckzeileTyp),
});
/** One line as it is printed on the document. */
export type Druckzeile = z.output<typeof Druckzeile>;

/** What is printed on the document, line by line (DruckrepraesentationType). */
export const Druckrepraesentation = z.strictObject({ Zeile: z.array(Druckzeile).max(60).optional() });
/** What is printed on the document, line by line. */
export type Druckrepraesentation = z.output<typeof Druckrepraesentation>;
