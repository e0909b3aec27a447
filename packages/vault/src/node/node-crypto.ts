import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  hash,
  randomBytes,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { VaultCrypto } from '../vault-crypto.js';

const ALGORITHM = 'aes-256-gcm';
const TAG_BYTES = 16;

/** The vault's cryptography from Node's OpenSSL. */
export const nodeCrypto: VaultCrypto = {
  random: (length) => new Uint8Array(randomBytes(length)),
  sha256: (bytes) => plain(hash('sha256', bytes, 'buffer')),
  seal: (key, nonce, associated, content) => {
    const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(associated);
    return plain(Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]));
  },
  open: (key, nonce, associated, sealed) => {
    if (sealed.length < TAG_BYTES) return undefined;
    const end = sealed.length - TAG_BYTES;
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(associated);
    decipher.setAuthTag(sealed.subarray(end));
    try {
      return plain(Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()]));
    } catch {
      return undefined;
    }
  },
  verify: (publicKey, message, signature) => {
    const key = ed25519Key(publicKey);
    return key !== undefined && verify(null, message, key, signature);
  },
};

/** The same bytes without Buffer's own methods, which a browser does not have. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function ed25519Key(raw: Uint8Array): KeyObject | undefined {
  if (raw.length !== 32) return undefined;
  const x = Buffer.from(raw).toString('base64url');
  try {
    return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  } catch {
    return undefined;
  }
}
