import type { Observable } from 'rxjs';
import type { AuditArchive } from './audit-archive.js';
import { uuidBytes } from './case-id.js';
import { deliverEntries } from './delivery.js';
import type { DeliveryContext, DeliveryOptions, DeliveryPort, DeliveryProgress } from './delivery-port.js';
import { removeDurably, replaceFile, UNFINISHED } from './durable-file.js';
import type { FileSystemPort } from './file-system.js';
import { isFinal, parseOutboxEntry, storableReason, type OutboxEntry } from './outbox-entry.js';
import { StorageError } from './storage-error.js';

/** Longest sealed body in bytes. */
export const MAX_BODY_BYTES = 256 * 1024 * 1024;

const MAX_ENTRY_BYTES = 4096;
const ENTRY = '.json';
const BODY = '.jwe';

/** What an outbox works with. */
export interface OutboxContext extends Pick<DeliveryContext, 'clock' | 'random'> {
  readonly fs: FileSystemPort;
  readonly folder: string;
  readonly audit: AuditArchive;
}

/** Sealed submissions on their way; each step is durable before the next is taken. */
export class Outbox {
  readonly #context: OutboxContext;
  readonly #inFlight = new Set<string>();
  readonly #closing = new AbortController();

  constructor(context: OutboxContext) {
    this.#context = context;
  }

