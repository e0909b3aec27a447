import { z } from 'zod';
import { IsoDate, SerialNumber, text } from './scalars.js';

/** How the identity was established (§ 9 (4) PAuswG); the document's data are those of the holder and are not repeated. */
export const IdentityEvidence = z.discriminatedUnion('method', [
  z
    .strictObject({
      method: z.literal('old-document'),
      document: z.enum(['personalausweis', 'vorlaeufiger-personalausweis', 'reisepass', 'kinderreisepass']),
      serialNumber: SerialNumber,
      expires: IsoDate,
      /** How its machine readable zone was read, and that the check digits fit. */
      mrz: z.enum(['td1', 'td2', 'td3', 'not-read']),
      checkDigits: z.enum(['fit', 'not-read']),
    })
    .readonly(),
  z.strictObject({ method: z.literal('register'), remark: text(300) }).readonly(),
  z.strictObject({ method: z.literal('witness'), remark: text(300) }).readonly(),
]);
/** How the identity was established. */
export type IdentityEvidence = z.output<typeof IdentityEvidence>;

/** Why there is no signature; the child under 10 does not sign (§ 9 (5) PAuswG). */
export const SignatureOmission = z.discriminatedUnion('reason', [
  z.strictObject({ reason: z.literal('under-10') }).readonly(),
  z.strictObject({ reason: z.literal('unable-to-write'), remark: text(200) }).readonly(),
]);
/** Why there is no signature. */
export type SignatureOmission = z.output<typeof SignatureOmission>;

/** The sealed PIN letter that was handed over at application, of which only the envelope number is known (PAuswV § 17). */
export const PinLetter = z
  .strictObject({
    envelopeNumber: z.string().regex(/^[A-Z0-9-]{4,32}$/u, 'not an envelope number'),
    handedOverTo: z.enum(['holder', 'applicant']),
    receiptConfirmed: z.literal(true),
  })
  .readonly();
/** The sealed PIN letter that was handed over at application. */
export type PinLetter = z.output<typeof PinLetter>;
