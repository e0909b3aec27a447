import { compactDecrypt } from 'jose';
import { describe, expect, it } from 'vitest';
import { recipientOfCertificate } from '@buergerkoffer/vault/node';
import { makeCertificate, type CertificateRequest } from '../support/certificates.js';

const NOW = new Date('2026-03-02T09:00:00Z');
const KEY_ENCIPHERMENT = 0x20;
const KEY_AGREEMENT = 0x08;
const SIGNATURE = 0x80;

async function refusal(request: CertificateRequest): Promise<unknown> {
  return Promise.resolve()
    .then(() => recipientOfCertificate(makeCertificate(request).pem, NOW))
    .catch((error: unknown) => error);
}

describe('the recipient of a certificate', () => {
  it.each([
    ['RSA-OAEP-256', { key: 'rsa', usage: KEY_ENCIPHERMENT }],
    ['RSA-OAEP-256', { key: 'rsa' }],
    ['ECDH-ES+A256KW', { key: 'ec', usage: KEY_AGREEMENT }],
    ['ECDH-ES+A256KW', { key: 'ec' }],
  ] as const)('seals with %s what only its private key opens', async (alg, request) => {
    const { pem, privateKey } = makeCertificate(request);
    const payload = new Uint8Array(5000).fill(9);
    const jwe = await recipientOfCertificate(pem, NOW).encrypt(payload);
    const { plaintext, protectedHeader } = await compactDecrypt(jwe, privateKey);
    expect(Buffer.compare(plaintext, payload)).toBe(0);
    expect(protectedHeader).toMatchObject({ alg, enc: 'A256GCM' });
    await expect(compactDecrypt(jwe, makeCertificate(request).privateKey)).rejects.toThrow();
  });

  it.each([
    ['out-of-range', { key: 'rsa', to: '20260301000000Z' }],
    ['out-of-range', { key: 'rsa', from: '20270101000000Z' }],
    ['not-allowed', { key: 'rsa', usage: SIGNATURE }],
    ['not-allowed', { key: 'rsa', usage: KEY_AGREEMENT }],
    ['not-allowed', { key: 'ec', usage: KEY_ENCIPHERMENT }],
    ['unsupported', { key: 'ed25519' }],
    ['unsupported', { key: 'rsa-1024' }],
  ] as const)('is refused as %s: %o', async (code, request) => {
    expect(await refusal(request)).toMatchObject({ kind: 'input', code, path: 'recipientCertificatePem' });
  });

  it('is refused when the text is no certificate', async () => {
    await expect(Promise.resolve().then(() => recipientOfCertificate('hello', NOW))).rejects.toMatchObject({
      code: 'malformed',
    });
  });
});
