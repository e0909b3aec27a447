import type { Clock } from './clock.js';
import type { FollowUp, OutboxEntry } from './outbox-entry.js';

/** What is handed to the remote system; `submissionId` is the idempotency key. */
export interface DeliveryRequest {
  readonly submissionId: string;
  /** The sealed submission, a JWE in compact form as UTF-8. */
  readonly body: Uint8Array;
  /** Number of this attempt, from 1; above 1 the receiver may have it already. */
  readonly attempt: number;
  /** `received` when the receiver has it and only its decision is missing: look it up or send it again. */
  readonly state: 'sending' | 'received';
}

/** What the remote system answered; `reason` is a code, free text is shown but not stored. */
export interface DeliveryAnswer {
  readonly state: 'received' | 'accepted' | 'rejected';
  readonly reason?: string;
  /** Who has to act on a rejection. */
  readonly followUp?: FollowUp;
}

/** A submission that takes the place of another: the same case, an identity of its own. */
export interface Replacement {
  /** A UUID that no submission had before. */
  readonly submissionId: string;
  /** The sealed body, a JWE in compact form as UTF-8. */
  readonly body: Uint8Array;
  /** SHA-256 of the recipient's certificate (DER), hexadecimal; that of the old submission when left out. */
  readonly recipient?: string;
  /** Until when receivers take the version in which it was built, UTC. */
  readonly goodUntil?: string;
  /** Identities (UUID) of the messages in it, at most 20. */
  readonly messageIds?: readonly string[];
}

/**
 * Sends one submission. Rejects with an SdkError of kind `service`: it is tried again when the error says `retryable`, or
 * says nothing and is `unreachable` or `timeout`, after its `retryAfterMs` where it has one. Any other error ends the
 * attempts of that submission for this run.
 */
export type DeliveryPort = (request: DeliveryRequest, signal: AbortSignal) => Promise<DeliveryAnswer>;

/** One step of a delivery. */
export type DeliveryProgress =
  | { readonly type: 'sending'; readonly entry: OutboxEntry }
  | { readonly type: 'received'; readonly entry: OutboxEntry }
  | { readonly type: 'accepted'; readonly entry: OutboxEntry }
  | { readonly type: 'rejected'; readonly entry: OutboxEntry; readonly reason: string | undefined }
  | { readonly type: 'waiting'; readonly entry: OutboxEntry; readonly waitMs: number; readonly cause: string }
  | { readonly type: 'postponed'; readonly entry: OutboxEntry; readonly cause: string }
  /** Not sent: the version in which it was built is no longer taken, and nobody rebuilt it. */
  | { readonly type: 'outdated'; readonly entry: OutboxEntry }
  /** Rebuilt under a new identity; `entry` is the new submission. */
  | { readonly type: 'rebuilt'; readonly entry: OutboxEntry; readonly replaces: string }
  /** Not sent: the submission `behind` of the same case is to go first. */
  | { readonly type: 'held'; readonly entry: OutboxEntry; readonly behind: string }
  | { readonly type: 'failed'; readonly entry: OutboxEntry; readonly error: unknown };

/** How long and how often is tried. */
export interface DeliveryOptions {
  readonly signal?: AbortSignal;
  /** Attempts per submission in this run; then it is `postponed`. Default 6. */
  readonly attempts?: number;
  /** Deadline of one attempt in ms, then it counts as `timeout`. Default 60,000. */
  readonly attemptMs?: number;
  /** First pause in ms, doubled each time, with up to half of it taken off at random. Default 1,000. */
  readonly firstWaitMs?: number;
  /** Longest pause in ms. Default 300,000. */
  readonly longestWaitMs?: number;
  /**
   * Builds a submission anew whose version is no longer taken; `undefined` leaves it where it is. One that was sent is
   * rebuilt only after it was rejected with `followUp` `rebuild`: until then the receiver may have it, so it is sent again
   * under its own identity.
   */
  readonly rebuild?: (entry: OutboxEntry, signal: AbortSignal) => Promise<Replacement | undefined>;
}

/** How an entry moves on. */
export type EntryChange = Pick<OutboxEntry, 'state' | 'attempts'> & {
  readonly reason?: string | undefined;
  readonly followUp?: FollowUp | undefined;
};

/** What a delivery needs of its outbox. */
export interface DeliveryContext {
  readonly clock: Clock;
  /** Random numbers from 0 to below 1 for the jitter; seeded in tests. */
  readonly random: () => number;
  /** Takes a submission in hand; `false` when another delivery has it. */
  readonly claim: (submissionId: string) => boolean;
  readonly release: (submissionId: string) => void;
  /** All entries in their order, final ones included. */
  readonly entries: () => Promise<readonly OutboxEntry[]>;
  readonly body: (submissionId: string) => Promise<Uint8Array>;
  readonly advance: (entry: OutboxEntry, change: EntryChange) => Promise<OutboxEntry>;
  /** Puts a rebuilt submission in the place of one that is in hand; the new one is in hand then. */
  readonly replace: (entry: OutboxEntry, replacement: Replacement) => Promise<OutboxEntry>;
}
