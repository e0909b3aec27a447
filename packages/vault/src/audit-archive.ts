import { assertWords } from './audit-entry.js';
import { AuditLog, MAX_AUDIT_BYTES, type AuditContext } from './audit-log.js';
import { isUuid, uuidBytes } from './case-id.js';
import { StorageError } from './storage-error.js';

const ENDING = '.jsonl';

/** The audit chains of all cases, one file each, which outlive their cases; keeps open what is being written. */
export class AuditArchive {
  readonly #context: AuditContext;
  readonly #folder: string;
  readonly #open = new Map<string, Promise<AuditLog>>();
  #isClosed = false;

  constructor(context: AuditContext, folder: string) {
    assertWords(context.words);
    this.#context = context;
    this.#folder = folder;
  }

  /** Raw Ed25519 public key, 32 bytes: what the authority keeps, so that `verifyAudit` can prove the origin of a chain. */
  get publicKey(): Uint8Array {
    return this.#context.signer.publicKey;
  }

  /** Where the chain of a case lies. */
  path(caseId: string): string {
    uuidBytes(caseId);
    return `${this.#folder}/${caseId}${ENDING}`;
  }

  /** The chain of a case for writing; it is begun when there is none. */
  async of(caseId: string): Promise<AuditLog> {
    const path = this.path(caseId);
    if (this.#isClosed) throw new StorageError('closed', 'the vault is closed');
    const log = this.#open.get(caseId) ?? AuditLog.open(this.#context, path, caseId);
    this.#open.set(caseId, log);
    try {
      return await log;
    } catch (error) {
      this.#open.delete(caseId);
      throw error;
    }
  }

  /** The raw bytes of a chain, as `verifyAudit` takes them; `missing` when there is none. */
  read(caseId: string): Promise<Uint8Array> {
    return this.#context.fs.read(this.path(caseId), MAX_AUDIT_BYTES);
  }

  /** The cases that have a chain, erased ones included. */
  async list(): Promise<readonly string[]> {
    const names = await this.#context.fs.list(this.#folder);
    return names
      .filter((name) => name.endsWith(ENDING))
      .map((name) => name.slice(0, -ENDING.length))
      .filter(isUuid);
  }

  /** Signs a chain as complete and lets go of it. */
  async complete(caseId: string): Promise<void> {
    const log = await this.of(caseId);
    await log.seal();
    await this.release(caseId);
  }

  /** Lets go of one chain. */
  async release(caseId: string): Promise<void> {
    const log = this.#open.get(caseId);
    this.#open.delete(caseId);
    await (await log)?.release();
  }

  /** Lets go of all chains. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const caseId of [...this.#open.keys()]) await this.release(caseId);
  }
}
