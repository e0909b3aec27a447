import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SubmissionState } from '../../index.js';
import * as z from 'zod';
import type { NewFile } from '../durable.js';
import { appendLine, readIfThere, writeFolder } from '../durable.js';

/** What is known of a submission when it arrives. */
const Arrival = z.strictObject({
  submissionId: z.uuid(),
  receivedAt: z.iso.datetime(),
  sha256: z.string(),
});
/** What is known of a submission when it arrives. */
export type Arrival = z.output<typeof Arrival>;

/** How an arrival went. */
export type Arriving =
  { readonly outcome: 'new' | 'known'; readonly arrival: Arrival } | { readonly outcome: 'conflict' };

/** A decision with the files of its exhibit; {@link SubmissionStore.act} carries it out once. */
export interface Act {
  readonly state: Exclude<SubmissionState, { state: 'received' }>;
  readonly files: readonly NewFile[];
  /** UUIDs of the messages that it processed. */
  readonly messageUuids: readonly string[];
}

/**
 * Everything the double received, in one folder that survives a restart:
 * `submissions/<id>/` (body as it came, `arrival.json`), `exhibits/<id>/` (the act: what the Fachverfahren got, and
 * `receipt.json`), `acts.jsonl` (one line per act: the proof that each identity was acted on once).
 */
export class SubmissionStore {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the folder, making it when needed, and completes what a crash left behind. */
  static async open(folder: string): Promise<SubmissionStore> {
    const store = new SubmissionStore(folder);
    for (const name of ['submissions', 'exhibits']) {
      await mkdir(join(folder, name), { recursive: true });
      for (const entry of await readdir(join(folder, name))) {
        if (entry.startsWith('.draft-'))
          await rm(join(folder, name, entry), { recursive: true, force: true });
      }
    }
    const counted = new Set(await store.acts());
    for (const id of await readdir(join(folder, 'exhibits'))) {
      const state = counted.has(id) ? undefined : await store.decision(id);
      if (state !== undefined) await store.#count(state);
    }
    return store;
  }

  /** Stores a submission durably under its identity, once. */
  async receive(submissionId: string, body: Uint8Array, receivedAt: string): Promise<Arriving> {
    const sha256 = createHash('sha256').update(body).digest('hex');
    const known = await this.arrival(submissionId);
    if (known !== undefined) {
      return known.sha256 === sha256 ? { outcome: 'known', arrival: known } : { outcome: 'conflict' };
    }
    const arrival: Arrival = { submissionId, receivedAt, sha256 };
    await writeFolder(join(this.#folder, 'submissions', submissionId), [
      { path: 'body.jose', bytes: body },
      { path: 'arrival.json', bytes: JSON.stringify(arrival) },
    ]);
    return { outcome: 'new', arrival };
  }

  /** When and with which hash a submission arrived. */
  async arrival(submissionId: string): Promise<Arrival | undefined> {
    const text = await readIfThere(join(this.#folder, 'submissions', submissionId, 'arrival.json'));
    return text === undefined ? undefined : Arrival.parse(JSON.parse(text));
  }

  /** The body of a submission as it arrived. */
  async body(submissionId: string): Promise<Uint8Array> {
    return readFile(join(this.#folder, 'submissions', submissionId, 'body.jose'));
  }

  /** What was decided, `undefined` before. */
  async decision(submissionId: string): Promise<Act['state'] | undefined> {
    const text = await readIfThere(join(this.#folder, 'exhibits', submissionId, 'receipt.json'));
    if (text === undefined) return undefined;
    const state = SubmissionState.parse(JSON.parse(text));
    return state.state === 'received' ? undefined : state;
  }

  /** Acts: the exhibit appears whole or not at all, and a second act on the same identity fails. */
  async act({ state, files }: Act): Promise<void> {
    await writeFolder(join(this.#folder, 'exhibits', state.submissionId), [
      ...files,
      { path: 'receipt.json', bytes: JSON.stringify(state, null, 2) },
    ]);
    await this.#count(state);
  }

  /** Identities acted on, in order; the same identity twice would be a doubled act. */
  async acts(): Promise<readonly string[]> {
    const text = (await readIfThere(join(this.#folder, 'acts.jsonl'))) ?? '';
    // A line cut by a crash does not parse; its exhibit is counted again when the folder is opened.
    return text.split('\n').flatMap((line) => {
      const match = /^\{"submissionId":"([0-9a-f-]{36})",.*\}$/.exec(line);
      return match?.[1] === undefined ? [] : [match[1]];
    });
  }

  /** Identities received and not yet decided on. */
  async undecided(): Promise<readonly string[]> {
    const decided = new Set(await readdir(join(this.#folder, 'exhibits')));
    return (await readdir(join(this.#folder, 'submissions'))).filter((id) => !decided.has(id));
  }

  /** UUIDs of all messages in the exhibits, by the names of their files. */
  async messageUuids(): Promise<readonly string[]> {
    const files = await readdir(join(this.#folder, 'exhibits'), { recursive: true });
    return files.flatMap((path) => /messages\/(?!0010-)\d{4}-([0-9a-f-]{36})\.xml$/.exec(path)?.[1] ?? []);
  }

  async #count({ submissionId, state, decidedAt }: Act['state']): Promise<void> {
    await appendLine(join(this.#folder, 'acts.jsonl'), JSON.stringify({ submissionId, state, decidedAt }));
  }
}
