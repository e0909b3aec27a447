import type { KeyObject } from 'node:crypto';
import { randomBytes, sign } from 'node:crypto';
import { writeTlv } from '@buergerkoffer/formats';

/** What a self-signed certificate says. */
export interface CertificateSubject {
  /** Common name; printable ASCII or any UTF-8. */
  readonly commonName: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** What the key is for; `sealing` when left out. */
  readonly use?: 'sealing' | 'signing' | 'server';
  /** Name of the host for a `server`. */
  readonly host?: string;
}

/** DER tags (X.690) that a certificate needs. */
const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  nothing: 0x05,
  objectId: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  dnsName: 0x82,
  version: 0xa0,
  extensions: 0xa3,
} as const;

/** Object identifiers in DER content: signature algorithms, commonName, keyUsage, subjectAltName. */
const OID = {
  sha256WithRsa: Buffer.from('2a864886f70d01010b', 'hex'),
  ecdsaWithSha256: Buffer.from('2a8648ce3d040302', 'hex'),
  commonName: Buffer.from('550403', 'hex'),
  keyUsage: Buffer.from('551d0f', 'hex'),
  subjectAltName: Buffer.from('551d11', 'hex'),
} as const;

/** KeyUsage (RFC 5280, 4.2.1.3): keyEncipherment (bit 2) opens sealed cases, digitalSignature (bit 0) signs. */
const KEY_USAGE = {
  sealing: Buffer.from('0520', 'hex'),
  signing: Buffer.from('0780', 'hex'),
  server: Buffer.from('0780', 'hex'),
} as const;

/** A self-signed X.509 v3 certificate (RFC 5280) of an RSA or EC key, in PEM; it does what `use` says and nothing else. */
export function selfSignedCertificate(
  keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
  subject: CertificateSubject,
): string {
  const algorithm =
    keys.publicKey.asymmetricKeyType === 'ec'
      ? sequence(der(TAG.objectId, OID.ecdsaWithSha256))
      : sequence(der(TAG.objectId, OID.sha256WithRsa), der(TAG.nothing));
  const name = sequence(
    der(TAG.set, sequence(der(TAG.objectId, OID.commonName), der(TAG.utf8, Buffer.from(subject.commonName)))),
  );
  const keyUsage = sequence(
    der(TAG.objectId, OID.keyUsage),
    der(TAG.octetString, der(TAG.bitString, KEY_USAGE[subject.use ?? 'sealing'])),
  );
  const names =
    subject.host === undefined
      ? []
      : [
          sequence(
            der(TAG.objectId, OID.subjectAltName),
            der(TAG.octetString, sequence(der(TAG.dnsName, Buffer.from(subject.host)))),
          ),
        ];
  const content = sequence(
    der(TAG.version, der(TAG.integer, Uint8Array.of(2))),
    // A leading 01 keeps the number positive and of 16 bytes.
    der(TAG.integer, Buffer.concat([Uint8Array.of(1), randomBytes(15)])),
    algorithm,
    name,
    sequence(time(subject.notBefore), time(subject.notAfter)),
    name,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    der(TAG.extensions, sequence(keyUsage, ...names)),
  );
  const signature = sign('sha256', content, keys.privateKey);
  const certificate = sequence(content, algorithm, der(TAG.bitString, Uint8Array.of(0), signature));
  const lines = Buffer.from(certificate)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  return writeTlv(tag, content);
}

function sequence(...content: readonly Uint8Array[]): Uint8Array {
  return der(TAG.sequence, ...content);
}

/** UTCTime, which RFC 5280 demands to the year 2049: YYMMDDhhmmssZ. */
function time(date: Date): Uint8Array {
  return der(TAG.utcTime, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(2, 14)}Z`));
}
