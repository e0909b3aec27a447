import { encodeHex } from '@buergerkoffer/formats';
import { AppendFile } from './append-file.js';
import { caseLogHeader, decodeRecord, encodeRecord, type RecordPayload } from './case-record.js';
import { scanCaseLog, type RecordPosition } from './case-scan.js';
import type { FileSystemPort } from './file-system.js';
import { StorageError } from './storage-error.js';
import type { VaultCrypto } from './vault-crypto.js';

/** Longest case log that is opened, in bytes. */
export const MAX_LOG_BYTES = 512 * 1024 * 1024;

/** What a case log works with. */
export interface CaseLogContext {
  readonly fs: FileSystemPort;
  readonly crypto: VaultCrypto;
  readonly path: string;
  readonly caseId: string;
  /** 32 bytes; the log takes it over and zeroes it on close. */
  readonly key: Uint8Array;
}

/** The sealed records of one case in one file; one writer, every append durable before it resolves. */
export class CaseLog {
  /** Bytes of a torn record that were cut when the log was opened. */
  readonly lostBytes: number;
  readonly #context: CaseLogContext;
  readonly #file: AppendFile;
  readonly #records: RecordPosition[];
  readonly #attachments = new Map<string, { readonly record: RecordPosition; readonly index: number }>();
  #lastHash: Uint8Array;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(context: CaseLogContext, file: AppendFile, lostBytes: number, lastHash: Uint8Array) {
    this.#context = context;
    this.#file = file;
    this.#records = [];
    this.lostBytes = lostBytes;
    this.#lastHash = lastHash;
  }

  /** A new log that holds nothing. */
  static async create(context: CaseLogContext): Promise<CaseLog> {
    const header = caseLogHeader(context.caseId);
    const file = await AppendFile.create(context.fs, context.path, header);
    return new CaseLog(context, file, 0, context.crypto.sha256(header));
  }

  /** Reads a log and hands each event to `replay`; a torn end is cut, any other damage is `StorageError('corrupt')`. */
  static async open(context: CaseLogContext, replay: (json: string) => void): Promise<CaseLog> {
    const { fs, crypto, path, caseId, key } = context;
    const bytes = await fs.read(path, MAX_LOG_BYTES);
    const found: [RecordPayload, RecordPosition][] = [];
    const scan = scanCaseLog(crypto, key, caseId, bytes, (payload, position) =>
      found.push([payload, position]),
    );
    for (const [payload] of found) replay(payload.json);
    const file =
      scan.soundBytes === 0
        ? await AppendFile.create(fs, path, caseLogHeader(caseId))
        : await AppendFile.open(fs, path, scan.soundBytes);
    const log = new CaseLog(context, file, scan.lostBytes, scan.lastHash);
    for (const [payload, position] of found) log.#index(payload, position);
    return log;
  }

  /** The records so far, without their content. */
  get records(): readonly RecordPosition[] {
    return this.#records;
  }

  /** Adds one event with its attachments; when it rejects the log is as it was. */
  append(payload: RecordPayload): Promise<RecordPosition> {
    const run = this.#last.then(() => this.#appendNext(payload));
    this.#last = run.catch(() => undefined);
    return run;
  }

  /** The attachment with that SHA-256 (hexadecimal), checked again; `missing` when the case has none. */
  async attachment(sha256: string): Promise<Uint8Array> {
    const found = this.#attachments.get(sha256);
    if (found === undefined) throw new StorageError('missing', 'the case has no such attachment');
    const { crypto, key } = this.#context;
    const record = await this.#file.read(found.record.offset, found.record.length);
    const attachment = decodeRecord(crypto, key, found.record, record)?.attachments[found.index];
    if (attachment === undefined) {
      throw new StorageError('corrupt', `record ${found.record.seq} of the case is damaged`, {
        offset: found.record.offset,
      });
    }
    return attachment;
  }

  /** Waits for what is being written, zeroes the key and closes. */
  async close(): Promise<void> {
    await this.#last;
    await this.#file.close();
    this.#context.key.fill(0);
  }

  async #appendNext(payload: RecordPayload): Promise<RecordPosition> {
    const { crypto, key, caseId } = this.#context;
    const place = { caseId, seq: this.#records.length, previousHash: this.#lastHash };
    const record = encodeRecord(crypto, key, place, payload);
    const offset = await this.#file.append(record);
    const position = { ...place, offset, length: record.length, hash: crypto.sha256(record) };
    this.#lastHash = position.hash;
    this.#index(payload, position);
    return position;
  }

  #index(payload: RecordPayload, record: RecordPosition): void {
    this.#records.push(record);
    payload.attachments.forEach((attachment, index) => {
      this.#attachments.set(encodeHex(this.#context.crypto.sha256(attachment)), { record, index });
    });
  }
}
