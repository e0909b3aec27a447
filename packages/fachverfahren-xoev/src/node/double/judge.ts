import { createHash, randomUUID } from 'node:crypto';
import { decodeBase64, InputError } from '@buergerkoffer/formats';
import type { SealedAttachment, SealedPayload, SubmissionReason } from '../../index.js';
import { decodeSealedPayload } from '../../index.js';
import type { NewFile } from '../durable.js';
import { judgeMessage } from './message-judge.js';
import type { Act, Arrival } from './store.js';

/** A check of an application with its attachments, which is the caller's: throws an `InputError` with the path of a fault. */
export type ApplicationCheck = (
  application: SealedPayload['application'],
  attachments: readonly SealedAttachment[],
) => void;

/** What judging needs besides the submission. */
export interface JudgeContext {
  readonly arrival: Arrival;
  readonly now: () => Date;
  /** The plaintext of a sealed body; rejects when it is not sealed to this authority. */
  readonly decrypt: (body: Uint8Array) => Promise<Uint8Array>;
  /** Throws an `InputError` when the application is not one, or names attachments that are not there. */
  readonly checkApplication: ApplicationCheck;
  readonly rejectAll: boolean;
  /** UUIDs of messages processed before. */
  readonly seen: ReadonlySet<string>;
}

const REASONS = {
  'not-decryptable': {
    message: 'the body is no JWE sealed to the key of this authority',
    messageDe: 'Der Antrag konnte nicht entschlüsselt werden.',
  },
  'malformed-payload': {
    message: 'the sealed payload is not of the agreed shape',
    messageDe: 'Der Antrag hat nicht die vereinbarte Form.',
  },
  'wrong-identity': {
    message: 'the sealed payload belongs to another submission',
    messageDe: 'Der Antrag gehört zu einer anderen Übermittlung.',
  },
  'wrong-checksum': {
    message: 'an attachment does not have the SHA-256 that it announces',
    messageDe: 'Eine Anlage ist beschädigt.',
  },
  'invalid-application': {
    message: 'the application is not complete or contradicts itself',
    messageDe: 'Der Antrag ist unvollständig oder widersprüchlich.',
  },
  'rejected-on-demand': {
    message: 'rejected because the test asked for it',
    messageDe: 'Zu Testzwecken abgewiesen.',
  },
} as const satisfies Record<string, Omit<SubmissionReason, 'code'>>;

/** Decides on a submission: accepted with an acknowledgement, or rejected with a reason; never throws for its content. */
export async function judge(body: Uint8Array, context: JudgeContext): Promise<Act> {
  let plaintext: Uint8Array;
  try {
    plaintext = await context.decrypt(body);
  } catch {
    return rejected(context, 'not-decryptable', undefined);
  }
  let payload: SealedPayload;
  try {
    payload = decodeSealedPayload(plaintext);
  } catch (error) {
    if (error instanceof InputError) return rejected(context, 'malformed-payload', error.path);
    throw error;
  }
  if (payload.submissionId !== context.arrival.submissionId)
    return rejected(context, 'wrong-identity', 'submissionId');
  let files: readonly NewFile[];
  try {
    files = attachmentFiles(payload);
  } catch (error) {
    if (error instanceof InputError) return rejected(context, 'wrong-checksum', error.path);
    throw error;
  }
  try {
    context.checkApplication(payload.application, payload.attachments);
  } catch (error) {
    if (error instanceof InputError) return rejected(context, 'invalid-application', error.path);
    throw error;
  }
  return judgedPayload(payload, files, context);
}

function judgedPayload(payload: SealedPayload, attachments: readonly NewFile[], context: JudgeContext): Act {
  const at = context.now().toISOString();
  const { submissionId, receivedAt } = context.arrival;
  const messages = payload.messages.map((message) =>
    judgeMessage(message, { at, rejectAll: context.rejectAll, seen: context.seen }),
  );
  const answers = messages.map(({ answer }) => answer);
  const common = { submissionId, receivedAt, decidedAt: at };
  return {
    state: context.rejectAll
      ? { state: 'rejected', ...common, reason: reason('rejected-on-demand', undefined), answers }
      : {
          state: 'accepted',
          ...common,
          reference: `TEST-${submissionId.slice(0, 8)}`,
          answers: [{ kind: 'acknowledgement', answerId: randomUUID(), at }, ...answers],
        },
    files: [
      { path: 'application.json', bytes: JSON.stringify(payload.application, null, 2) },
      ...attachments,
      ...messages.flatMap(({ files }) => files),
    ],
    messageUuids: payload.messages.map(({ uuid }) => uuid.toLowerCase()),
  };
}

/** The attachments as files, images apart from documents; `InputError` `checksum` for one that is not what it announces. */
function attachmentFiles(payload: SealedPayload): readonly NewFile[] {
  return payload.attachments.map(({ name, mediaType, sha256, base64 }, index) => {
    const bytes = decodeBase64(base64);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
      throw new InputError('checksum', 'SHA-256 does not fit', { path: `attachments[${index}].sha256` });
    }
    return { path: `${mediaType.startsWith('image/') ? 'images' : 'documents'}/${name}`, bytes };
  });
}

function rejected(context: JudgeContext, code: keyof typeof REASONS, path: string | undefined): Act {
  const { submissionId, receivedAt } = context.arrival;
  return {
    state: {
      state: 'rejected',
      submissionId,
      receivedAt,
      decidedAt: context.now().toISOString(),
      reason: reason(code, path),
      answers: [],
    },
    files: [],
    messageUuids: [],
  };
}

function reason(code: keyof typeof REASONS, path: string | undefined): SubmissionReason {
  const { message, messageDe } = REASONS[code];
  return { code, message: path === undefined ? message : `${message} (${path})`.slice(0, 500), messageDe };
}
