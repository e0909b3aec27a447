import * as z from 'zod';
import { ServiceError } from '../service-error.js';
import { SubmissionId } from './submission-port.js';

/** What a receiver signs: that it holds exactly these bytes under this identity, and what it made of them. */
export const Receipt = z.strictObject({
  receiptId: z.uuid(),
  submissionId: SubmissionId,
  /** SHA-256 of the body as it arrived, lower-case hex. */
  bodySha256: z.string().regex(/^[0-9a-f]{64}$/),
  state: z.enum(['received', 'accepted', 'rejected']),
  at: z.iso.datetime(),
});
/** What a receiver signs. */
export type Receipt = z.output<typeof Receipt>;

/**
 * Checks the signature of a receipt and gives what was signed; rejects with `ServiceError` `protocol` when it is not
 * the authority's, or its certificate is out of date. `certificateReceipts` of the entry `./node` is one.
 */
export type ReceiptVerifier = (signed: string) => Promise<unknown>;

/** What a receipt must be about. */
export interface ReceiptSubject {
  readonly submissionId: string;
  readonly state: Receipt['state'];
  /** Hash of what was sent; absent where only the state is asked for. */
  readonly bodySha256?: string | undefined;
}

/**
 * The receipt when it is signed by the authority and about this submission, these bytes and this state: an
 * acknowledgement that was forged, or was given for another submission, is `ServiceError` `protocol`. The submission
 * stays undelivered then, and may be sent again.
 */
export async function requireReceipt(
  signed: string | undefined,
  subject: ReceiptSubject,
  verify: ReceiptVerifier,
  what: string,
): Promise<Receipt> {
  const fault = (reason: string): ServiceError =>
    new ServiceError('protocol', `${what}: ${reason}`, {
      remedy:
        'nothing counts as delivered; check who answers at the address, and whether its certificate for receipts is the one installed',
    });
  if (signed === undefined) throw fault('the acknowledgement has no receipt');
  const receipt = Receipt.safeParse(await verify(signed));
  if (!receipt.success) throw fault('the receipt has another shape than the interface says');
  const { submissionId, state, bodySha256 } = receipt.data;
  if (submissionId !== subject.submissionId) throw fault('the receipt is about another submission');
  if (state !== subject.state) throw fault('the receipt tells another state than the answer');
  if (subject.bodySha256 !== undefined && bodySha256 !== subject.bodySha256) {
    throw fault('the receipt is about other bytes than were sent');
  }
  return receipt.data;
}
