import { z } from 'zod';
import { dwellingSchema, germanAddressSchema, postalAddressSchema } from '../parts/address.js';
import {
  familienstandSchema,
  geschlechtSchema,
  issuedDocumentSchema,
  relativeSchema,
  residentBirthSchema,
  residentNameShape,
} from '../parts/resident.js';
import { daySchema, placeSchema, text } from '../parts/values.js';

/** What may be asked of each person (§ 24 (1) with § 3 (1) nos. 1 to 18, (2) no. 2 BMG). */
const personSchema = z.strictObject({
  ...residentNameShape,
  formerNames: text(120).exactOptional(),
  religiousOrArtistName: text(60).exactOptional(),
  birth: residentBirthSchema,
  sex: geschlechtSchema,
  nationalities: z.array(text(40)).min(1).max(4),
  /** Rechtliche Zugehörigkeit zu einer öffentlich-rechtlichen Religionsgesellschaft, with the day of joining (§ 3 (1) no. 11, (2) no. 2 a). */
  religion: text(80).exactOptional(),
  religionSince: daySchema.exactOptional(),
  familienstand: familienstandSchema,
  documents: z.array(issuedDocumentSchema).min(1).max(3),
});

/** By what moving in is confirmed (§ 19 BMG); where it is not, the person says why (§ 19 (2)). */
const confirmationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('paper') }),
  z.strictObject({ kind: z.literal('assignment-mark'), mark: text(40) }),
  z.strictObject({ kind: z.literal('missing'), reason: text(200) }),
]);

/** What a Meldeschein holds. */
export const meldescheinFields = z.strictObject({
  art: z.enum(['anmeldung', 'ummeldung', 'abmeldung']),
  /** Who moves with the same dates: the family uses one form (§ 23 (5) BMG). */
  persons: z.array(personSchema).min(1).max(6),
  newDwelling: z
    .strictObject({
      address: germanAddressSchema,
      kind: dwellingSchema,
      movedInOn: daySchema,
      landlord: z.strictObject({ name: text(160), address: postalAddressSchema.exactOptional() }),
      /** Where the landlord is not the owner (§ 3 (2) no. 10 BMG). */
      ownerName: text(160).exactOptional(),
      confirmation: confirmationSchema,
    })
    .exactOptional(),
  previousDwelling: z
    .strictObject({
      address: postalAddressSchema,
      kind: dwellingSchema,
      movedOutOn: daySchema.exactOptional(),
      /** Kept beside the new one, then as this kind. */
      keptAs: dwellingSchema.exactOptional(),
    })
    .exactOptional(),
  /** From abroad: the last address in Germany (§ 3 (1) no. 12 BMG). */
  lastAddressInGermany: germanAddressSchema.exactOptional(),
  /** To abroad (§ 3 (1) no. 12 BMG). */
  destinationAbroad: postalAddressSchema.exactOptional(),
  /** Legal representatives, spouse and minor children who do not move along (§ 3 (1) nos. 9, 15, 16 BMG). */
  representatives: z.array(relativeSchema).max(2).exactOptional(),
  spouse: relativeSchema.exactOptional(),
  children: z.array(relativeSchema).max(4).exactOptional(),
  /** Auskunfts- und Übermittlungssperren that are asked for (§ 3 (1) no. 18 BMG). */
  blocks: text(300).exactOptional(),
  /** "Ich bin berechtigt, die Daten entgegenzunehmen", for several persons (§ 23 (5) BMG). */
  entitledToFamilyData: z.literal(true).exactOptional(),
  place: placeSchema,
  signedOn: daySchema,
});

/** Data of the form `meldeschein`. */
export type Meldeschein = z.infer<typeof meldescheinFields>;
/** One of the persons who move. */
export type MeldescheinPerson = z.infer<typeof personSchema>;
