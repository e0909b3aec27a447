import { z } from 'zod';
import { Md5, Sha256, Slug, text } from './scalars.js';

/** What was said of an image's quality, and by which component; without an assessment a reason, never a number. */
export const Quality = z.discriminatedUnion('assessment', [
  z.strictObject({ assessment: z.literal('not-assessed'), reason: text(200) }).readonly(),
  z
    .strictObject({
      assessment: z.literal('assessed'),
      algorithm: text(80),
      version: text(40),
      /** Hash of the model where a model decided: SHA-256, or MD5 where its publisher names it by that (NIST's forest of NFIQ 2). */
      modelHash: z.union([Sha256, Md5], 'not a SHA-256 and not an MD5 in lower-case hex').optional(),
      /** In the unit of the algorithm. */
      value: z.number(),
      threshold: z.number().optional(),
      verdict: z.enum(['good', 'poor', 'unusable']),
    })
    .readonly(),
]);
/** What was said of an image's quality, and by which component. */
export type Quality = z.output<typeof Quality>;

const stored = {
  /** IANA media type, lower case, without parameters. */
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9][a-z0-9.+-]{0,63}$/u, 'not a media type'),
  sha256: Sha256,
  sizeBytes: z
    .int()
    .min(1)
    .max(2 ** 31),
} as const;

const image = {
  ...stored,
  /** Size as a person looks at the image, after any orientation that its file states. */
  widthPx: z.int().min(1).max(20_000).optional(),
  heightPx: z.int().min(1).max(20_000).optional(),
  resolutionPpi: z.int().min(50).max(2_000).optional(),
  quality: Quality,
} as const;

/** The photo; what its bytes show is not known here. */
export const PhotoArtefact = z.strictObject({ kind: z.literal('photo'), ...image }).readonly();
/** A reference to a photo. */
export type PhotoArtefact = z.output<typeof PhotoArtefact>;

/** One flat finger. */
export const FingerArtefact = z.strictObject({ kind: z.literal('finger'), ...image }).readonly();
/** A reference to a finger image. */
export type FingerArtefact = z.output<typeof FingerArtefact>;

/** The handwritten signature as an image. */
export const SignatureArtefact = z.strictObject({ kind: z.literal('signature'), ...image }).readonly();
/** A reference to a signature image. */
export type SignatureArtefact = z.output<typeof SignatureArtefact>;

/** A printed form, identified by the id under which `print` knows it (`pa-antrag`). */
export const FormArtefact = z.strictObject({ kind: z.literal('form'), formId: Slug, ...stored }).readonly();
/** A reference to a printed form. */
export type FormArtefact = z.output<typeof FormArtefact>;

/** A message to another authority, identified by its number in the standard (`0430`). */
export const MessageArtefact = z
  .strictObject({
    kind: z.literal('message'),
    messageType: z.string().regex(/^[0-9]{4}$/u, 'not a message number of 4 digits'),
    ...stored,
  })
  .readonly();
/** A reference to a message. */
export type MessageArtefact = z.output<typeof MessageArtefact>;

/** A reference to binary data by its SHA-256; the bytes lie sealed in the vault. */
export const Artefact = z.discriminatedUnion('kind', [
  PhotoArtefact,
  FingerArtefact,
  SignatureArtefact,
  FormArtefact,
  MessageArtefact,
]);
/** A reference to binary data by its SHA-256. */
export type Artefact = z.output<typeof Artefact>;
