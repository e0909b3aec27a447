import { z } from 'zod';
import type { LabelKind } from './label.js';

/** A line of text of at most `max` characters, trimmed, in Unicode normal form C. */
const line = (max: number) => z.string().trim().normalize('NFC').min(1).max(max);

const serialNumber = z.string().trim().max(10);

/** Address of the identity card: the field names are those of the addresses of `@buergerkoffer/procedures`. */
export const PaAddressData = z
  .strictObject({
    /** Of the card that is changed, with or without check digit. */
    serialNumber,
    postalCode: z.string().regex(/^[0-9]{5}$/u, 'not a postal code of 5 digits'),
    /** Wohnort by its official name. */
    city: line(120),
    street: line(120),
    houseNumber: line(20).exactOptional(),
    houseNumberSuffix: line(20).exactOptional(),
  })
  .readonly();
/** Address of the identity card. */
export type PaAddressData = z.output<typeof PaAddressData>;

/** Wohnort of the passport. */
export const PassResidenceData = z.strictObject({ serialNumber, city: line(120) }).readonly();
/** Wohnort of the passport. */
export type PassResidenceData = z.output<typeof PassResidenceData>;

/** What each sticker is made from. */
export interface LabelData {
  readonly 'pa-address': PaAddressData;
  readonly 'pass-residence': PassResidenceData;
}

/** Invented data of each sticker, to start from. */
export const LABEL_SAMPLES: LabelData = {
  'pa-address': {
    serialNumber: 'L01X00T47',
    postalCode: '99999',
    city: 'Musterstadt am Musterfluss',
    street: 'Bürgermeister-Mustermann-Straße',
    houseNumber: '17',
    houseNumberSuffix: 'a',
  },
  'pass-residence': { serialNumber: 'C01X00T47', city: 'Musterstadt am Musterfluss' },
};

/** The schemas by kind of sticker. */
export const LABEL_SCHEMAS: { readonly [K in LabelKind]: z.ZodType<LabelData[K]> } = {
  'pa-address': PaAddressData,
  'pass-residence': PassResidenceData,
};
