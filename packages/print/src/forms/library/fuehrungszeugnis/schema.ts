import { z } from 'zod';
import { postalAddressSchema } from '../parts/address.js';
import { representativeSchema } from '../parts/applicant.js';
import { feeLineSchema } from '../parts/fees.js';
import { birthSchema, personSchema } from '../parts/person.js';
import { clerkSchema, daySchema, placeSchema, text } from '../parts/values.js';

/** What an application for a Führungszeugnis holds. */
export const fuehrungszeugnisFields = z.strictObject({
  /** Kind of the XMeld list anfrageart. */
  art: z.enum(['NB', 'NE', 'NV', 'NG', 'OB', 'OE', 'OG', 'OH', 'PB', 'PE', 'PG', 'PH']),
  person: personSchema.extend({
    birthName: text(120).exactOptional(),
    birth: birthSchema,
    nationalities: z.array(text(40)).min(1).max(4),
    address: postalAddressSchema,
  }),
  /** No proxy: the person, or a legal representative who proves it (§ 30 (1), (2) BZRG). */
  applicant: z.discriminatedUnion('role', [
    z.strictObject({ role: z.literal('holder') }),
    z.strictObject({
      role: z.enum(['custodian', 'guardian']),
      persons: z.array(representativeSchema).min(1).max(2),
    }),
  ]),
  /** In person, or in writing with a certified signature (§ 30 (2) BZRG). */
  manner: z.enum(['in-person', 'written-certified']),
  identityEvidence: text(160),
  /** The written request that an extended one needs: by whom and of which day (§ 30a (2) BZRG). */
  writtenRequest: z.strictObject({ by: text(160), on: daySchema }).exactOptional(),
  purpose: text(160).exactOptional(),
  /** Straight to this authority, for O and P kinds only (§ 30 (5) BZRG). */
  recipient: z
    .strictObject({ name: text(160), address: postalAddressSchema, reference: text(60).exactOptional() })
    .exactOptional(),
  /** Where the applicant looks at it first, for P kinds only. */
  amtsgericht: text(120).exactOptional(),
  /** The clerk pointed to the inspection at an Amtsgericht, a must for O kinds (§ 30 (5) BZRG). */
  inspectionPointedOut: z.boolean().exactOptional(),
  fee: z.enum(['standard', 'needy', 'honorary']),
  fees: z.array(feeLineSchema).min(1).max(4),
  receivedBy: clerkSchema,
  place: placeSchema,
  appliedOn: daySchema,
});

/** Data of the form `fuehrungszeugnis`. */
export type Fuehrungszeugnis = z.infer<typeof fuehrungszeugnisFields>;
