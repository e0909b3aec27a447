import { AuditArchive } from './audit-archive.js';
import type { AuditSigner } from './audit-log.js';
import { eraseCase, finishSealing, recover } from './case-end.js';
import { newId } from './case-id.js';
import { CaseLog } from './case-log.js';
import { Case, type EventCodec } from './case.js';
import type { Clock } from './clock.js';
import type { FileSystemPort } from './file-system.js';
import { HighWaterClock } from './high-water-clock.js';
import type { KeyStore } from './key-store.js';
import { Outbox } from './outbox.js';
import type { OutboxEntry } from './outbox-entry.js';
import { lockFolder, type ProcessPort } from './process-lock.js';
import type { RecipientReader } from './recipient.js';
import { StorageError } from './storage-error.js';
import { Supplies } from './supplies.js';
import { VaultFolders } from './vault-folders.js';
import type { VaultCrypto } from './vault-crypto.js';

/** What a vault works with; `openVault` of `@buergerkoffer/vault/node` fills it in. */
export interface VaultContext<E> {
  readonly fs: FileSystemPort;
  readonly crypto: VaultCrypto;
  readonly process: ProcessPort;
  readonly clock: Clock;
  readonly keyStore: KeyStore;
  /** Called once the folder is locked, as it may make the key. */
  readonly signer: () => Promise<AuditSigner>;
  readonly recipient: RecipientReader;
  readonly codec: EventCodec<E>;
  /** Every word that `codec.auditWord` may give; `[a-z][a-z0-9-]*`, at most 40 characters, at most 128 words. */
  readonly auditWords: readonly string[];
  /** Random numbers from 0 to below 1 for the pauses of the outbox. */
  readonly random: () => number;
}

/** What a case is sealed with. */
export interface SealingRequest {
  readonly recipientCertificatePem: string;
  readonly payload: Uint8Array;
  /** Until when receivers take the version of the messages in the payload, UTC; after that it is not sent unasked. */
  readonly goodUntil?: string;
  /** Identities (UUID) of the messages in it, at most 20; {@link Outbox.knownIds} has them from then on. */
  readonly messageIds?: readonly string[];
}

/** One case that lies in a vault. */
export interface StoredCase {
  readonly id: string;
  /** `unreadable`: its key is gone; all that can be done with it is `Vault.erase`. */
  readonly state: 'open' | 'stored' | 'unreadable';
}

/** Sealed cases, their outbox and their audit chains in one folder, for one process at a time. */
export class Vault<E> {
  readonly outbox: Outbox;
  readonly supplies: Supplies;
  readonly audit: AuditArchive;
  /** What could not be finished or read on opening; the rest of the vault works. */
  readonly problems: readonly unknown[];
  readonly #context: VaultContext<E>;
  readonly #folders: VaultFolders;
  readonly #clock: HighWaterClock;
  readonly #open = new Map<string, Case<E> | 'busy'>();
  readonly #release: () => Promise<void>;

  private constructor(parts: VaultParts<E>, problems: readonly unknown[]) {
    this.outbox = parts.outbox;
    this.supplies = parts.supplies;
    this.audit = parts.audit;
    this.problems = problems;
    this.#context = parts.context;
    this.#folders = parts.folders;
    this.#clock = parts.clock;
    this.#release = parts.release;
  }

  /** Takes the folder, finishes what a crash interrupted and erases what has expired; `locked` when another process has it. */
  static async open<E>(root: string, context: VaultContext<E>): Promise<Vault<E>> {
    const { fs, crypto, keyStore } = context;
    const folders = new VaultFolders(fs, root);
    await folders.make();
    const release = await lockFolder(fs, root, context.process, newId(crypto).slice(0, 8));
    try {
      await folders.removeUnfinished();
      const now = (): Date => context.clock.now();
      const clock = await HighWaterClock.open(fs, folders.clock, now);
      const audit = new AuditArchive(
        { fs, crypto, signer: await context.signer(), words: context.auditWords, now },
        folders.audit,
      );
      const outbox = new Outbox({
        fs,
        folder: folders.outbox,
        audit,
        clock: context.clock,
        random: context.random,
      });
      const supplies = new Supplies({ fs, crypto, keyStore, clock, folder: folders.supplies });
      const parts = { context, folders, clock, audit, outbox, supplies, release };
      const vault = new Vault(parts, await recover({ keyStore, folders, audit, outbox, supplies }));
      return vault;
    } catch (error) {
      await release().catch(() => undefined);
      throw error;
    }
  }

