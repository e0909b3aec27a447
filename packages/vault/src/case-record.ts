import { ByteReader, ByteWriter, InputError } from '@buergerkoffer/formats';
import { uuidBytes } from './case-id.js';
import type { VaultCrypto } from './vault-crypto.js';

/** Unit of a case log in bytes: a disk writes sectors, so a record that was torn misses whole ones. */
export const SECTOR_BYTES = 512;
/** Longest record of a case log: an event with a photo, two fingers and a signature fits many times. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024;
/** Most attachments of one record. */
export const MAX_ATTACHMENTS = 16;
/** Length of a case key in bytes. */
export const CASE_KEY_BYTES = 32;

const HEAD_BYTES = 12;
const CHECK_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const OVERHEAD_BYTES = HEAD_BYTES + NONCE_BYTES + TAG_BYTES;
const MAGIC = 'BKCASE';
const VERSION = 1;

/** What one record holds: an event as JSON and the binary data that belongs to it. */
export interface RecordPayload {
  readonly json: string;
  readonly attachments: readonly Uint8Array[];
}

/** Where a record stands in its log; all of it is authenticated with the record. */
export interface RecordPlace {
  readonly caseId: string;
  /** Number of the record, from 0. */
  readonly seq: number;
  /** SHA-256 of the header (seq 0) or of the whole record before. */
  readonly previousHash: Uint8Array;
}

/** The first sector of a case log: magic, version and case id, then zeros. */
export function caseLogHeader(caseId: string): Uint8Array {
  const header = new ByteWriter().ascii(MAGIC).u16(VERSION).bytes(uuidBytes(caseId));
  return header.bytes(new Uint8Array(SECTOR_BYTES - header.length)).toBytes();
}

/**
 * A record as it lies on disk, a multiple of 512 bytes:
 * length (u32, of all that follows the head) · check of the head (8 bytes) · nonce (12) · AES-256-GCM ciphertext · tag (16).
 *
 * The zeros that fill the last sector are inside the ciphertext, so every byte of a record is authenticated.
 * Throws `InputError('too-large')` above MAX_RECORD_BYTES or MAX_ATTACHMENTS.
 */
export function encodeRecord(
  crypto: VaultCrypto,
  key: Uint8Array,
  place: RecordPlace,
  payload: RecordPayload,
): Uint8Array {
  const plain = encodePayload(payload);
  try {
    const length = NONCE_BYTES + plain.length + TAG_BYTES;
    const head = recordHead(crypto, place.caseId, length);
    const nonce = crypto.random(NONCE_BYTES);
    const sealed = crypto.seal(key, nonce, associatedData(place, length), plain);
    const record = new Uint8Array(HEAD_BYTES + length);
    record.set(head);
    record.set(nonce, HEAD_BYTES);
    record.set(sealed, HEAD_BYTES + NONCE_BYTES);
    return record;
  } finally {
    plain.fill(0);
  }
}

/** Length in bytes of the record that begins here, or `undefined` when no record of that case does. */
export function recordLengthAt(crypto: VaultCrypto, bytes: Uint8Array, caseId: string): number | undefined {
  if (bytes.length < HEAD_BYTES) return undefined;
  const length = new ByteReader(bytes).u32();
  const total = HEAD_BYTES + length;
  if (total % SECTOR_BYTES !== 0 || total > MAX_RECORD_BYTES) return undefined;
  const head = recordHead(crypto, caseId, length);
  return head.every((byte, index) => bytes[index] === byte) ? total : undefined;
}

/** The payload of a whole record, or `undefined` when it is not authentic at this place. */
export function decodeRecord(
  crypto: VaultCrypto,
  key: Uint8Array,
  place: RecordPlace,
  record: Uint8Array,
): RecordPayload | undefined {
  if (record.length < OVERHEAD_BYTES || recordLengthAt(crypto, record, place.caseId) !== record.length)
    return undefined;
  const nonce = record.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
  const sealed = record.subarray(HEAD_BYTES + NONCE_BYTES);
  const plain = crypto.open(key, nonce, associatedData(place, record.length - HEAD_BYTES), sealed);
  if (plain === undefined) return undefined;
  return decodePayload(plain);
}

/** The check tells a damaged length from a torn record without the key; it proves nothing, the tag does. */
function recordHead(crypto: VaultCrypto, caseId: string, length: number): Uint8Array {
  const named = new ByteWriter().ascii(MAGIC).bytes(uuidBytes(caseId)).u32(length);
  const check = crypto.sha256(named.toBytes()).subarray(0, CHECK_BYTES);
  return new ByteWriter().u32(length).bytes(check).toBytes();
}

function associatedData(place: RecordPlace, length: number): Uint8Array {
  return new ByteWriter()
    .ascii(MAGIC)
    .u16(VERSION)
    .bytes(uuidBytes(place.caseId))
    .u32(place.seq)
    .u32(length)
    .bytes(place.previousHash)
    .toBytes();
}

/** JSON length (u32) · JSON · count (u16) · each attachment's length (u32) and bytes · zeros. */
function encodePayload(payload: RecordPayload): Uint8Array {
  const json = new TextEncoder().encode(payload.json);
  const attached = payload.attachments.reduce((sum, attachment) => sum + 4 + attachment.length, 0);
  const content = 4 + json.length + 2 + attached;
  const total = Math.ceil((content + OVERHEAD_BYTES) / SECTOR_BYTES) * SECTOR_BYTES;
  if (total > MAX_RECORD_BYTES || payload.attachments.length > MAX_ATTACHMENTS) {
    json.fill(0);
    throw new InputError(
      'too-large',
      `an event with its attachments may take ${MAX_RECORD_BYTES} bytes and ${MAX_ATTACHMENTS} attachments`,
    );
  }
  const plain = new Uint8Array(total - OVERHEAD_BYTES);
  const view = new DataView(plain.buffer);
  view.setUint32(0, json.length);
  plain.set(json, 4);
  json.fill(0);
  let offset = 4 + json.length;
  view.setUint16(offset, payload.attachments.length);
  offset += 2;
  for (const attachment of payload.attachments) {
    view.setUint32(offset, attachment.length);
    plain.set(attachment, offset + 4);
    offset += 4 + attachment.length;
  }
  return plain;
}

function decodePayload(plain: Uint8Array): RecordPayload {
  const reader = new ByteReader(plain);
  const json = new TextDecoder('utf-8', { fatal: true }).decode(reader.bytes(reader.u32()));
  const attachments = Array.from({ length: reader.u16() }, () => reader.bytes(reader.u32()));
  return { json, attachments };
}
