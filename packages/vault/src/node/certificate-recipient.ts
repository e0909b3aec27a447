import { findTlv, InputError, readTlvs } from '@buergerkoffer/formats';
import { CompactEncrypt } from 'jose';
import { createHash, X509Certificate } from 'node:crypto';
import type { Recipient } from '../recipient.js';

const ENCRYPTION = 'A256GCM';
const LEAST_RSA_BITS = 2048;
const CURVES: readonly string[] = ['prime256v1', 'secp384r1', 'secp521r1'];
const MAX_PEM_CHARACTERS = 64 * 1024;

/**
 * The authority as recipient, from its X.509 certificate in PEM: RSA-OAEP-256 for RSA keys (from 2048 bits),
 * ECDH-ES+A256KW for P-256, P-384 and P-521, content with A256GCM (RFC 7518).
 *
 * Checked are validity period and key usage (RFC 5280, 4.2.1.3: keyEncipherment for RSA, keyAgreement for EC, where the
 * extension is present), not chain or revocation: the certificate comes from the authority's configuration, which is what is trusted.
 * Throws InputError: `malformed`, `out-of-range` outside its validity, `not-allowed` for another use, `unsupported` for other keys.
 */
export function recipientOfCertificate(pem: string, now: Date): Recipient {
  const certificate = readCertificate(pem);
  checkValidity(certificate, now);
  const alg = algorithmOf(certificate);
  checkUsage(certificate, alg);
  const thumbprint = createHash('sha256').update(certificate.raw).digest();
  return {
    thumbprint: thumbprint.toString('hex'),
    encrypt: (payload) =>
      new CompactEncrypt(payload)
        .setProtectedHeader({ alg, enc: ENCRYPTION, 'x5t#S256': thumbprint.toString('base64url') })
        .encrypt(certificate.publicKey),
  };
}

function readCertificate(pem: string): X509Certificate {
  try {
    if (pem.length > MAX_PEM_CHARACTERS) throw new RangeError('too long');
    return new X509Certificate(pem);
  } catch (cause) {
    throw new InputError('malformed', 'the recipient certificate is no X.509 certificate in PEM', {
      cause,
      path: 'recipientCertificatePem',
    });
  }
}

function checkValidity(certificate: X509Certificate, now: Date): void {
  const from = Date.parse(certificate.validFrom);
  const to = Date.parse(certificate.validTo);
  if (now.getTime() >= from && now.getTime() <= to) return;
  throw new InputError(
    'out-of-range',
    `the recipient certificate is valid from ${new Date(from).toISOString()} to ${new Date(to).toISOString()}`,
    {
      path: 'recipientCertificatePem',
      remedy: 'configure the current certificate of the authority; check the clock',
    },
  );
}

function algorithmOf(certificate: X509Certificate): 'RSA-OAEP-256' | 'ECDH-ES+A256KW' {
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_RSA_BITS)
    return 'RSA-OAEP-256';
  if (asymmetricKeyType === 'ec' && CURVES.includes(asymmetricKeyDetails?.namedCurve ?? ''))
    return 'ECDH-ES+A256KW';
  throw new InputError(
    'unsupported',
    'the recipient certificate needs an RSA key from 2048 bits or a P-256, P-384 or P-521 key',
    {
      path: 'recipientCertificatePem',
    },
  );
}

function checkUsage(certificate: X509Certificate, alg: 'RSA-OAEP-256' | 'ECDH-ES+A256KW'): void {
  const usage = keyUsageBits(certificate.raw);
  const needed = alg === 'RSA-OAEP-256' ? KEY_ENCIPHERMENT : KEY_AGREEMENT;
  if (usage === undefined || (usage & needed) !== 0) return;
  throw new InputError(
    'not-allowed',
    'the key usage of the recipient certificate does not allow encryption',
    {
      path: 'recipientCertificatePem',
    },
  );
}

/** 2.5.29.15 in DER. */
const KEY_USAGE_OID = [0x55, 0x1d, 0x0f];
const EXTENSIONS = 0xa3;
const OBJECT_IDENTIFIER = 0x06;
const OCTET_STRING = 0x04;
const BIT_STRING = 0x03;
/** First byte of the KeyUsage bits, bit 0 highest (RFC 5280, 4.2.1.3). */
const KEY_ENCIPHERMENT = 0x20;
const KEY_AGREEMENT = 0x08;

/** The first eight bits of the KeyUsage extension, or `undefined` when the certificate has none. */
function keyUsageBits(der: Uint8Array): number | undefined {
  const certificate = readTlvs(der, { encoding: 'der' })[0];
  const fields = certificate?.children[0]?.children ?? [];
  const extensions = findTlv(fields, EXTENSIONS)?.children[0]?.children ?? [];
  const usage = extensions.find(({ children }) => {
    const oid = findTlv(children, OBJECT_IDENTIFIER)?.value;
    return oid?.length === KEY_USAGE_OID.length && KEY_USAGE_OID.every((byte, index) => oid[index] === byte);
  });
  const content = usage === undefined ? undefined : findTlv(usage.children, OCTET_STRING)?.value;
  if (content === undefined) return undefined;
  const bits = findTlv(readTlvs(content, { encoding: 'der' }), BIT_STRING)?.value;
  return bits?.[1] ?? 0;
}
