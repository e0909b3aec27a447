import { createPrivateKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { compactDecrypt } from 'jose';
import { selfSignedCertificate } from './self-signed.js';

/** A key and certificate made for a test: never a municipality's. */
export interface TestAuthority {
  /** Self-signed certificate, `CN=TEST ONLY …`. */
  readonly certificatePem: string;
  /** PKCS #8, unencrypted. */
  readonly privateKeyPem: string;
  /** Plaintext of a JWE that is sealed to the certificate. */
  readonly decrypt: (body: Uint8Array) => Promise<Uint8Array>;
}

/** Days that a certificate of {@link testAuthority} is valid. */
const VALID_DAYS = 30;
const DAY_MS = 86_400_000;

/** Makes an RSA 3072 key with a self-signed certificate that says it is for tests only; valid from now for 30 days. */
export async function testAuthority(now: Date = new Date()): Promise<TestAuthority> {
  const keys = await promisify(generateKeyPair)('rsa', { modulusLength: 3072 });
  const certificatePem = selfSignedCertificate(keys, {
    commonName: 'TEST ONLY Fachverfahren-Double',
    notBefore: new Date(now.getTime() - 60_000),
    notAfter: new Date(now.getTime() + VALID_DAYS * DAY_MS),
  });
  const privateKeyPem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { certificatePem, privateKeyPem, decrypt: jweDecrypter(privateKeyPem) };
}

/**
 * A function that opens compact JWEs with a private key (PKCS #8, PEM): RSA-OAEP-256 or ECDH-ES (+A256KW), content
 * in A256GCM. It rejects for anything else; errors of the library do not hold the plaintext.
 */
export function jweDecrypter(privateKeyPem: string): (body: Uint8Array) => Promise<Uint8Array> {
  const key = createPrivateKey(privateKeyPem);
  return async (body) => {
    const { plaintext } = await compactDecrypt(body, key, {
      keyManagementAlgorithms: ['RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A256KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return plaintext;
  };
}
