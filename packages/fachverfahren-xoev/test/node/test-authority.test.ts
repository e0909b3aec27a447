import { createPublicKey, X509Certificate } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { describe, expect, it } from 'vitest';
import { testAuthority } from '../../src/node/double/index.js';

describe('the test authority', () => {
  it('has a self-signed certificate of RSA 3072 that says it is for tests only', async () => {
    const now = new Date('2026-02-09T10:15:00Z');
    const certificate = new X509Certificate((await testAuthority(now)).certificatePem);
    expect(certificate.subject).toBe('CN=TEST ONLY Fachverfahren-Double');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
    expect(new Date(certificate.validFrom).toISOString()).toBe('2026-02-09T10:14:00.000Z');
    expect(new Date(certificate.validTo).toISOString()).toBe('2026-03-11T10:15:00.000Z');
  });

  it('opens what is sealed to its certificate, and nothing in another algorithm', async () => {
    const { certificatePem, decrypt } = await testAuthority();
    const key = createPublicKey(certificatePem);
    const plaintext = new TextEncoder().encode('sealed');
    const sealed = (alg: string, enc: string) =>
      new CompactEncrypt(plaintext).setProtectedHeader({ alg, enc }).encrypt(key);
    const body = new TextEncoder().encode(await sealed('RSA-OAEP-256', 'A256GCM'));
    expect(new TextDecoder().decode(await decrypt(body))).toBe('sealed');
    const weaker = new TextEncoder().encode(await sealed('RSA-OAEP', 'A256GCM'));
    await expect(decrypt(weaker)).rejects.toThrow();
  });
});
