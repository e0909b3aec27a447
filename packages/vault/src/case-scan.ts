import {
  caseLogHeader,
  decodeRecord,
  MAX_RECORD_BYTES,
  recordLengthAt,
  SECTOR_BYTES,
  type RecordPayload,
  type RecordPlace,
} from './case-record.js';
import { StorageError } from './storage-error.js';
import type { VaultCrypto } from './vault-crypto.js';

/** Where a record is found again. */
export interface RecordPosition extends RecordPlace {
  readonly offset: number;
  readonly length: number;
  /** SHA-256 of the whole record. */
  readonly hash: Uint8Array;
}

/** What a log holds, and how long it is without what was being written when its writer died. */
export interface CaseScan {
  readonly records: readonly RecordPosition[];
  readonly soundBytes: number;
  /** Bytes of a record that never became durable. */
  readonly lostBytes: number;
  /** SHA-256 that the next record builds on. */
  readonly lastHash: Uint8Array;
}

/**
 * Reads a case log from front to back and hands each record to `visit`.
 *
 * The end may be torn: cut, or with whole sectors that never reached the disk (they read as zeros). That is only believed of
 * the last record. All else that does not fit is `StorageError('corrupt')` with the offset of the record.
 */
export function scanCaseLog(
  crypto: VaultCrypto,
  key: Uint8Array,
  caseId: string,
  bytes: Uint8Array,
  visit: (payload: RecordPayload, position: RecordPosition) => void,
): CaseScan {
  const header = caseLogHeader(caseId);
  if (!header.every((byte, index) => index >= bytes.length || bytes[index] === byte)) {
    throw new StorageError('corrupt', 'this is not the log of that case, or of a later version', {
      offset: 0,
    });
  }
  let lastHash = crypto.sha256(header);
  if (bytes.length < SECTOR_BYTES) {
    return { records: [], soundBytes: 0, lostBytes: bytes.length, lastHash };
  }
  const records: RecordPosition[] = [];
  let offset = SECTOR_BYTES;
  while (offset < bytes.length) {
    const place = { caseId, seq: records.length, previousHash: lastHash };
    const length = recordLengthAt(crypto, bytes.subarray(offset), caseId);
    const end = length === undefined ? undefined : offset + length;
    const record = end === undefined || end > bytes.length ? undefined : bytes.subarray(offset, end);
    const payload = record === undefined ? undefined : decodeRecord(crypto, key, place, record);
    if (record === undefined || payload === undefined) {
      assertTorn(crypto, bytes, offset, place, end);
      break;
    }
    lastHash = crypto.sha256(record);
    const position = { ...place, offset, length: record.length, hash: lastHash };
    visit(payload, position);
    records.push(position);
    offset += record.length;
  }
  return { records, soundBytes: offset, lostBytes: bytes.length - offset, lastHash };
}

function assertTorn(
  crypto: VaultCrypto,
  bytes: Uint8Array,
  offset: number,
  place: RecordPlace,
  end: number | undefined,
): void {
  const tail = bytes.subarray(offset);
  const isLast = tail.length <= MAX_RECORD_BYTES && !isFollowed(crypto, tail, place.caseId);
  const isCut = tail.length % SECTOR_BYTES !== 0 || (end !== undefined && end > bytes.length);
  const endsHere = end === undefined || end >= bytes.length;
  if (isLast && endsHere && (isCut || hasLostSector(tail))) return;
  throw new StorageError('corrupt', `record ${place.seq} of the case is damaged`, { offset });
}

/** Whether another record of the same case begins in the tail: then this one was complete once. */
function isFollowed(crypto: VaultCrypto, tail: Uint8Array, caseId: string): boolean {
  for (let offset = SECTOR_BYTES; offset < tail.length; offset += SECTOR_BYTES) {
    if (recordLengthAt(crypto, tail.subarray(offset), caseId) !== undefined) return true;
  }
  return false;
}

/** Whether a sector reads as zeros; a written one holds nonce and ciphertext and never does. */
function hasLostSector(tail: Uint8Array): boolean {
  for (let offset = 0; offset < tail.length; offset += SECTOR_BYTES) {
    if (isZero(tail.subarray(offset, offset + SECTOR_BYTES))) return true;
  }
  return false;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