  /** A new case with a key of its own; several cases can be open at once. */
  async createCase(): Promise<Case<E>> {
    const { fs, crypto, keyStore } = this.#context;
    const id = newId(crypto);
    return this.#holding(id, async () => {
      const key = await keyStore.create(id);
      try {
        const log = await CaseLog.create({ fs, crypto, path: this.#folders.log(id), caseId: id, key });
        return await this.#caseOf(id, log, []);
      } catch (error) {
        key.fill(0);
        await this.#folders.removeLog(id).catch(() => undefined);
        await keyStore.destroy(id).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Reads a case back; `locked` when it is open already, `missing` when it or its key is gone, `corrupt` when it is damaged. */
  async openCase(id: string): Promise<Case<E>> {
    const path = this.#folders.log(id);
    return this.#holding(id, async () => {
      const { fs, crypto, keyStore, codec } = this.#context;
      if (!(await this.#folders.cases()).includes(id))
        throw new StorageError('missing', 'there is no such case');
      const key = await keyStore.load(id);
      if (key === undefined) throw new StorageError('missing', 'the key of the case is gone');
      try {
        const events: E[] = [];
        const log = await CaseLog.open({ fs, crypto, path, caseId: id, key }, (json) => {
          events.push(codec.read(JSON.parse(json)));
        });
        return await this.#caseOf(id, log, events);
      } catch (error) {
        key.fill(0);
        throw error;
      }
    });
  }

  /** All cases that are not sealed or erased. */
  async list(): Promise<readonly StoredCase[]> {
    const keys = await this.#context.keyStore.list();
    return (await this.#folders.cases()).map((id) => {
      if (this.#open.has(id)) return { id, state: 'open' };
      return { id, state: keys.includes(id) ? 'stored' : 'unreadable' };
    });
  }

  /**
   * Seals a case for the holder of a certificate: when it resolves the submission lies complete in the outbox, and key and
   * log of the case are gone. When it rejects before the submission is durable the case stays as it is; after that the case is
   * closed, and the next `openVault` finishes. Sealing again after a crash gives the same submission. InputError: the certificate.
   */
  async seal(sealedCase: Case<E>, delivery: SealingRequest): Promise<OutboxEntry> {
    const { id, submissionId } = sealedCase;
    if (this.#open.get(id) !== sealedCase) throw new StorageError('closed', 'the case is not open');
    const now = await this.#clock.now();
    const recipient = await this.#context.recipient(delivery.recipientCertificatePem, now);
    const body = new TextEncoder().encode(await recipient.encrypt(delivery.payload));
    const entry = await sealedCase.handOver(() =>
      this.outbox.add(
        {
          submissionId,
          caseId: id,
          recipient: recipient.thumbprint,
          sealedAt: now.toISOString(),
          ...(delivery.goodUntil === undefined ? {} : { goodUntil: delivery.goodUntil }),
          ...(delivery.messageIds === undefined ? {} : { messageIds: delivery.messageIds }),
        },
        body,
      ),
    );
    await finishSealing({ ...this.#context, folders: this.#folders, audit: this.audit }, entry);
    this.outbox.admit(submissionId);
    return entry;
  }

  /** Destroys the key of a case, then its files, also of one that cannot be read; `locked` while it is open. */
  async erase(id: string): Promise<void> {
    this.#folders.log(id);
    if (this.#open.has(id)) throw new StorageError('locked', 'the case is open; close it first');
    await eraseCase({ ...this.#context, folders: this.#folders, audit: this.audit }, id);
  }

  /** Closes all cases, ends deliveries with `closed` and lets go of the folder. */
  async close(): Promise<void> {
    for (const open of [...this.#open.values()]) {
      if (open !== 'busy') await open.close();
    }
    this.outbox.close();
    await this.audit.close();
    await this.#release();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #holding(id: string, open: () => Promise<Case<E>>): Promise<Case<E>> {
    if (this.#open.has(id)) throw new StorageError('locked', 'the case is open already');
    this.#open.set(id, 'busy');
    try {
      const opened = await open();
      this.#open.set(id, opened);
      return opened;
    } catch (error) {
      this.#open.delete(id);
      throw error;
    }
  }

  async #caseOf(id: string, log: CaseLog, events: readonly E[]): Promise<Case<E>> {
    try {
      const opened = new Case<E>({
        id,
        log,
        events,
        crypto: this.#context.crypto,
        codec: this.#context.codec,
        audit: await this.audit.of(id),
        onClose: () => {
          this.#open.delete(id);
        },
        onErase: () => this.erase(id),
      });
      await opened.recordInAudit();
      return opened;
    } catch (error) {
      await log.close().catch(() => undefined);
      await this.audit.release(id).catch(() => undefined);
      throw error;
    }
  }
}

interface VaultParts<E> {
  readonly context: VaultContext<E>;
  readonly folders: VaultFolders;
  readonly clock: HighWaterClock;
  readonly audit: AuditArchive;
  readonly outbox: Outbox;
  readonly supplies: Supplies;
  readonly release: () => Promise<void>;
}
