import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { AuditSigner } from '../audit-log.js';
import { ifThere, replaceFile } from '../durable-file.js';
import type { FileSystemPort } from '../file-system.js';
import { StorageError } from '../storage-error.js';

const MAX_PEM_BYTES = 4096;

/**
 * Signs audit chains with an Ed25519 key in a file that only its owner may read (PKCS #8 PEM, 0600); it is made when absent.
 * For demonstration: who has the disk can sign. In the field implement AuditSigner on a card or TPM.
 */
export async function fileAuditSigner(fs: FileSystemPort, path: string): Promise<AuditSigner> {
  const pem = (await ifThere(fs.read(path, MAX_PEM_BYTES))) ?? (await makeKey(fs, path));
  const key = readKey(pem, path);
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  return {
    publicKey: new Uint8Array(Buffer.from(x ?? '', 'base64url')),
    sign: (message) => Promise.resolve(sign(null, message, key)),
  };
}

async function makeKey(fs: FileSystemPort, path: string): Promise<Uint8Array> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = Buffer.from(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  await replaceFile(fs, path, pem);
  return pem;
}

function readKey(pem: Uint8Array, path: string): KeyObject {
  try {
    const key = createPrivateKey(Buffer.from(pem));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new StorageError('corrupt', 'the signing key of the audit chain is damaged', { path, cause });
  }
  throw new StorageError('corrupt', 'the signing key of the audit chain is no Ed25519 key', { path });
}
