import { z } from 'zod';
import { applicantSchema } from '../parts/applicant.js';
import { closingShape, holderShape } from '../parts/application.js';
import { fingersSchema, photoSchema, signatureSchema } from '../parts/captures.js';
import { text } from '../parts/values.js';

/** What a complete application for a passport holds (§ 4 (1) PassG); the photo is given as the asset `photo`. */
export const passAntragFields = z.strictObject({
  holder: z.strictObject({
    ...holderShape,
    /** As registered; neither female nor male is X (§ 4 (1) PassG). */
    sex: z.enum(['F', 'M', 'X']),
    residence: text(80),
  }),
  applicant: applicantSchema,
  /** Who cannot appear in person gets a provisional passport only (§ 6 (1) PassG). */
  appearance: z.enum(['in-person', 'prevented']),
  document: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('reisepass'),
      pages: z.union([z.literal(32), z.literal(48)]),
      express: z.boolean(),
      fingers: fingersSchema,
    }),
    z.strictObject({ kind: z.literal('vorlaeufiger-reisepass'), reason: text(300) }),
  ]),
  photo: photoSchema,
  signature: signatureSchema,
  ...closingShape,
});

/** Data of the form `pass-antrag`. */
export type PassAntrag = z.infer<typeof passAntragFields>;
