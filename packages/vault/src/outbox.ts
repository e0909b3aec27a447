import type { Observable } from 'rxjs';
import type { AuditArchive } from './audit-archive.js';
import { uuidBytes } from './case-id.js';
import { deliverEntries } from './delivery.js';
import type {
  DeliveryContext,
  DeliveryOptions,
  DeliveryPort,
  DeliveryProgress,
  EntryChange,
  Replacement,
} from './delivery-port.js';
import type { FileSystemPort } from './file-system.js';
import { isFinal, isReplaceable, storableIds, storableReason, type OutboxEntry } from './outbox-entry.js';
import { MAX_BODY_BYTES, OutboxFiles } from './outbox-files.js';
import { StorageError } from './storage-error.js';

/** What an outbox works with. */
export interface OutboxContext extends Pick<DeliveryContext, 'clock' | 'random'> {
  readonly fs: FileSystemPort;
  readonly folder: string;
  readonly audit: AuditArchive;
}

/** Sealed submissions on their way; each step is durable before the next is taken. */
export class Outbox {
  readonly #context: OutboxContext;
  readonly #files: OutboxFiles;
  readonly #inFlight = new Set<string>();
  readonly #closing = new AbortController();

  constructor(context: OutboxContext) {
    this.#context = context;
    this.#files = new OutboxFiles(context.fs, context.folder);
  }

  /** All readable entries, the oldest first; a damaged one holds up no other, `entry` says what is wrong with it. */
  list(): Promise<readonly OutboxEntry[]> {
    return this.#files.list();
  }

  /** One entry; `missing` when there is none, `corrupt` when its file is damaged. */
  entry(submissionId: string): Promise<OutboxEntry> {
    return this.#files.entry(submissionId);
  }

  /** Whether a submission of that identity was sealed. */
  has(submissionId: string): Promise<boolean> {
    return this.#files.has(submissionId);
  }

  /**
   * The identities, in small letters, of all submissions that are known here and of the messages in them, delivered ones
   * included: a new message, also a corrected one, has an identity that is not among them.
   */
  async knownIds(): Promise<ReadonlySet<string>> {
    const entries = await this.list();
    return new Set(entries.flatMap(({ submissionId, messageIds = [] }) => [submissionId, ...messageIds]));
  }

  /** The sealed body, for as long as the submission is neither accepted nor replaced. */
  body(submissionId: string): Promise<Uint8Array> {
    return this.#files.body(submissionId);
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
    const { messageIds, ...rest } = entry;
    const ids = messageIds === undefined ? {} : { messageIds: storableIds(messageIds) };
    const sealed = { ...rest, ...ids, state: 'sealed', attempts: 0, bodyBytes: body.length } as const;
    await this.#files.writeBody(entry.submissionId, body);
    this.#inFlight.add(entry.submissionId);
    try {
      await this.#files.writeEntry(sealed);
    } catch (error) {
      // The name may have arrived and only its sync failed: the case goes on, so the submission must not.
      await this.#files.removeEntry(entry.submissionId).catch(() => undefined);
      throw error;
    }
    return sealed;
  }

  /** Lets a submission that was added be delivered. */
  admit(submissionId: string): void {
    this.#inFlight.delete(submissionId);
  }

  /**
   * Puts a corrected or rebuilt submission in the place of one that was rejected or never sent; it has an identity of
   * its own and keeps the place in the order of its case. `locked` when the receiver may have the old one: find out what
   * became of that first. After a crash exactly one of the two is delivered.
   */
  async replace(submissionId: string, replacement: Replacement): Promise<OutboxEntry> {
    if (this.#inFlight.has(submissionId)) {
      throw new StorageError('locked', 'the submission is being delivered');
    }
    this.#inFlight.add(submissionId);
    try {
      const next = await this.#replace(await this.entry(submissionId), replacement);
      this.admit(next.submissionId);
      return next;
    } finally {
      this.#inFlight.delete(submissionId);
    }
  }

