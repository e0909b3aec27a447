import { encodeBase64, encodeHex, InputError } from '@buergerkoffer/formats';
import * as z from 'zod';
import { isBase64 } from '../xmeld/base64.js';
import { requireShape } from '../xmeld/shape.js';
import { SubmissionId } from './submission-port.js';

/** A file name that is safe on every file system: letters, digits, `.`, `_`, `-`, no leading dot, 100 characters. */
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/);

const base64 = z.string().refine(isBase64);

/** A file that goes with the application, with the SHA-256 of its bytes. */
export const SealedAttachment = z.strictObject({
  name: fileName,
  mediaType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,60}$/),
  /** 64 lower-case hex digits over the bytes, not over their base64. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  base64,
});
/** A file that goes with the application. */
export type SealedAttachment = z.output<typeof SealedAttachment>;

/** An XÖV message that the Fachverfahren forwards; `uuid` is its `nachrichtenUUID`, of any UUID version as XÖV allows. */
export const SealedMessage = z.strictObject({
  type: z.string().regex(/^\d{4}$/),
  uuid: z.guid(),
  base64,
});
/** An XÖV message that the Fachverfahren forwards. */
export type SealedMessage = z.output<typeof SealedMessage>;

/**
 * The plaintext of a submission, JSON in UTF-8, before it is sealed as JWE (no `zip`).
 * `application` is the DocumentApplication as JSON, which has a schema and version of its own.
 */
export const SealedPayload = z.strictObject({
  version: z.literal(1),
  /** Equal to the identity under which it is submitted, so that nobody can file it under another. */
  submissionId: SubmissionId,
  application: z.record(z.string(), z.unknown()),
  attachments: z.array(SealedAttachment).max(100),
  messages: z.array(SealedMessage).max(20),
});
/** The plaintext of a submission. */
export type SealedPayload = z.output<typeof SealedPayload>;

/** Largest plaintext that is read, 48 MiB: an application with photo, fingers and scans is far below. */
export const MAX_PAYLOAD_BYTES = 48 * 1024 * 1024;

/** The payload as JSON in UTF-8; `InputError` with the path of the first fault. */
export function encodeSealedPayload(payload: SealedPayload): Uint8Array {
  const bytes = new TextEncoder().encode(JSON.stringify(checkPayload(payload)));
  requireSize(bytes);
  return bytes;
}

/** The payload from its bytes; `InputError` for what is too large, no JSON, or of another shape. */
export function decodeSealedPayload(bytes: Uint8Array): SealedPayload {
  requireSize(bytes);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's own message quotes the text, which is personal data: it is not passed on.
    throw new InputError('malformed', 'the sealed payload is not JSON in UTF-8');
  }
  return checkPayload(value);
}

/** An attachment from its bytes. */
export async function sealedAttachment(
  name: string,
  mediaType: string,
  bytes: Uint8Array,
): Promise<SealedAttachment> {
  return { name, mediaType, sha256: await sha256Hex(bytes), base64: encodeBase64(bytes) };
}

/** A message from its bytes. */
export function sealedMessage(type: string, uuid: string, xml: Uint8Array): SealedMessage {
  return { type, uuid, base64: encodeBase64(xml) };
}

/** SHA-256 of bytes as 64 lower-case hex digits. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return encodeHex(new Uint8Array(digest));
}

function checkPayload(value: unknown): SealedPayload {
  const payload = requireShape(SealedPayload, value, 'the sealed payload');
  requireDistinct(
    payload.attachments.map(({ name }) => name.toLowerCase()),
    'attachments',
    'name',
  );
  requireDistinct(
    payload.messages.map(({ uuid }) => uuid.toLowerCase()),
    'messages',
    'uuid',
  );
  return payload;
}

function requireDistinct(values: readonly string[], list: string, field: string): void {
  const doubled = values.findIndex((value, index) => values.indexOf(value) !== index);
  if (doubled >= 0) {
    throw new InputError('not-allowed', `two ${list} have the same ${field}`, {
      path: `${list}[${doubled}].${field}`,
    });
  }
}

function requireSize(bytes: Uint8Array): void {
  if (bytes.length > MAX_PAYLOAD_BYTES) {
    throw new InputError(
      'too-large',
      `the sealed payload has ${bytes.length} bytes, ${MAX_PAYLOAD_BYTES} are allowed`,
    );
  }
}
