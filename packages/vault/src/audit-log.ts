import { canonicalJson, encodeHex, InputError } from '@buergerkoffer/formats';
import { AppendFile } from './append-file.js';
import {
  auditLine,
  CHAIN_START,
  CHECKPOINT_EVERY,
  signedBytes,
  type AuditEntry,
  type AuditLine,
} from './audit-entry.js';
import { readAuditLines, type PlacedLine } from './audit-verify.js';
import { ifThere } from './durable-file.js';
import type { FileSystemPort } from './file-system.js';
import { StorageError } from './storage-error.js';
import type { AuditCrypto } from './vault-crypto.js';

/** Longest audit chain that is opened, in bytes. */
export const MAX_AUDIT_BYTES = 64 * 1024 * 1024;

/** Signs audit chains (Ed25519); who holds it vouches for what the chain says. */
export interface AuditSigner {
  /** Raw public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Signature of 64 bytes. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** What an audit chain is written with. */
export interface AuditContext {
  readonly fs: FileSystemPort;
  readonly crypto: AuditCrypto;
  readonly signer: AuditSigner;
  readonly now: () => Date;
  /** Every word that may stand in an `event` line. */
  readonly words: readonly string[];
}

type LineContent = DistributiveOmit<AuditLine, 'at' | 'case' | 'prev' | 'seq'>;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

type WrittenLine = Omit<PlacedLine, 'offset'>;

/** The audit chain of one case, being written; one writer, every line durable before `append` resolves. */
export class AuditLog {
  readonly #context: AuditContext;
  readonly #file: AppendFile;
  readonly #lines: WrittenLine[];
  #last: Promise<unknown> = Promise.resolve();

  private constructor(context: AuditContext, file: AppendFile, lines: readonly WrittenLine[]) {
    this.#context = context;
    this.#file = file;
    this.#lines = [...lines];
  }

  /**
   * Opens the chain of a case, or begins it. A last line that a killed writer left torn is cut, and `resumed` says so;
   * any other damage is `StorageError('corrupt')`. A closed chain can be read, not written.
   */
  static async open(context: AuditContext, path: string, caseId: string): Promise<AuditLog> {
    const { fs, crypto } = context;
    const bytes = await ifThere(fs.read(path, MAX_AUDIT_BYTES));
    const sound = bytes === undefined ? 0 : soundLength(bytes);
    if (bytes === undefined || sound === 0) {
      const log = new AuditLog(context, await AppendFile.create(fs, path, new Uint8Array()), []);
      await log.#begin(caseId);
      return log;
    }
    const reading = readAuditLines(crypto, bytes.subarray(0, sound));
    if (reading.fault !== undefined || reading.lines[0]?.line.case !== caseId) {
      throw new StorageError(
        'corrupt',
        `the audit chain is damaged: ${reading.fault?.message ?? 'other case'}`,
        {
          path,
          offset: reading.fault?.offset ?? 0,
        },
      );
    }
    const log = new AuditLog(context, await AppendFile.open(fs, path, sound), reading.lines);
    if (!log.isClosed) await log.#enqueue([{ type: 'resumed', lostBytes: bytes.length - sound }]);
    return log;
  }

  /** The lines so far. */
  get lines(): readonly AuditLine[] {
    return this.#lines.map(({ line }) => line);
  }

  /** The words that this chain declared when it was begun, by this release or an earlier one. */
  get words(): readonly string[] {
    const first = this.#lines[0]?.line;
    return first?.type === 'opened' ? first.words : this.#context.words;
  }

  /** Refuses a word that this release does not declare with `InputError('not-allowed')`. */
  assertWord(word: string): void {
    if (this.#context.words.includes(word)) return;
    throw new InputError('not-allowed', 'the event is not among the words of the audit chain', {
      path: 'event',
    });
  }

  /** Whether the chain has its closing signature. */
  get isClosed(): boolean {
    return this.#lines.at(-1)?.line.type === 'closed';
  }

  /** Adds entries; a word that was not declared is `InputError('not-allowed')`, a closed chain `StorageError('closed')`. */
  append(...entries: readonly AuditEntry[]): Promise<void> {
    return this.#enqueue(entries);
  }

  /** Adds an entry unless the chain has one of that type and submission, so that what a crash interrupted can be done again. */
  async appendOnce(entry: AuditEntry): Promise<void> {
    await this.#last;
    const submission = 'submission' in entry ? entry.submission : undefined;
    const isThere = this.#lines.some(
      ({ line }) => line.type === entry.type && (!('submission' in line) || line.submission === submission),
    );
    if (this.isClosed || isThere) return;
    await this.#enqueue([entry]);
  }

