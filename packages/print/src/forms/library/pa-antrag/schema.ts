import { z } from 'zod';
import { holderAddressSchema } from '../parts/address.js';
import { applicantSchema } from '../parts/applicant.js';
import { closingShape, holderShape } from '../parts/application.js';
import { fingersSchema, photoSchema, signatureSchema } from '../parts/captures.js';
import { instantSchema, text } from '../parts/values.js';

/** § 5 (2) PAuswG; Doktorgrad and Ordens-/Künstlername are voluntary (§ 9 (3)). */
const applicationShape = {
  holder: z.strictObject({ ...holderShape, address: holderAddressSchema }),
  applicant: applicantSchema,
  photo: photoSchema,
  fingers: fingersSchema,
  signature: signatureSchema,
  /** § 11 (3) PAuswG. */
  information: z.strictObject({ explained: z.literal(true), leaflet: z.enum(['taken', 'declined']) }),
  ...closingShape,
} as const;

/** What a complete application for an identity card holds; the photo is given as the asset `photo`. */
export const paAntragFields = z.strictObject({
  ...applicationShape,
  /** § 17 PAuswV in force since 17 February 2025: one sealed envelope per application, handed over now. */
  pinLetter: z.strictObject({ envelopeNumber: text(30), receivedAt: instantSchema, receivedBy: text(160) }),
});

/** Data of the form `pa-antrag`. */
export type PaAntrag = z.infer<typeof paAntragFields>;

/** The same until 16 February 2025, when the producer posted the PIN letter. */
export const paAntragPostedFields = z.strictObject({
  ...applicationShape,
  /** § 13 PAuswG, § 17 (4) PAuswV: to the dwelling, or for good reasons to the authority, with its risks explained. */
  pinLetter: z.discriminatedUnion('sentTo', [
    z.strictObject({ sentTo: z.literal('dwelling') }),
    z.strictObject({ sentTo: z.literal('authority'), reasons: text(200), riskExplained: z.literal(true) }),
    /** Under 15 years and 9 months there is no letter (§ 17 (5) PAuswV). */
    z.strictObject({ sentTo: z.literal('nobody') }),
  ]),
});

/** Data of the form `pa-antrag` as it was until 16 February 2025. */
export type PaAntragPosted = z.infer<typeof paAntragPostedFields>;

/** What both versions share. */
export type PaAntragCommon = Omit<PaAntrag, 'pinLetter'>;
