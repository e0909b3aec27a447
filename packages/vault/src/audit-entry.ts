import { InputError } from '@buergerkoffer/formats';
import { z } from 'zod';

/** Longest line of an audit chain in bytes, with its newline. */
export const MAX_AUDIT_LINE_BYTES = 8192;
/** After so many entries the chain is signed again. */
export const CHECKPOINT_EVERY = 16;
/** What the first line builds on: 64 zeros. */
export const CHAIN_START = '0'.repeat(64);

const UUID = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);
const SIGNATURE = z.string().regex(/^[0-9a-f]{128}$/);
const WORD = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);
const WORDS = z.array(WORD).max(128).readonly();
const COUNT = z.int().nonnegative();
const INSTANT = z.string().refine(isInstant);

/** What every line has: number from 0, UTC instant, case pseudonym (its random UUID), SHA-256 of the line before. */
const LINE = { at: INSTANT, case: UUID, prev: SHA256, seq: COUNT };

const schemaOf = {
  /** First line: the key that signs, and all the words that `event` lines may use. */
  opened: z.strictObject({
    ...LINE,
    type: z.literal('opened'),
    publicKey: SHA256,
    version: z.literal(1),
    words: WORDS,
  }),
  /** Record `record` of the case log became durable; `hash` is SHA-256 of its sealed bytes. */
  event: z.strictObject({
    ...LINE,
    type: z.literal('event'),
    event: WORD.exactOptional(),
    hash: SHA256,
    record: COUNT,
  }),
  /** So many records from number `from` on, which the chain names, are no longer in the case log. */
  lost: z.strictObject({ ...LINE, type: z.literal('lost'), from: COUNT, records: COUNT }),
  /** The chain was opened again by a new process; so many bytes of a torn line were cut. */
  resumed: z.strictObject({ ...LINE, type: z.literal('resumed'), lostBytes: COUNT }),
  /** The case is sealed for the holder of a certificate (SHA-256 of its DER). */
  sealed: z.strictObject({ ...LINE, type: z.literal('sealed'), recipient: SHA256, submission: UUID }),
  /** The key of the case is destroyed. */
  'key-destroyed': z.strictObject({ ...LINE, type: z.literal('key-destroyed') }),
  /** The file of the case is removed. */
  erased: z.strictObject({ ...LINE, type: z.literal('erased') }),
  /** What became of a submission, as the receiver answered. */
  delivery: z.strictObject({
    ...LINE,
    type: z.literal('delivery'),
    attempt: COUNT,
    state: z.literal(['sending', 'received', 'accepted', 'rejected']),
    submission: UUID,
  }),
  /** A submission that was rejected or never sent gave way to a corrected or rebuilt one. */
  replaced: z.strictObject({ ...LINE, type: z.literal('replaced'), by: UUID, submission: UUID }),
  /** The sealed body of a submission is removed. */
  'body-erased': z.strictObject({ ...LINE, type: z.literal('body-erased'), submission: UUID }),
  /** Ed25519 signature over the line without `sig`, and so over the whole chain before it. */
  checkpoint: z.strictObject({ ...LINE, type: z.literal('checkpoint'), sig: SIGNATURE }),
  /** Last line, signed like a checkpoint; a chain without it is not verified. */
  closed: z.strictObject({ ...LINE, type: z.literal('closed'), sig: SIGNATURE }),
} as const;

/** Reads one line of an audit chain; unknown types and fields are refused, so that no name can slip in. */
export const auditLine = z.discriminatedUnion('type', [
  schemaOf.opened,
  schemaOf.event,
  schemaOf.lost,
  schemaOf.resumed,
  schemaOf.sealed,
  schemaOf['key-destroyed'],
  schemaOf.erased,
  schemaOf.delivery,
  schemaOf.replaced,
  schemaOf['body-erased'],
  schemaOf.checkpoint,
  schemaOf.closed,
]);

/** One line of an audit chain. */
export type AuditLine = z.infer<typeof auditLine>;

/** What is handed in to be recorded: a line without what the chain itself adds. */
export type AuditEntry =
  | { readonly type: 'event'; readonly record: number; readonly hash: string; readonly event?: string }
  | { readonly type: 'lost'; readonly from: number; readonly records: number }
  | { readonly type: 'sealed'; readonly submission: string; readonly recipient: string }
  | { readonly type: 'key-destroyed' }
  | { readonly type: 'erased' }
  | {
      readonly type: 'delivery';
      readonly submission: string;
      readonly attempt: number;
      readonly state: 'sending' | 'received' | 'accepted' | 'rejected';
    }
  | { readonly type: 'replaced'; readonly submission: string; readonly by: string }
  | { readonly type: 'body-erased'; readonly submission: string };

/** Refuses words that no `event` line could hold with `InputError('malformed')`. */
export function assertWords(words: readonly string[]): void {
  if (WORDS.safeParse(words).success) return;
  throw new InputError(
    'malformed',
    'audit words are at most 128 of [a-z][a-z0-9-]* with at most 40 characters',
    {
      path: 'auditWords',
    },
  );
}

/** The bytes that a signature covers: a fixed first line, then the canonical line without `sig`. */
export function signedBytes(canonicalWithoutSignature: string): Uint8Array {
  return new TextEncoder().encode(`buergerkoffer audit 1\n${canonicalWithoutSignature}`);
}

function isInstant(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}
