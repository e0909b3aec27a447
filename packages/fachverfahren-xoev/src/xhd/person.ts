import * as z from 'zod';
import { Druckrepraesentation } from './print-block.js';
import { code, latinText } from './values.js';

/** A state by its three-letter ICAO code, `D` for Germany; the list itself is not printed. */
const Staat = code('urn:de.xhd.codelisten.staaten', z.string().regex(/^(D|[A-Z]{3})$/, 'not an ICAO code'));
const StaatType = z.strictObject({ Staat });

const AllgemeinerName = z.strictObject({ Name: latinText() });

/** An address; how much of each part is taken is left to the manufacturer. */
export const Anschrift = z.strictObject({
  StrasseUndHausnummer: latinText().optional(),
  Postleitzahl: latinText().optional(),
  Ort: latinText().optional(),
  Staat: StaatType.optional(),
  Region: latinText().optional(),
});
/** An address. */
export type Anschrift = z.output<typeof Anschrift>;

/** `YYYY-MM-DD` with `XX` for an unknown day, or for month and day; the year is mandatory. */
const Geburtsdatum = z
  .string()
  .regex(/^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]|XX)|XX-XX)$/, 'not a birth date');

/** Person, birth, size, eyes, and the lines printed of them (PersonendatenType). */
export const Personendaten = z.strictObject({
  NatuerlichePerson: z.strictObject({
    NameNatuerlichePerson: z.strictObject({
      Familienname: AllgemeinerName,
      Vorname: AllgemeinerName,
      Geburtsname: AllgemeinerName.optional(),
      Titel: latinText().optional(),
      Ordens_Kuenstlername: latinText().optional(),
    }),
    Anschrift,
    ImAuslandLebendKeinNachvollziehbarerWohnsitz: z.boolean().optional(),
    Staatsangehoerigkeit: StaatType.optional(),
    Geschlecht: z
      .strictObject({
        /** 001 female, 002 male, 003 unknown (code list of TR-03123, not the register's). */
        Geschlecht: code('urn:de:xhd:codelisten:geschlechtercodecontenttype', z.enum(['001', '002', '003'])),
      })
      .optional(),
  }),
  Geburt: z.strictObject({ Geburtsdatum, Geburtsort: latinText() }),
  /** Centimetres in three digits. */
  Groesse: z
    .string()
    .regex(/^(?:[0-9]{3}|---)$/, 'not three digits or ---')
    .optional(),
  /** `---` when unknown. */
  Augenfarbe: latinText().optional(),
  Druckrepraesentation,
});
/** Person, birth, size, eyes, and the lines printed of them. */
export type Personendaten = z.output<typeof Personendaten>;
