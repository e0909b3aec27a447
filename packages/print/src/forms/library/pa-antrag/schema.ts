import { z } from 'zod';
import { birthDateSchema, daySchema, feeLineSchema, instantSchema, personSchema, text } from '../fields.js';

const addressSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('germany'),
    street: text(80),
    houseNumber: text(20),
    addition: text(80).exactOptional(),
    postalCode: z.string().regex(/^\d{5}$/u, 'five digits'),
    city: text(80),
    /** Amtlicher Gemeindeschlüssel (AGS). */
    municipalityKey: z.string().regex(/^\d{8}$/u, 'eight digits'),
  }),
  z.strictObject({ kind: z.literal('none') }),
]);

/** § 5 (2) PAuswG; Doktorgrad and Ordens-/Künstlername are voluntary (§ 9 (3)). */
const holderSchema = z.strictObject({
  familyName: text(120),
  birthName: text(120).exactOptional(),
  givenNames: text(120),
  doctorate: text(20).exactOptional(),
  religiousOrArtistName: text(60).exactOptional(),
  birth: z.strictObject({ date: birthDateSchema, place: text(80) }),
  heightCm: z.int().min(20).max(260),
  eyeColour: text(30),
  nationalities: z.array(text(40)).min(1).max(4),
  address: addressSchema,
});

/** Who applies (§ 9 (1), (2) PAuswG): a proxy only with a publicly certified or recorded Vollmacht of an incapable person. */
const applicantSchema = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('holder') }),
  z.strictObject({
    role: z.enum(['custodian', 'guardian', 'proxy']),
    persons: z
      .array(personSchema.extend({ evidence: text(120) }))
      .min(1)
      .max(2),
  }),
]);

const fingerSchema = z.enum(['thumb', 'index', 'middle', 'ring']);
/** § 5 (9), § 9 (3) PAuswG: two, one, or none with its reason. */
const fingersSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('two'), left: fingerSchema, right: fingerSchema }),
  z.strictObject({
    outcome: z.literal('one'),
    hand: z.enum(['left', 'right']),
    finger: fingerSchema,
    otherHand: text(160),
  }),
  z.strictObject({
    outcome: z.literal('none'),
    reason: z.enum(['under-6', 'permanent', 'temporary']),
    detail: text(160).exactOptional(),
  }),
]);

/** The picture itself is given as the asset `signature`; a child signs from ten years on (§ 9 (5)). */
const signatureSchema = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('given') }),
  z.strictObject({
    outcome: z.literal('omitted'),
    reason: z.enum(['under-10', 'unable']),
    detail: text(160).exactOptional(),
  }),
]);

const oldDocumentSchema = z.strictObject({
  kind: z.enum(['personalausweis', 'vorlaeufiger-personalausweis', 'reisepass', 'kinderreisepass', 'other']),
  serialNumber: text(20),
  validUntil: daySchema.exactOptional(),
});

/** What a complete application for an identity card holds; the photo is given as the asset `photo`. */
export const paAntragFields = z.strictObject({
  holder: holderSchema,
  applicant: applicantSchema,
  oldDocument: oldDocumentSchema.exactOptional(),
  photo: z.strictObject({
    takenBy: z.enum(['authority', 'kiosk', 'photographer']),
    check: z.enum(['passed', 'accepted-by-clerk', 'not-assessed']),
  }),
  fingers: fingersSchema,
  signature: signatureSchema,
  identity: z.strictObject({ evidence: text(160), checkedBy: text(60), checkedAt: instantSchema }),
  /** § 17 PAuswV in force since 17 February 2025: one sealed envelope per application, handed over now. */
  pinLetter: z.strictObject({ envelopeNumber: text(30), receivedAt: instantSchema, receivedBy: text(160) }),
  information: z.strictObject({ explained: z.literal(true), leaflet: z.enum(['taken', 'declined']) }),
  fees: z.array(feeLineSchema).min(1).max(8),
  clerks: z.array(text(60)).min(1).max(2),
  place: text(80),
  appliedOn: daySchema,
});

/** Data of the form `pa-antrag`. */
export type PaAntrag = z.infer<typeof paAntragFields>;
