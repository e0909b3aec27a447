import { InputError } from '@buergerkoffer/formats';
import { createPublicKey } from 'node:crypto';
import { verifyAuditChain, type AuditVerdict } from '../audit-verify.js';
import { nodeCrypto } from './node-crypto.js';

/**
 * Verifies the bytes of an `audit.jsonl`; never throws on what they hold.
 *
 * With `publicKey` (raw, 32 bytes) a verified chain was written by the owner of that key; without it the chain is only shown
 * to fit itself and the key it names, which anybody can achieve by writing a whole chain anew.
 */
export function verifyAudit(
  bytes: Uint8Array,
  options: { readonly publicKey?: Uint8Array } = {},
): AuditVerdict {
  return verifyAuditChain(nodeCrypto, bytes, options);
}

/** The raw Ed25519 public key (32 bytes) of a PEM, of 64 hexadecimal digits or of raw bytes; else `InputError('malformed')`. */
export function auditPublicKey(source: Uint8Array): Uint8Array {
  if (source.length === 32) return source;
  const text = new TextDecoder().decode(source.subarray(0, 4096)).trim();
  if (/^[0-9a-fA-F]{64}$/.test(text)) return new Uint8Array(Buffer.from(text, 'hex'));
  try {
    const key = createPublicKey(text);
    const { x } = key.export({ format: 'jwk' });
    if (key.asymmetricKeyType === 'ed25519' && x !== undefined)
      return new Uint8Array(Buffer.from(x, 'base64url'));
  } catch (cause) {
    throw new InputError('malformed', 'the file holds no public key', { cause });
  }
  throw new InputError('malformed', 'the key is no Ed25519 key');
}
