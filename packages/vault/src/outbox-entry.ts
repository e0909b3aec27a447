import { InputError } from '@buergerkoffer/formats';
import { z } from 'zod';

/** Where a submission stands: `sealed → sending → received → accepted | rejected`; a rejected or unsent one may be `replaced`. */
export type SubmissionState = 'sealed' | 'sending' | 'received' | 'accepted' | 'rejected' | 'replaced';

/** Who has to act on a rejection: the clerk corrects the content, the app rebuilds for another version, the integrator mends the set-up. */
export type FollowUp = 'correct' | 'rebuild' | 'integrator';

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
  /** Who has to act on a rejection, when the receiver's code tells. */
  readonly followUp?: FollowUp;
  /** Until when receivers take the version of the standard in which it was built, UTC; absent: no such end. */
  readonly goodUntil?: string;
  /** Identities of the messages in it, in small letters; absent: none, or its sender did not tell. */
  readonly messageIds?: readonly string[];
  /** Identity of the submission that this one corrects or rebuilds. */
  readonly replaces?: string;
  /** Its place in the order of its case, UTC, when that is not `sealedAt`: the place of the one that it replaces. */
  readonly queuedAt?: string;
}

const REASON = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
const UUID = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** Most messages of one submission. */
const MAX_MESSAGES = 20;

const outboxEntry = z.strictObject({
  submissionId: UUID,
  caseId: UUID,
  recipient: z.string().regex(/^[0-9a-f]{64}$/),
  state: z.literal(['sealed', 'sending', 'received', 'accepted', 'rejected', 'replaced']),
  attempts: z.int().nonnegative(),
  sealedAt: z.iso.datetime(),
  bodyBytes: z.int().positive(),
  reason: z.string().regex(REASON).exactOptional(),
  followUp: z.literal(['correct', 'rebuild', 'integrator']).exactOptional(),
  goodUntil: z.iso.datetime().exactOptional(),
  messageIds: z.array(UUID).max(MAX_MESSAGES).exactOptional(),
  replaces: UUID.exactOptional(),
  queuedAt: z.iso.datetime().exactOptional(),
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

/** Identities of messages as an entry has them; `InputError` for what is no UUID, and for more than 20. */
export function storableIds(ids: readonly string[]): readonly string[] {
  const stored = ids.map((id) => id.toLowerCase());
  if (z.array(UUID).max(MAX_MESSAGES).safeParse(stored).success) return stored;
  throw new InputError('malformed', `the identities of messages must be at most ${MAX_MESSAGES} UUIDs`, {
    path: 'messageIds',
  });
}

/** A reason as it may lie on disk: a code stays, free text (it may name a person) becomes `unspecified`. */
export function storableReason(reason: string | undefined): string {
  return reason !== undefined && REASON.test(reason) ? reason : 'unspecified';
}

/** Whether nothing more is to be sent. */
export function isFinal({ state }: OutboxEntry): boolean {
  return state === 'accepted' || state === 'rejected' || state === 'replaced';
}

/** Whether the case's later submissions may go: a rejected one holds them until it is corrected or discarded. */
export function letsOthersPass({ state }: OutboxEntry): boolean {
  return state === 'accepted' || state === 'replaced';
}

/** Whether the receiver certainly does nothing with it: only then may another identity carry the same content. */
export function isReplaceable({ state, attempts }: OutboxEntry): boolean {
  return state === 'rejected' || (state === 'sealed' && attempts === 0);
}

/** Whether receivers do not take the version in which it was built, and no receiver has it. */
export function isOutdated(entry: OutboxEntry, now: Date): boolean {
  if (!isReplaceable(entry)) return false;
  if (entry.state === 'rejected') return entry.followUp === 'rebuild';
  return entry.goodUntil !== undefined && now.getTime() > Date.parse(entry.goodUntil);
}
