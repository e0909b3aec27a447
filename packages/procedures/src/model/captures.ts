import { z } from 'zod';
import { PhotoArtefact, SignatureArtefact } from './artefact.js';
import { SignatureOmission } from './evidence.js';
import { text } from './scalars.js';

/** The photo with its source, as the register keeps it, and the exception on which it rests (PAuswV §§ 5a, 6a, 7). */
export const PhotoCapture = z
  .strictObject({
    image: PhotoArtefact,
    source: z.enum(['authority-camera', 'kiosk', 'photographer-cloud', 'paper-scan']),
    /** Identity of the kiosk or cloud record; with `paper-scan` the special case that allows it. */
    sourceRemark: text(200).optional(),
    attempts: z.int().min(1).max(50),
    exception: z
      .strictObject({
        ground: z.enum(['medical-permanent', 'religious-head-cover']),
        remark: text(200),
      })
      .readonly()
      .optional(),
    /** Why the clerk took it although the assessment said otherwise. */
    override: text(200).optional(),
  })
  .readonly();
/** The photo with its source. */
export type PhotoCapture = z.output<typeof PhotoCapture>;

/** The signature, or why there is none. */
export const SignatureOutcome = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('captured'), image: SignatureArtefact }).readonly(),
  z.strictObject({ outcome: z.literal('omitted'), omission: SignatureOmission }).readonly(),
]);
/** The signature, or why there is none. */
export type SignatureOutcome = z.output<typeof SignatureOutcome>;
