import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import * as z from 'zod';
import type {
  MessageTransport,
  OutgoingMessage,
  Patience,
  ReceiptVerifier,
  TransportEvent,
} from '../../index.js';
import { PATIENCE, requireReceipt, ServiceError, SubmissionId } from '../../index.js';
import { lookUntil } from '../../transport/patience.js';
import { observed } from '../../transport/observed.js';
import { requireShape } from '../../xmeld/shape.js';
import { hasCode, readBounded, writeFolder } from '../durable.js';
import { Turns } from '../turns.js';
import type { DropManifest } from './drop-folder.js';
import {
  answerBody,
  BODY_FILE,
  DropAnswer,
  DropFolder,
  MAX_ANSWER_FILE_BYTES,
  MAX_ANSWERS,
  MAX_DROP_BYTES,
  parseDropFile,
} from './drop-folder.js';

/** How a drop folder is used. */
export interface FileDropOptions extends Partial<Patience> {
  /** Checks signed receipts; when given, a decision without a valid one counts for nothing. */
  readonly verifyReceipt?: ReceiptVerifier;
  readonly now?: () => Date;
}

/**
 * Messages through a folder that another program reads: a network share, a synchronised folder, a stick. Message and
 * manifest appear together in one rename after both are on the disk; the answers of the reader are believed only when
 * they are about the bytes that were dropped. Layout: `drop-folder.ts`, in prose in the README.
 */
export function fileDrop(folder: string, options: FileDropOptions = {}): MessageTransport {
  const drop = new FileDrop(folder, options);
  return {
    kind: 'file-drop',
    submit: (message) => observed<TransportEvent>((emit, signal) => drop.submit(message, emit, signal)),
  };
}

class FileDrop {
  readonly #folder: DropFolder;
  readonly #options: FileDropOptions;
  readonly #turns = new Turns();

  constructor(folder: string, options: FileDropOptions) {
    this.#folder = new DropFolder(folder);
    this.#options = options;
  }

