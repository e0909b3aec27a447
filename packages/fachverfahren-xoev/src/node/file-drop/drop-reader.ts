import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import { SubmissionId } from '../../index.js';
import { flushFolder, hasCode, readBounded, writeOnce } from '../durable.js';
import { BODY_FILE, DropFolder, MAX_DROP_BYTES } from './drop-folder.js';
import type { DropAnswer, DropManifest } from './drop-folder.js';

/** A message that was taken out of a drop folder. */
export interface TakenMessage {
  readonly manifest: DropManifest;
  readonly body: Uint8Array;
}

/** What a reader says of a message; the rest of the answer's file is filled in. */
export type DropDecision =
  | Pick<Extract<DropAnswer, { result: 'accepted' }>, 'result' | 'reference' | 'receipt'>
  | Pick<Extract<DropAnswer, { result: 'rejected' }>, 'result' | 'reason' | 'receipt'>
  | Pick<Extract<DropAnswer, { result: 'answered' }>, 'result' | 'contentType' | 'base64'>;

/**
 * The other side of {@link fileDrop}, for a Fachverfahren in TypeScript and for tests: takes every message that lies
 * there, lets `decide` act on it, and writes what it says. After a crash what was taken and not decided is decided
 * again, so `decide` must act once per `messageId`. Answers the identities it decided on.
 */
export async function readDrops(
  folder: string,
  decide: (message: TakenMessage) => Promise<readonly DropDecision[]>,
  now: () => Date = () => new Date(),
): Promise<readonly string[]> {
  const drop = new DropFolder(folder);
  for (const place of [drop.out, drop.taken, drop.answers])
    await mkdir(place, { recursive: true, mode: 0o700 });
  for (const messageId of await identitiesIn(drop.out)) await take(drop, messageId);
  const decided: string[] = [];
  for (const messageId of await identitiesIn(drop.taken)) {
    const marker = join(drop.taken, messageId, 'decided');
    if ((await readBounded(marker, 64)) !== undefined) continue;
    const taken = await readTaken(drop, messageId);
    for (const decision of await decide(taken)) {
      const answer = {
        version: 1,
        answerId: randomUUID(),
        messageId,
        bodySha256: taken.manifest.bodySha256,
        at: now().toISOString(),
        ...decision,
      };
      await writeOnce(join(drop.answers, messageId, `${answer.answerId}.json`), JSON.stringify(answer));
    }
    await writeOnce(marker, now().toISOString());
    decided.push(messageId);
  }
  return decided;
}

async function identitiesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => SubmissionId.safeParse(name).success).sort();
}

/** Takes a message by renaming its folder; one that was taken before is left where it lies. */
async function take(drop: DropFolder, messageId: string): Promise<void> {
  try {
    await rename(join(drop.out, messageId), join(drop.taken, messageId));
  } catch (error) {
    if (hasCode(error, 'ENOTEMPTY') || hasCode(error, 'EEXIST') || hasCode(error, 'ENOENT')) return;
    throw error;
  }
  await flushFolder(drop.taken);
  await flushFolder(drop.out);
}

async function readTaken(drop: DropFolder, messageId: string): Promise<TakenMessage> {
  const path = join(drop.taken, messageId, BODY_FILE);
  const manifest = await drop.manifest('taken', messageId);
  const body = await readBounded(path, MAX_DROP_BYTES);
  if (manifest === undefined || body === undefined) {
    throw new InputError('missing', 'a message in the drop folder is not whole', { path });
  }
  if (createHash('sha256').update(body).digest('hex') !== manifest.bodySha256) {
    throw new InputError('checksum', 'a message is not what its manifest says', { path });
  }
  return { manifest, body };
}
