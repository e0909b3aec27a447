import * as z from 'zod';
import { isBase64 } from '../xmeld/base64.js';

/** Identity of a submission, a UUID in lower case; it is the idempotency key and stays the same on every resend. */
export const SubmissionId = z.uuid().lowercase();

/**
 * A sealed case to hand over. The bytes are kept by the sender until accepted: sealing again gives other bytes,
 * and other bytes under a known identity are refused.
 */
export interface Submission {
  readonly submissionId: string;
  readonly body: Uint8Array;
  /** Media type of the body, `application/jose` for a JWE sealed to the authority. */
  readonly contentType: string;
}

/** Media type of a sealed submission: a JWE in compact serialisation. */
export const SEALED_CONTENT_TYPE = 'application/jose';

/** Why a submission was not accepted; texts hold no personal data. */
export const SubmissionReason = z.strictObject({
  /** An identifier in kebab-case such as `not-decryptable`. */
  code: z.string().max(80),
  message: z.string().max(500),
  messageDe: z.string().max(500),
});
/** Why a submission was not accepted. */
export type SubmissionReason = z.output<typeof SubmissionReason>;

/**
 * An answer to the submission or to a message in it. `answerId` is its identity: an answer delivered twice is one.
 * `rejection` holds a Rückweisung 0010 for the message `messageUuid`, XML in base64.
 */
export const SubmissionAnswer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('acknowledgement'),
    answerId: z.uuid(),
    at: z.iso.datetime(),
    /** The message acknowledged; absent for the application itself. */
    messageUuid: z.guid().optional(),
  }),
  z.strictObject({
    kind: z.literal('rejection'),
    answerId: z.uuid(),
    at: z.iso.datetime(),
    messageUuid: z.guid(),
    messageType: z.literal('0010'),
    xml: z.string().refine(isBase64),
  }),
]);
/** An answer to the submission or to a message in it. */
export type SubmissionAnswer = z.output<typeof SubmissionAnswer>;

/** A receipt as the receiver signed it, a JWS in compact serialisation; see `receipt.ts`. */
const signedReceipt = z
  .string()
  .max(16_384)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/);

const received = {
  submissionId: SubmissionId,
  receivedAt: z.iso.datetime(),
  receipt: signedReceipt.optional(),
} as const;
const decided = {
  ...received,
  decidedAt: z.iso.datetime(),
  answers: z.array(SubmissionAnswer).max(100),
} as const;

/**
 * Where a submission stands: durably `received`, then `accepted` (with the Fachverfahren's reference) or `rejected`.
 * An accepted application may still have rejected messages among its answers.
 */
export const SubmissionState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('received'), ...received }),
  z.strictObject({ state: z.literal('accepted'), ...decided, reference: z.string().min(1).max(100) }),
  z.strictObject({ state: z.literal('rejected'), ...decided, reason: SubmissionReason }),
]);
/** Where a submission stands. */
export type SubmissionState = z.output<typeof SubmissionState>;

/** What handing over brought: `known` is true when the same submission had arrived before. */
export interface SubmissionReceipt {
  readonly known: boolean;
  readonly state: SubmissionState;
}

/**
 * The way of a sealed case to the Fachverfahren.
 * Both methods reject with `ServiceError`, or with `signal.reason` when aborted; both have a deadline of their own.
 */
export interface SubmissionPort {
  /**
   * Hands the submission over; resolves after the receiver stored it durably. May be repeated: the receiver acts once
   * per identity. `ServiceError` `rejected` when the identity is known with another body.
   */
  submit(submission: Submission, signal?: AbortSignal): Promise<SubmissionReceipt>;
  /** Where the submission stands; each answer once. `undefined` when the receiver does not know it. */
  state(submissionId: string, signal?: AbortSignal): Promise<SubmissionState | undefined>;
}