  /**
   * Sends what is not final, each case's submissions in order and the cases beside each other; the progress of each. A
   * submission goes only when those before it in its case are accepted or replaced.
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
      entries: () => this.list(),
      body: (id) => this.body(id),
      advance: (entry, change) => this.#advance(entry, change),
      replace: (entry, replacement) => this.#replace(entry, replacement),
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
    await this.#files.removeEntry(submissionId);
  }

  /** Finishes what a crash left in the middle: bodies without an entry, replaced and accepted ones; answers what it could not. */
  async recover(): Promise<readonly unknown[]> {
    await this.#files.removeOrphans();
    const problems: unknown[] = [];
    for (const id of await this.#files.ids()) {
      try {
        const entry = await this.entry(id);
        if (entry.replaces !== undefined && (await this.has(entry.replaces))) {
          await this.#finishReplacing(await this.entry(entry.replaces), entry);
        }
        await this.#record(entry);
        if (entry.state === 'accepted' || entry.state === 'replaced') await this.#eraseBody(entry);
      } catch (error) {
        problems.push(error);
      }
    }
    return problems;
  }

  async #replace(old: OutboxEntry, { body, ...replacement }: Replacement): Promise<OutboxEntry> {
    uuidBytes(replacement.submissionId);
    if (!isReplaceable(old)) {
      throw new StorageError('locked', 'the receiver may have the submission already', {
        remedy: 'deliver it until it is accepted or rejected, under its own identity',
      });
    }
    if (await this.has(replacement.submissionId)) {
      throw new StorageError('locked', 'a replacement needs an identity of its own');
    }
    const next = await this.add(
      {
        recipient: old.recipient,
        ...replacement,
        caseId: old.caseId,
        sealedAt: this.#context.clock.now().toISOString(),
        queuedAt: old.queuedAt ?? old.sealedAt,
        replaces: old.submissionId,
      },
      body,
    );
    await this.#finishReplacing(old, next);
    return next;
  }

  /** From the durable replacement on: the old one is final, its body is erased, the chain says so. */
  async #finishReplacing(old: OutboxEntry, next: OutboxEntry): Promise<void> {
    if (old.state !== 'replaced') await this.#files.writeEntry({ ...old, state: 'replaced' });
    const audit = await this.#context.audit.of(old.caseId);
    const { recipient, submissionId: submission } = next;
    await audit.appendOnce({ type: 'sealed', recipient, submission });
    await audit.appendOnce({ type: 'replaced', submission: old.submissionId, by: submission });
    await this.#eraseBody({ ...old, state: 'replaced' });
  }

  async #advance(entry: OutboxEntry, change: EntryChange): Promise<OutboxEntry> {
    const { reason, followUp, ...progress } = change;
    const rejection = { reason: storableReason(reason), ...(followUp === undefined ? {} : { followUp }) };
    const next: OutboxEntry = {
      ...entry,
      ...progress,
      ...(change.state === 'rejected' ? rejection : {}),
    };
    await this.#files.writeEntry(next);
    await this.#record(next);
    if (next.state === 'accepted') await this.#eraseBody(next);
    return next;
  }

  /** Says in the audit chain where the submission stands, unless a run before a crash has said so. */
  async #record({ submissionId, caseId, state, attempts }: OutboxEntry): Promise<void> {
    if (state === 'sealed' || state === 'replaced') return;
    const audit = await this.#context.audit.of(caseId);
    const isKnown = audit.lines.some(
      (line) =>
        line.type === 'delivery' &&
        line.submission === submissionId &&
        line.attempt === attempts &&
        line.state === state,
    );
    if (isKnown || audit.isClosed) return;
    await audit.append({ type: 'delivery', attempt: attempts, state, submission: submissionId });
  }

  /** Erases a body; with the last one of its case the audit chain is complete. */
  async #eraseBody({ caseId, submissionId }: OutboxEntry): Promise<void> {
    const audit = await this.#context.audit.of(caseId);
    await this.#files.removeBody(submissionId);
    await audit.appendOnce({ type: 'body-erased', submission: submissionId });
    const others = (await this.list()).filter(
      (entry) => entry.caseId === caseId && entry.submissionId !== submissionId,
    );
    const isLast = others.every(({ state }) => state === 'accepted' || state === 'replaced');
    if (isLast) await this.#context.audit.complete(caseId);
  }
}