  /** Signs the chain as complete; closing twice is no error. */
  async seal(): Promise<void> {
    await this.#last;
    if (!this.isClosed) await this.#enqueue([{ type: 'closed', sig: '' }]);
  }

  /** Lets go of the file; the chain stays open for the next process unless `seal` closed it. */
  async release(): Promise<void> {
    await this.#last;
    await this.#file.close();
  }

  #begin(caseId: string): Promise<void> {
    const { signer, words } = this.#context;
    const opened = {
      type: 'opened',
      publicKey: encodeHex(signer.publicKey),
      version: 1,
      words: [...words],
    } as const;
    return this.#enqueue([opened], caseId);
  }

  #enqueue(contents: readonly LineContent[], caseId?: string): Promise<void> {
    const run = this.#last.then(() => this.#write(contents, caseId));
    this.#last = run.catch(() => undefined);
    return run;
  }

  async #write(contents: readonly LineContent[], caseId = this.#lines[0]?.line.case): Promise<void> {
    if (caseId === undefined) throw new StorageError('missing', 'the audit chain was not begun');
    if (this.isClosed) throw new StorageError('closed', 'the audit chain is closed');
    for (const content of contents) {
      const added = [await this.#next(content, caseId, [])];
      if (this.#isCheckpointDue(added))
        added.push(await this.#next({ type: 'checkpoint', sig: '' }, caseId, added));
      await this.#file.append(new TextEncoder().encode(added.map(({ text }) => `${text}\n`).join('')));
      this.#lines.push(...added);
    }
  }

  async #next(content: LineContent, caseId: string, added: readonly WrittenLine[]): Promise<WrittenLine> {
    const { crypto, now } = this.#context;
    if (content.type === 'event' && content.event !== undefined && !this.words.includes(content.event)) {
      throw new InputError('not-allowed', 'the event is not among the words of the audit chain', {
        path: 'event',
      });
    }
    const before = added.at(-1) ?? this.#lines.at(-1);
    const place = {
      at: now().toISOString(),
      case: caseId,
      prev: before?.hash ?? CHAIN_START,
      seq: this.#lines.length + added.length,
    };
    const line = checked(await this.#signed({ ...place, ...content }));
    const text = canonicalJson(line);
    const hash = encodeHex(crypto.sha256(new TextEncoder().encode(`${text}\n`)));
    return { line, text, hash };
  }

  async #signed(line: AuditLine): Promise<AuditLine> {
    if (line.type !== 'checkpoint' && line.type !== 'closed') return line;
    const { sig: _, ...unsigned } = line;
    const signature = await this.#context.signer.sign(signedBytes(canonicalJson(unsigned)));
    return { ...line, sig: encodeHex(signature) };
  }

  #isCheckpointDue(added: readonly WrittenLine[]): boolean {
    const lines = [...this.#lines.slice(-CHECKPOINT_EVERY), ...added].map(({ line }) => line.type);
    const last = lines.at(-1);
    if (last === 'closed' || last === 'checkpoint') return false;
    return lines.length - 1 - lines.lastIndexOf('checkpoint') >= CHECKPOINT_EVERY;
  }
}

function checked(line: AuditLine): AuditLine {
  const read = auditLine.safeParse(line);
  if (read.success) return read.data;
  throw new InputError('not-allowed', `an audit line of type ${line.type} does not have that form`, {
    path: read.error.issues[0]?.path.join('.'),
  });
}

/** Most lines that one write holds: an entry and its checkpoint. */
const LINES_PER_WRITE = 2;

/**
 * Bytes up to where a killed writer may have left something torn: a line without an end, or the last write with a part that
 * never arrived (it reads as zeros, which no line holds).
 */
function soundLength(bytes: Uint8Array): number {
  const zero = bytes.indexOf(0);
  if (zero < 0) return bytes.lastIndexOf(0x0a) + 1;
  const start = bytes.lastIndexOf(0x0a, zero) + 1;
  const linesAfter = bytes.subarray(start).reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 0);
  return linesAfter <= LINES_PER_WRITE ? start : bytes.length;
}