  /** All readable entries, the oldest first; a damaged one holds up no other, `entry` says what is wrong with it. */
  async list(): Promise<readonly OutboxEntry[]> {
    const read = await Promise.allSettled((await this.#ids()).map((id) => this.entry(id)));
    return read
      .flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      .sort((a, b) => a.sealedAt.localeCompare(b.sealedAt) || a.submissionId.localeCompare(b.submissionId));
  }

  /** One entry; `missing` when there is none, `corrupt` when its file is damaged. */
  async entry(submissionId: string): Promise<OutboxEntry> {
    const path = this.#path(submissionId, ENTRY);
    const entry = parseOutboxEntry(await this.#context.fs.read(path, MAX_ENTRY_BYTES));
    if (entry?.submissionId === submissionId) return entry;
    throw new StorageError('corrupt', 'an entry of the outbox is damaged', { path });
  }

  /** Whether a submission of that identity was sealed. */
  async has(submissionId: string): Promise<boolean> {
    uuidBytes(submissionId);
    return (await this.#context.fs.list(this.#context.folder)).includes(submissionId + ENTRY);
  }

  /** The sealed body, for as long as the submission is not accepted. */
  body(submissionId: string): Promise<Uint8Array> {
    return this.#context.fs.read(this.#path(submissionId, BODY), MAX_BODY_BYTES);
  }

  /**
   * Stores a sealed body, then its entry, which is what makes it a submission; both durable before it resolves.
   * It is delivered only after `admit`, or by the next process.
   */
  async add(
    entry: Omit<OutboxEntry, 'state' | 'attempts' | 'bodyBytes'>,
    body: Uint8Array,
  ): Promise<OutboxEntry> {
    if (body.length > MAX_BODY_BYTES)
      throw new StorageError('full', `a sealed body may take ${MAX_BODY_BYTES} bytes`);
    const sealed = { ...entry, state: 'sealed', attempts: 0, bodyBytes: body.length } as const;
    await replaceFile(this.#context.fs, this.#path(entry.submissionId, BODY), body);
    this.#inFlight.add(entry.submissionId);
    try {
      await this.#store(sealed);
    } catch (error) {
      // The name may have arrived and only its sync failed: the case goes on, so the submission must not.
      await removeDurably(this.#context.fs, this.#path(entry.submissionId, ENTRY)).catch(() => undefined);
      throw error;
    }
    return sealed;
  }

  /** Lets a submission that was added be delivered. */
  admit(submissionId: string): void {
    this.#inFlight.delete(submissionId);
  }

  /**
   * Sends what is not final, each case's submissions in order and the cases beside each other; the progress of each.
   *
   * A second delivery at the same time skips what the first has in hand. Unsubscribing or aborting ends the attempts; what was
   * in the middle is sent again next time, under the same identity.
   */
  deliver(port: DeliveryPort, options: DeliveryOptions = {}): Observable<DeliveryProgress> {
    const context: DeliveryContext = {
      clock: this.#context.clock,
      random: this.#context.random,
      claim: (id) => !this.#inFlight.has(id) && this.#inFlight.add(id).has(id),
      release: (id) => this.#inFlight.delete(id),
      pending: async () => (await this.list()).filter((entry) => !isFinal(entry)),
      body: (id) => this.body(id),
      advance: (entry, change) => this.#advance(entry, change),
    };
    const signals = options.signal === undefined ? [] : [options.signal];
    return deliverEntries(context, port, {
      ...options,
      signal: AbortSignal.any([this.#closing.signal, ...signals]),
    });
  }

  /** Ends all deliveries with `closed`. */
  close(): void {
    this.#closing.abort(new StorageError('closed', 'the vault was closed'));
  }

  /** Forgets a rejected submission and its body, and closes its audit chain; any other state is `locked`. */
  async discard(submissionId: string): Promise<void> {
    const entry = await this.entry(submissionId);
    if (!isFinal(entry)) throw new StorageError('locked', 'the submission is still under way');
    await this.#eraseBody(entry);
    await removeDurably(this.#context.fs, this.#path(submissionId, ENTRY));
  }

  /** Finishes what a crash left in the middle: bodies without an entry, accepted bodies; answers what it could not. */
  async recover(): Promise<readonly unknown[]> {
    const { fs, folder } = this.#context;
    const names = await fs.list(folder);
    const orphans = names.filter(
      (name) =>
        name.endsWith(UNFINISHED) ||
        (name.endsWith(BODY) && !names.includes(name.slice(0, -BODY.length) + ENTRY)),
    );
    for (const name of orphans) await removeDurably(fs, `${folder}/${name}`);
    const problems: unknown[] = [];
    for (const id of await this.#ids()) {
      try {
        const entry = await this.entry(id);
        await this.#record(entry);
        if (entry.state === 'accepted') await this.#eraseBody(entry);
      } catch (error) {
        problems.push(error);
      }
    }
    return problems;
  }

  async #ids(): Promise<readonly string[]> {
    const names = await this.#context.fs.list(this.#context.folder);
    return names.filter((name) => name.endsWith(ENTRY)).map((name) => name.slice(0, -ENTRY.length));
  }

  async #advance(
    entry: OutboxEntry,
    change: Pick<OutboxEntry, 'state' | 'attempts'> & { readonly reason?: string | undefined },
  ): Promise<OutboxEntry> {
    const { reason, ...progress } = change;
    const next: OutboxEntry = {
      ...entry,
      ...progress,
      ...(change.state === 'rejected' ? { reason: storableReason(reason) } : {}),
    };
    await this.#store(next);
    await this.#record(next);
    if (next.state === 'accepted') await this.#eraseBody(next);
    return next;
  }

  /** Says in the audit chain where the submission stands, unless a run before a crash has said so. */
  async #record({ submissionId, caseId, state, attempts }: OutboxEntry): Promise<void> {
    if (state === 'sealed') return;
    const audit = await this.#context.audit.of(caseId);
    const isKnown = audit.lines.some(
      (line) => line.type === 'delivery' && line.attempt === attempts && line.state === state,
    );
    if (isKnown || audit.isClosed) return;
    await audit.append({ type: 'delivery', attempt: attempts, state, submission: submissionId });
  }

  async #eraseBody(entry: OutboxEntry): Promise<void> {
    const audit = await this.#context.audit.of(entry.caseId);
    await removeDurably(this.#context.fs, this.#path(entry.submissionId, BODY));
    await audit.appendOnce({ type: 'body-erased', submission: entry.submissionId });
    await this.#context.audit.complete(entry.caseId);
  }

  #store(entry: OutboxEntry): Promise<void> {
    const bytes = new TextEncoder().encode(`${JSON.stringify(entry)}\n`);
    return replaceFile(this.#context.fs, this.#path(entry.submissionId, ENTRY), bytes);
  }

  #path(submissionId: string, ending: string): string {
    uuidBytes(submissionId);
    return `${this.#context.folder}/${submissionId}${ending}`;
  }
}
