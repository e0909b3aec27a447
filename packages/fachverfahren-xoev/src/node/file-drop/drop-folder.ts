import { join } from 'node:path';
import { decodeBase64, InputError } from '@buergerkoffer/formats';
import * as z from 'zod';
import { isBase64 } from '../../xmeld/base64.js';
import { SubmissionId, SubmissionReason } from '../../submission/submission-port.js';
import { readBounded } from '../durable.js';

/*
 * A drop folder, both sides:
 *
 *   out/<messageId>/      message and manifest.json; appears whole, the reader takes it by renaming it to
 *   taken/<messageId>/    and keeps it there as long as the message may be sent again
 *   answers/<messageId>/  one <answerId>.json each; appears whole
 */

/** Largest body that goes through a drop folder. */
export const MAX_DROP_BYTES = 256 * 1024 * 1024;
const MAX_MANIFEST_BYTES = 4096;
/** Largest answer file, and the most answers to one message. */
export const MAX_ANSWER_FILE_BYTES = 48 * 1024 * 1024;
export const MAX_ANSWERS = 100;

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Name of the file that holds the message. */
export const BODY_FILE = 'message';

/** What lies beside a message. */
export const DropManifest = z.strictObject({
  version: z.literal(1),
  messageId: SubmissionId,
  contentType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,60}$/),
  bodyBytes: z.int().min(1).max(MAX_DROP_BYTES),
  bodySha256: SHA256,
  droppedAt: z.iso.datetime(),
});
/** What lies beside a message. */
export type DropManifest = z.output<typeof DropManifest>;

const about = {
  version: z.literal(1),
  answerId: z.uuid().lowercase(),
  messageId: SubmissionId,
  /** Of the message it answers: an answer to other bytes counts for nothing. */
  bodySha256: SHA256,
  at: z.iso.datetime(),
} as const;
const receipt = z
  .string()
  .max(16_384)
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  .optional();

/** One file of the reader: what it decided, or a message in answer. */
export const DropAnswer = z.discriminatedUnion('result', [
  z.strictObject({
    ...about,
    result: z.literal('accepted'),
    reference: z.string().min(1).max(100).optional(),
    receipt,
  }),
  z.strictObject({ ...about, result: z.literal('rejected'), reason: SubmissionReason, receipt }),
  z.strictObject({
    ...about,
    result: z.literal('answered'),
    contentType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,60}$/),
    base64: z.string().refine(isBase64),
  }),
]);
/** One file of the reader. */
export type DropAnswer = z.output<typeof DropAnswer>;

/** The names in a drop folder. */
export class DropFolder {
  readonly out: string;
  readonly taken: string;
  readonly answers: string;

  constructor(folder: string) {
    this.out = join(folder, 'out');
    this.taken = join(folder, 'taken');
    this.answers = join(folder, 'answers');
  }

  /** Manifest of a message in `out` or `taken`; `undefined` when it is not there. `InputError` when it is damaged. */
  async manifest(place: 'out' | 'taken', messageId: string): Promise<DropManifest | undefined> {
    const path = join(this[place], messageId, 'manifest.json');
    const bytes = await readBounded(path, MAX_MANIFEST_BYTES);
    return bytes === undefined ? undefined : parseDropFile(DropManifest, bytes, path);
  }
}

/** The JSON of a file; `InputError` `malformed` with its path, and nothing of its content, for any other. */
export function parseDropFile<Schema extends z.ZodType>(
  schema: Schema,
  bytes: Uint8Array,
  path: string,
): z.output<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new InputError('malformed', 'the file is not JSON in UTF-8', { path });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new InputError('malformed', 'the file has another shape than a drop folder knows', { path });
}

/** The bytes of an answer. */
export function answerBody(answer: Extract<DropAnswer, { result: 'answered' }>): Uint8Array {
  return decodeBase64(answer.base64);
}
