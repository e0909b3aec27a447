import { uuidBytes } from './case-id.js';
import { removeDurably, replaceFile, UNFINISHED } from './durable-file.js';
import type { FileSystemPort } from './file-system.js';
import { parseOutboxEntry, type OutboxEntry } from './outbox-entry.js';
import { StorageError } from './storage-error.js';

/** Longest sealed body in bytes. */
export const MAX_BODY_BYTES = 256 * 1024 * 1024;

const MAX_ENTRY_BYTES = 4096;
const ENTRY = '.json';
const BODY = '.jwe';

/** The two files of each submission, `<id>.json` and `<id>.jwe`; each write is durable before it resolves. */
export class OutboxFiles {
  readonly #fs: FileSystemPort;
  readonly #folder: string;

  constructor(fs: FileSystemPort, folder: string) {
    this.#fs = fs;
    this.#folder = folder;
  }

  async ids(): Promise<readonly string[]> {
    const names = await this.#fs.list(this.#folder);
    return names.filter((name) => name.endsWith(ENTRY)).map((name) => name.slice(0, -ENTRY.length));
  }

  /** All readable entries in the order in which they are to be delivered. */
  async list(): Promise<readonly OutboxEntry[]> {
    const read = await Promise.allSettled((await this.ids()).map((id) => this.entry(id)));
    return read
      .flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      .sort((a, b) => placeOf(a).localeCompare(placeOf(b)) || a.submissionId.localeCompare(b.submissionId));
  }

  async entry(submissionId: string): Promise<OutboxEntry> {
    const path = this.#path(submissionId, ENTRY);
    const entry = parseOutboxEntry(await this.#fs.read(path, MAX_ENTRY_BYTES));
    if (entry?.submissionId === submissionId) return entry;
    throw new StorageError('corrupt', 'an entry of the outbox is damaged', { path });
  }

  async has(submissionId: string): Promise<boolean> {
    uuidBytes(submissionId);
    return (await this.#fs.list(this.#folder)).includes(submissionId + ENTRY);
  }

  body(submissionId: string): Promise<Uint8Array> {
    return this.#fs.read(this.#path(submissionId, BODY), MAX_BODY_BYTES);
  }

  writeBody(submissionId: string, body: Uint8Array): Promise<void> {
    return replaceFile(this.#fs, this.#path(submissionId, BODY), body);
  }

  writeEntry(entry: OutboxEntry): Promise<void> {
    const bytes = new TextEncoder().encode(`${JSON.stringify(entry)}\n`);
    return replaceFile(this.#fs, this.#path(entry.submissionId, ENTRY), bytes);
  }

  removeBody(submissionId: string): Promise<void> {
    return removeDurably(this.#fs, this.#path(submissionId, BODY));
  }

  removeEntry(submissionId: string): Promise<void> {
    return removeDurably(this.#fs, this.#path(submissionId, ENTRY));
  }

  /** Removes unfinished files, and bodies without an entry. */
  async removeOrphans(): Promise<void> {
    const names = await this.#fs.list(this.#folder);
    const orphans = names.filter(
      (name) =>
        name.endsWith(UNFINISHED) ||
        (name.endsWith(BODY) && !names.includes(name.slice(0, -BODY.length) + ENTRY)),
    );
    for (const name of orphans) await removeDurably(this.#fs, `${this.#folder}/${name}`);
  }

  #path(submissionId: string, ending: string): string {
    uuidBytes(submissionId);
    return `${this.#folder}/${submissionId}${ending}`;
  }
}

/** A submission that replaces another stands where that one stood. */
function placeOf({ queuedAt, sealedAt }: OutboxEntry): string {
  return queuedAt ?? sealedAt;
}