  async submit(
    message: OutgoingMessage,
    emit: (event: TransportEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { messageId } = requireShape(MESSAGE, message, 'the message');
    const { manifest, known } = await this.#turns.take(messageId, () => {
      signal.throwIfAborted();
      return translated(() => this.#dropOnce(message));
    });
    signal.throwIfAborted();
    emit({ type: 'accepted', messageId, at: manifest.droppedAt, known });
    const reading = new AnswerReading(this.#folder, manifest, this.#options.verifyReceipt);
    await lookUntil(
      async () => {
        const { events, isOver } = await translated(() => reading.look());
        signal.throwIfAborted();
        for (const event of events) emit(event);
        return isOver ? 'over' : 'wait';
      },
      { ...PATIENCE, ...this.#options },
      signal,
    );
  }

  async #dropOnce({ messageId, contentType, body }: OutgoingMessage): Promise<Dropped> {
    const bodySha256 = createHash('sha256').update(body).digest('hex');
    await mkdir(this.#folder.out, { recursive: true, mode: 0o700 });
    await mkdir(this.#folder.taken, { recursive: true, mode: 0o700 });
    const there = await this.#known(messageId, bodySha256);
    if (there !== undefined) return there;
    const droppedAt = (this.#options.now?.() ?? new Date()).toISOString();
    const manifest: DropManifest = {
      version: 1,
      messageId,
      contentType,
      bodyBytes: body.length,
      bodySha256,
      droppedAt,
    };
    try {
      await writeFolder(join(this.#folder.out, messageId), [
        { path: BODY_FILE, bytes: body },
        { path: 'manifest.json', bytes: JSON.stringify(manifest) },
      ]);
    } catch (error) {
      // Another process dropped the same in the meantime.
      const other = isThere(error) ? await this.#known(messageId, bodySha256) : undefined;
      if (other === undefined) throw error;
      return other;
    }
    return { manifest, known: false };
  }

  async #known(messageId: string, bodySha256: string): Promise<Dropped | undefined> {
    const manifest =
      (await this.#folder.manifest('out', messageId)) ?? (await this.#folder.manifest('taken', messageId));
    if (manifest === undefined) return undefined;
    if (manifest.bodySha256 === bodySha256) return { manifest, known: true };
    throw new ServiceError('rejected', 'dropping the message: its identity is known with other bytes', {
      remedy: 'give a corrected message an identity of its own',
    });
  }
}

interface Dropped {
  readonly manifest: DropManifest;
  readonly known: boolean;
}

const MESSAGE = z.looseObject({
  messageId: SubmissionId,
  contentType: z.string().regex(/^[a-z]+\/[a-z0-9.+-]{1,60}$/),
  body: z.instanceof(Uint8Array).refine((body) => body.length > 0 && body.length <= MAX_DROP_BYTES),
});

/** What the reader has said so far of one message; each thing is told once. */
class AnswerReading {
  readonly #folder: DropFolder;
  readonly #manifest: DropManifest;
  readonly #verify: ReceiptVerifier | undefined;
  readonly #read = new Set<string>();
  #isDelivered = false;

  constructor(folder: DropFolder, manifest: DropManifest, verify: ReceiptVerifier | undefined) {
    this.#folder = folder;
    this.#manifest = manifest;
    this.#verify = verify;
  }

  async look(): Promise<{ readonly events: readonly TransportEvent[]; readonly isOver: boolean }> {
    const { messageId } = this.#manifest;
    const answers = await this.#newAnswers();
    const accepted = answers.find(({ result }) => result === 'accepted');
    const taken = accepted ?? (await this.#folder.manifest('taken', messageId));
    const events: TransportEvent[] = [];
    if (taken !== undefined && !this.#isDelivered) {
      this.#isDelivered = true;
      events.push({
        type: 'delivered',
        messageId,
        at: 'at' in taken ? taken.at : taken.droppedAt,
        ...(accepted?.result === 'accepted' && accepted.reference !== undefined
          ? { reference: accepted.reference }
          : {}),
      });
    }
    for (const answer of answers) {
      if (answer.result === 'answered') {
        const { answerId, at, contentType } = answer;
        events.push({
          type: 'answered',
          messageId,
          at,
          answer: { answerId, contentType, body: answerBody(answer) },
        });
      }
    }
    const rejected = answers.find(({ result }) => result === 'rejected');
    if (rejected?.result === 'rejected') {
      events.push({ type: 'rejected', messageId, at: rejected.at, reason: rejected.reason });
    }
    return { events, isOver: accepted !== undefined || rejected !== undefined };
  }

  async #newAnswers(): Promise<readonly DropAnswer[]> {
    const folder = join(this.#folder.answers, this.#manifest.messageId);
    const names = (await namesIn(folder)).filter((name) => /^[0-9a-f-]{36}\.json$/.test(name));
    if (names.length > MAX_ANSWERS) {
      throw new InputError('too-large', `more than ${MAX_ANSWERS} answers to one message`, { path: folder });
    }
    const answers: DropAnswer[] = [];
    for (const name of names.filter((each) => !this.#read.has(each))) {
      const path = join(folder, name);
      const bytes = await readBounded(path, MAX_ANSWER_FILE_BYTES);
      if (bytes === undefined) continue;
      answers.push(await this.#believed(parseDropFile(DropAnswer, bytes, path), name, path));
      this.#read.add(name);
    }
    return answers.sort((one, other) => one.at.localeCompare(other.at));
  }

  /** An answer that is about our message and these bytes, with a receipt where one is asked for. */
  async #believed(answer: DropAnswer, name: string, path: string): Promise<DropAnswer> {
    const { messageId, bodySha256 } = this.#manifest;
    const isOurs =
      answer.messageId === messageId &&
      answer.bodySha256 === bodySha256 &&
      name === `${answer.answerId}.json`;
    if (!isOurs) {
      throw new InputError('not-allowed', 'the answer is about another message, or about other bytes', {
        path,
      });
    }
    if (this.#verify !== undefined && answer.result !== 'answered') {
      const subject = { submissionId: messageId, state: answer.result, bodySha256 };
      await requireReceipt(answer.receipt, subject, this.#verify, 'reading the answer');
    }
    return answer;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

function isThere(error: unknown): boolean {
  return hasCode(error, 'ENOTEMPTY') || hasCode(error, 'EEXIST');
}

/** Errors of the file system in the words of a transport. */
async function translated<Result>(step: () => Promise<Result>): Promise<Result> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    if (error instanceof InputError) {
      throw new ServiceError('protocol', `the drop folder: ${error.message}`, {
        cause: error,
        path: error.path,
        remedy: 'look at the file that is named: a reader of another version, or somebody else, wrote it',
      });
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new ServiceError('unreachable', `the drop folder cannot be used (${code})`, {
      cause: error,
      remedy: 'check that the folder is mounted, that the account may write to it, and that there is room',
    });
  }
}
