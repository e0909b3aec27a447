import { encodeHex, InputError } from '@buergerkoffer/formats';
import type { AuditEntry } from './audit-entry.js';
import type { AuditLog } from './audit-log.js';
import { submissionIdOf } from './case-id.js';
import type { CaseLog } from './case-log.js';
import { StorageError } from './storage-error.js';
import type { VaultCrypto } from './vault-crypto.js';

/** How events become JSON and come back; the vault knows nothing else of them. */
export interface EventCodec<E> {
  /** Checks one event that was read; old forms are brought up to date here. Throws an InputError on what it does not know. */
  read(json: unknown): E;
  /** The word that stands for the event in the audit chain, one of the vault's `auditWords`; none when absent. */
  auditWord?(event: E): string;
}

/** What a case works with. */
export interface CaseContext<E> {
  readonly id: string;
  readonly crypto: VaultCrypto;
  readonly codec: EventCodec<E>;
  readonly log: CaseLog;
  readonly audit: AuditLog;
  readonly events: readonly E[];
  /** Lets the vault forget the case once it is closed. */
  readonly onClose: () => void;
  readonly onErase: () => Promise<void>;
}

/** One open case: its events so far, and the way to add the next. */
export class Case<E> {
  /** Random UUID. */
  readonly id: string;
  /** Identity under which the case will be submitted, whenever it is sealed. */
  readonly submissionId: string;
  /** Bytes of a record that a killed writer left unfinished; more than 0 when the last event was lost on its way to the disk. */
  readonly lostBytes: number;
  readonly #context: CaseContext<E>;
  readonly #events: E[];
  #isOpen = true;
  #last: Promise<unknown> = Promise.resolve();

  constructor(context: CaseContext<E>) {
    this.#context = context;
    this.id = context.id;
    this.submissionId = submissionIdOf(context.crypto, context.id);
    this.lostBytes = context.log.lostBytes;
    this.#events = [...context.events];
  }

  /** All durable events in order, as `codec.read` understood them. */
  get events(): readonly E[] {
    return this.#events;
  }

  /**
   * Adds an event with its binary data (at most 16 attachments, 16 MiB together with the event); durable when it resolves
   * with the SHA-256 of each attachment. When it rejects nothing was added; after a rejection with `closed` open the case again and look.
   */
  append(event: E, attachments: readonly Uint8Array[] = []): Promise<readonly string[]> {
    return this.#inOrder(async () => {
      const json = JSON.stringify(event) as string | undefined;
      if (json === undefined) throw new InputError('malformed', 'an event is a JSON value');
      const understood = this.#context.codec.read(JSON.parse(json));
      const word = this.#context.codec.auditWord?.(understood);
      if (word !== undefined) this.#context.audit.assertWord(word);
      await this.#catchUp();
      await this.#context.log.append({ json, attachments });
      this.#events.push(understood);
      // The event is durable: a chain that cannot be written now is completed before the next event, or on opening.
      await this.#catchUp().catch(() => undefined);
      return attachments.map((attachment) => encodeHex(this.#context.crypto.sha256(attachment)));
    });
  }

  /** The attachment with that SHA-256 (hexadecimal); `missing` when the case has none. */
  attachment(sha256: string): Promise<Uint8Array> {
    return this.#inOrder(() => this.#context.log.attachment(sha256));
  }

  /** Waits for what is being written, zeroes the key in memory and lets go; closing twice is no error. */
  async close(): Promise<void> {
    await this.#last;
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#letGo();
  }

  /**
   * Runs a task that takes the case over, with no append in between, then closes the case; later appends are refused.
   * When the task rejects the case goes on.
   */
  async handOver<T>(task: () => Promise<T>): Promise<T> {
    const result = await this.#inOrder(async () => {
      const taken = await task();
      this.#isOpen = false;
      return taken;
    });
    await this.#letGo();
    return result;
  }

  /** Destroys the key, then removes the files; what a crash interrupts the next `openVault` finishes. The case is closed. */
  async erase(): Promise<void> {
    await this.close();
    await this.#context.onErase();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Brings the audit chain to where the log stands: adds what it does not name yet, says what it names and the log has lost. */
  async recordInAudit(): Promise<void> {
    await this.#inOrder(async () => {
      const from = this.#context.log.records.length;
      const records = this.#recordsInAudit() - from;
      if (records > 0) await this.#context.audit.append({ type: 'lost', from, records });
      await this.#catchUp();
    });
  }

  /**
   * How many events were acknowledged once and are gone, because the log was cut behind the vault's back or the disk had
   * promised too much; the audit chain names them.
   */
  get lostEvents(): number {
    return this.#context.audit.lines.reduce(
      (sum, line) => (line.type === 'lost' ? sum + line.records : sum),
      0,
    );
  }

  #recordsInAudit(): number {
    return this.#context.audit.lines.reduce((next, line) => {
      if (line.type === 'event') return line.record + 1;
      return line.type === 'lost' ? line.from : next;
    }, 0);
  }

  async #letGo(): Promise<void> {
    await this.#context.log.close();
    this.#context.onClose();
  }

  async #catchUp(): Promise<void> {
    const { audit, log } = this.#context;
    const entries = log.records.slice(this.#recordsInAudit()).map((record): AuditEntry => {
      const event = this.#events[record.seq];
      const word = event === undefined ? undefined : this.#context.codec.auditWord?.(event);
      const isDeclared = word !== undefined && audit.words.includes(word);
      return {
        type: 'event',
        record: record.seq,
        hash: encodeHex(record.hash),
        ...(isDeclared ? { event: word } : {}),
      };
    });
    if (entries.length > 0) await audit.append(...entries);
  }

  #inOrder<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#last.then(() => {
      if (!this.#isOpen) throw new StorageError('closed', 'the case is closed');
      return task();
    });
    this.#last = run.catch(() => undefined);
    return run;
  }
}
