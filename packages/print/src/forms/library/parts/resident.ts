import { z } from 'zod';
import type { Cell } from '../../definition.js';
import { germanAddressRows, germanAddressSchema } from './address.js';
import type { Fields } from './fields.js';
import { documentRow, identityDocumentSchema } from './identity-document.js';
import { GESCHLECHT, personSchema } from './person.js';
import { birthDateSchema, daySchema, text } from './values.js';

/** Geschlecht as the register has it. */
export const geschlechtSchema = z.enum(['w', 'm', 'd', 'x']);

/** Familienstand as the register has it (§ 3 (1) no. 14 BMG; XMeld list 2 of Familienstand). */
export const FAMILIENSTAND = {
  LD: 'ledig',
  VH: 'verheiratet',
  VW: 'verwitwet',
  GS: 'geschieden',
  EA: 'Ehe aufgehoben',
  LP: 'in Lebenspartnerschaft',
  LV: 'durch Tod aufgelöste Lebenspartnerschaft',
  LA: 'aufgehobene Lebenspartnerschaft',
  LE: 'durch Todeserklärung aufgelöste Lebenspartnerschaft',
  NB: 'nicht bekannt',
} as const;

/** Names as certificates of the register print them, the usual given name marked (§ 3 (1) nos. 1, 3, 4 BMG). */
export const residentNameShape = {
  familyName: text(120),
  givenNames: text(120),
  /** The given name in use, one of the given names. */
  usualGivenName: text(80).exactOptional(),
  doctorate: text(20).exactOptional(),
} as const;
const residentNameSchema = z.strictObject(residentNameShape);
/** Names as certificates of the register print them. */
export type ResidentName = z.infer<typeof residentNameSchema>;

/** When and where somebody was born, abroad with the state (§ 3 (1) no. 6 BMG). */
export const residentBirthSchema = z.strictObject({
  date: birthDateSchema,
  place: text(80),
  state: text(60).exactOptional(),
});

/** Familienstand, for the married with day and place (§ 3 (1) no. 14 BMG). */
export const familienstandSchema = z.strictObject({
  status: z.enum(['LD', 'VH', 'VW', 'GS', 'EA', 'LP', 'LV', 'LA', 'LE', 'NB']),
  since: daySchema.exactOptional(),
  place: text(80).exactOptional(),
  state: text(60).exactOptional(),
});
/** Familienstand with day and place. */
export type Familienstand = z.infer<typeof familienstandSchema>;

/** A relative whom the register names beside a resident (§ 3 (1) nos. 9, 15, 16 BMG). */
export const relativeSchema = personSchema.extend({
  birthName: text(120).exactOptional(),
  doctorate: text(20).exactOptional(),
  birthDate: birthDateSchema,
  sex: geschlechtSchema,
  address: germanAddressSchema.exactOptional(),
});
/** A relative whom the register names. */
export type Relative = z.infer<typeof relativeSchema>;

/** Identity documents with issuer and day of issue, without Sperrkennwort and Sperrsumme (§ 3 (1) no. 17 BMG). */
export const issuedDocumentSchema = identityDocumentSchema.extend({
  issuedBy: text(120),
  issuedOn: daySchema.exactOptional(),
});
/** An identity document with its issuer. */
export type IssuedDocument = z.infer<typeof issuedDocumentSchema>;

/** Whether the name in use is among the given names. */
export function hasUsualGivenName({ givenNames, usualGivenName }: Partial<ResidentName>): boolean {
  if (usualGivenName === undefined || givenNames === undefined) return true;
  return inWords(givenNames).includes(inWords(usualGivenName));
}

function inWords(names: string): string {
  return ` ${names.split(/[ ,-]+/u).join(' ')} `;
}

/** Rows of the names of a resident. */
export function residentNameRows(person: Fields<ResidentName>): Cell[][] {
  return [
    [
      person.text('familyName', 'Familienname', 8, { strong: true }),
      person.text('doctorate', 'Doktorgrad', 4),
    ],
    [
      person.text('givenNames', 'Vornamen', 8, { strong: true }),
      person.text('usualGivenName', 'Gebräuchlicher Vorname', 4),
    ],
  ];
}

/** Row of the Familienstand. */
export function familienstandRow(status: Fields<Familienstand>): Cell[] {
  return [
    status.choice('status', 'Familienstand', 4, FAMILIENSTAND),
    status.day('since', 'Seit', 2),
    status.text('place', 'Ort', 4),
    status.text('state', 'Staat', 2),
  ];
}

/** Rows of a relative. */
export function relativeRows(relative: Fields<Relative>): Cell[][] {
  return [
    [
      relative.text('familyName', 'Familienname', 4),
      relative.text('givenNames', 'Vornamen', 4),
      relative.text('birthName', 'Geburtsname', 4),
    ],
    [
      relative.text('doctorate', 'Doktorgrad', 4),
      relative.partialDate('birthDate', 'Tag der Geburt', 4),
      relative.choice('sex', 'Geschlecht', 4, GESCHLECHT),
    ],
    ...(relative.has('address') ? germanAddressRows(relative.in('address')) : []),
  ];
}

/** Rows of a document with its issuer. */
export function issuedDocumentRows(document: Fields<IssuedDocument>): Cell[][] {
  return [
    documentRow(document, 'Ausweisdokument'),
    [document.text('issuedBy', 'Ausstellende Behörde', 9), document.day('issuedOn', 'Ausgestellt am', 3)],
  ];
}
