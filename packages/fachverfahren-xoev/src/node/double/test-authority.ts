import { createPrivateKey, randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { compactDecrypt } from 'jose';

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
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 3072,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;

/** Makes an RSA 3072 key with a self-signed certificate that says it is for tests only; valid from now for 30 days. */
export async function testAuthority(now: Date = new Date()): Promise<TestAuthority> {
  const keys = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: `01${randomBytes(15).toString('hex')}`,
    name: 'CN=TEST ONLY Fachverfahren-Double, O=TEST ONLY, C=DE',
    notBefore: new Date(now.getTime() - 60_000),
    notAfter: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    signingAlgorithm: RSA,
    keys,
    extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyEncipherment, true)],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  const privateKeyPem = x509.PemConverter.encode(pkcs8, 'PRIVATE KEY');
  return { certificatePem: certificate.toString('pem'), privateKeyPem, decrypt: jweDecrypter(privateKeyPem) };
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
