import { z } from 'zod';

/** Where a submission stands: `sealed → sending → received → accepted | rejected`. */
export type SubmissionState = 'sealed' | 'sending' | 'received' | 'accepted' | 'rejected';

/** What the suitcase still knows of a sealed submission; no personal data. */
export interface OutboxEntry {
  /** Identity of the submission, the same on every attempt: the receiver acts on it once. */
  readonly submissionId: string;
  readonly caseId: string;
  /** SHA-256 of the recipient's certificate (DER), hexadecimal. */
  readonly recipient: string;
  readonly state: SubmissionState;
  /** How often it was sent. */
  readonly attempts: number;
  /** When it was sealed, UTC. */
  readonly sealedAt: string;
  /** Length of the sealed body in bytes. */
  readonly bodyBytes: number;
  /** The receiver's reason code of a rejection, or `unspecified` when it sent none that is a plain code. */
  readonly reason?: string;
}

const REASON = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
const UUID = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

const outboxEntry = z.strictObject({
  submissionId: UUID,
  caseId: UUID,
  recipient: z.string().regex(/^[0-9a-f]{64}$/),
  state: z.literal(['sealed', 'sending', 'received', 'accepted', 'rejected']),
  attempts: z.int().nonnegative(),
  sealedAt: z.iso.datetime(),
  bodyBytes: z.int().positive(),
  reason: z.string().regex(REASON).exactOptional(),
});

/** The entry that a file of the outbox holds, or `undefined` when it holds something else. */
export function parseOutboxEntry(bytes: Uint8Array): OutboxEntry | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return outboxEntry.safeParse(json).data;
  } catch {
    return undefined;
  }
}

/** A reason as it may lie on disk: a code stays, free text (it may name a person) becomes `unspecified`. */
export function storableReason(reason: string | undefined): string {
  return reason !== undefined && REASON.test(reason) ? reason : 'unspecified';
}

/** Whether nothing more is to be sent. */
export function isFinal(entry: OutboxEntry): boolean {
  return entry.state === 'accepted' || entry.state === 'rejected';
}
