import { ByteWriter, decodeHex, encodeHex, InputError } from '@buergerkoffer/formats';
import type { AuditCrypto, VaultCrypto } from './vault-crypto.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is a UUID in lower case (RFC 9562). */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** The 16 bytes of a UUID; anything else is `InputError('malformed')`, so an id never leads out of its folder. */
export function uuidBytes(id: string): Uint8Array {
  if (!isUuid(id)) throw new InputError('malformed', 'an id is a UUID in lower case');
  return decodeHex(id.replaceAll('-', ''));
}

/** A random UUID (RFC 9562, version 4); as the name of a case it is a pseudonym that says nothing of a person. */
export function newId(crypto: VaultCrypto): string {
  return uuidOf(crypto.random(16), 4);
}

/**
 * The identity of a case's one submission (RFC 9562, version 8: from SHA-256 of the case id).
 *
 * It exists before anything is sealed and is the same after every crash, so that sealing twice never submits twice.
 */
export function submissionIdOf(crypto: AuditCrypto, caseId: string): string {
  const named = new ByteWriter().ascii('buergerkoffer submission').bytes(uuidBytes(caseId)).toBytes();
  return uuidOf(crypto.sha256(named).subarray(0, 16), 8);
}

function uuidOf(bytes: Uint8Array, version: 4 | 8): string {
  const marked = bytes.map((byte, index) => {
    if (index === 6) return (byte & 0x0f) | (version << 4);
    return index === 8 ? (byte & 0x3f) | 0x80 : byte;
  });
  return encodeHex(marked).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
