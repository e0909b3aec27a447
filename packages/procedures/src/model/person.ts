import { z } from 'zod';
import { Birth } from './birth.js';
import { Ags, latinName } from './scalars.js';

/** Names as the register holds them, DIN 91379 datatype A; lengths are those of the print lines (TR-03123, part 2). */
const names = {
  /** Familienname. */
  familyName: latinName(120),
  /** Geburtsname, absent when it is the Familienname. */
  birthName: latinName(75).optional(),
  /** All Vornamen in the order of the register, separated by a space. */
  givenNames: latinName(80),
} as const;

/** Familienname, Geburtsname and Vornamen. */
export const PersonName = z.strictObject(names).readonly();
/** Familienname, Geburtsname and Vornamen. */
export type PersonName = z.output<typeof PersonName>;

/** A dwelling in Germany with Gemeindeschlüssel and Postleitzahl (PAuswV § 6). */
export const GermanAddress = z
  .strictObject({
    kind: z.literal('germany'),
    street: latinName(55),
    /** Digits only; the letter stands in `houseNumberSuffix`. Absent where the street has no numbers. */
    houseNumber: z
      .string()
      .regex(/^[0-9]{1,4}$/u, 'not a house number of 1 to 4 digits')
      .optional(),
    houseNumberSuffix: latinName(4).optional(),
    additional: latinName(21).optional(),
    postalCode: z.string().regex(/^[0-9]{5}$/u, 'not a postal code of 5 digits'),
    city: latinName(40),
    ags: Ags,
  })
  .readonly();
/** A dwelling in Germany. */
export type GermanAddress = z.output<typeof GermanAddress>;

/** A dwelling in Germany, or the statement that there is none (printed as "keine Wohnung in Deutschland"). */
export const Address = z.discriminatedUnion('kind', [
  GermanAddress,
  z
    .strictObject({
      kind: z.literal('none-in-germany'),
      abroad: z
        .strictObject({
          lines: z.array(latinName(35)).min(1).max(4).readonly(),
          state: z.string().regex(/^[A-Z]{3}$/u, 'not an ICAO code of three letters'),
        })
        .readonly()
        .optional(),
    })
    .readonly(),
]);
/** A dwelling in Germany, or none there. */
export type Address = z.output<typeof Address>;

/** Geschlecht as the register has it (XMeld list 1); `x` is "keine Angabe". */
export const Geschlecht = z.enum(['m', 'w', 'd', 'x']);
/** Geschlecht as the register has it: m, w, d, or x for "keine Angabe". */
export type Geschlecht = z.output<typeof Geschlecht>;

/** A person with the items of § 5 (2) PAuswG that are no biometrics; height and eye colour are asked, not registered. */
export const Person = z
  .strictObject({
    ...names,
    /** Doktorgrad, voluntary. */
    doctorate: latinName(20).optional(),
    /** Ordens- or Künstlername, voluntary. */
    artistName: latinName(60).optional(),
    birth: Birth,
    /** ICAO code as in the MRZ; `D` is German. */
    nationality: z.string().regex(/^(D|[A-Z]{3})$/u, 'not an ICAO code (D for German)'),
    heightCm: z
      .int('not a whole number of centimetres')
      .min(30, 'below 30 cm')
      .max(260, 'above 260 cm')
      .optional(),
    eyeColour: latinName(19).optional(),
    address: Address,
    geschlecht: Geschlecht.optional(),
  })
  .readonly();
/** A person as the application describes them. */
export type Person = z.output<typeof Person>;
