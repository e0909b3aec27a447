import { z } from 'zod';
import type { Cell } from '../../definition.js';
import type { Fields } from './fields.js';
import { text } from './values.js';

const postalCode = z.string().regex(/^\d{5}$/u, 'five digits');

/** A dwelling in Germany. */
export const germanAddressSchema = z.strictObject({
  street: text(80),
  houseNumber: text(20),
  addition: text(80).exactOptional(),
  postalCode,
  city: text(80),
});
/** A dwelling in Germany. */
export type GermanAddress = z.infer<typeof germanAddressSchema>;

/** Where a letter reaches somebody, in Germany or abroad. */
export const postalAddressSchema = z.strictObject({
  street: text(80),
  houseNumber: text(20).exactOptional(),
  addition: text(80).exactOptional(),
  postalCode: text(12).exactOptional(),
  city: text(80),
  /** Absent for Germany. */
  state: text(60).exactOptional(),
});
/** Where a letter reaches somebody. */
export type PostalAddress = z.infer<typeof postalAddressSchema>;

/** The dwelling of the holder of a document, or that there is none in Germany (§ 5 (2) no. 9 PAuswG). */
export const holderAddressSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('germany'),
    ...germanAddressSchema.shape,
    /** Amtlicher Gemeindeschlüssel (AGS). */
    municipalityKey: z.string().regex(/^\d{8}$/u, 'eight digits'),
  }),
  z.strictObject({ kind: z.literal('none') }),
]);
/** The dwelling of the holder of a document. */
export type HolderAddress = z.infer<typeof holderAddressSchema>;

/** Kinds of dwelling (§ 21 BMG). */
export const DWELLING = {
  sole: 'alleinige Wohnung',
  main: 'Hauptwohnung',
  secondary: 'Nebenwohnung',
} as const;
/** Kind of dwelling. */
export const dwellingSchema = z.enum(['sole', 'main', 'secondary']);

/** Two rows for a dwelling in Germany. */
export function germanAddressRows(address: Fields<GermanAddress>): Cell[][] {
  return [
    [
      address.text('street', 'Straße', 6),
      address.text('houseNumber', 'Hausnummer', 2),
      address.text('addition', 'Zusatz', 4),
    ],
    [address.text('postalCode', 'Postleitzahl', 2), address.text('city', 'Ort', 10)],
  ];
}

/** Two rows for an address anywhere. */
export function postalAddressRows(address: Fields<PostalAddress>): Cell[][] {
  return [
    [
      address.text('street', 'Straße', 6),
      address.text('houseNumber', 'Hausnummer', 2),
      address.text('addition', 'Zusatz', 4),
    ],
    [
      address.text('postalCode', 'Postleitzahl', 2),
      address.text('city', 'Ort', 6),
      address.text('state', 'Staat, falls nicht Deutschland', 4),
    ],
  ];
}

/** Rows for the dwelling of the holder of a document. */
export function holderAddressRows(address: Fields<HolderAddress>): Cell[][] {
  const kind = address.boxes('kind', 'Wohnung in Deutschland', 12, {
    germany: 'wie folgt',
    none: 'keine Wohnung in Deutschland',
  });
  if (!address.blank && address.value('kind') === 'none') return [[kind]];
  return [
    [kind],
    [
      address.text('street', 'Straße', 6),
      address.text('houseNumber', 'Hausnummer', 2),
      address.text('addition', 'Zusatz', 4),
    ],
    [
      address.text('postalCode', 'Postleitzahl', 2),
      address.text('city', 'Ort', 6),
      address.text('municipalityKey', 'Amtlicher Gemeindeschlüssel', 4),
    ],
  ];
}
