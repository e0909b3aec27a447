import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { writeTlv } from '@buergerkoffer/formats';

/** Which certificate to make. */
export interface CertificateRequest {
  readonly key: 'rsa' | 'ec' | 'ed25519' | 'rsa-1024';
  readonly from?: string;
  readonly to?: string;
  /** First byte of the KeyUsage bits; none when absent. */
  readonly usage?: number;
}

/** A certificate with the private key that belongs to it. */
export interface TestCertificate {
  readonly pem: string;
  readonly privateKey: KeyObject;
}

const SEQUENCE = 0x30;
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A self-made X.509 v3 certificate (RFC 5280, 4.1) of a fictional authority, signed with an Ed25519 key that is thrown away. */
export function makeCertificate(request: CertificateRequest): TestCertificate {
  const { publicKey, privateKey } = keyPair(request.key);
  const algorithm = writeTlv(SEQUENCE, [writeTlv(0x06, Uint8Array.of(0x2b, 0x65, 0x70))]);
  const commonName = writeTlv(SEQUENCE, [
    writeTlv(0x06, Uint8Array.of(0x55, 0x04, 0x03)),
    writeTlv(0x0c, ascii('Meldebehörde Musterstadt')),
  ]);
  const name = writeTlv(SEQUENCE, [writeTlv(0x31, [commonName])]);
  const validity = writeTlv(SEQUENCE, [
    writeTlv(0x18, ascii(request.from ?? '20260101000000Z')),
    writeTlv(0x18, ascii(request.to ?? '20281231235959Z')),
  ]);
  const tbs = writeTlv(SEQUENCE, [
    writeTlv(0xa0, [writeTlv(0x02, Uint8Array.of(2))]),
    writeTlv(0x02, Uint8Array.of(1)),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ format: 'der', type: 'spki' }),
    ...(request.usage === undefined ? [] : [usageExtension(request.usage)]),
  ]);
  const signature = sign(null, tbs, generateKeyPairSync('ed25519').privateKey);
  const der = writeTlv(SEQUENCE, [tbs, algorithm, writeTlv(0x03, Uint8Array.of(0, ...signature))]);
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return { pem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`, privateKey };
}

function keyPair(kind: CertificateRequest['key']): {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
} {
  switch (kind) {
    case 'rsa':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
    case 'rsa-1024':
      return generateKeyPairSync('rsa', { modulusLength: 1024 });
    case 'ec':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'ed25519':
      return generateKeyPairSync('ed25519');
    default:
      return kind satisfies never;
  }
}

function usageExtension(usage: number): Uint8Array {
  const bits = writeTlv(0x03, Uint8Array.of(0, usage));
  const extension = writeTlv(SEQUENCE, [
    writeTlv(0x06, Uint8Array.of(0x55, 0x1d, 0x0f)),
    writeTlv(0x04, bits),
  ]);
  return writeTlv(0xa3, [writeTlv(SEQUENCE, [extension])]);
}
