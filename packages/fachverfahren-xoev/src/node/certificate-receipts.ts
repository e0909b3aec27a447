import { X509Certificate } from 'node:crypto';
import { InputError } from '@buergerkoffer/formats';
import { compactVerify } from 'jose';
import type { ReceiptVerifier } from '../index.js';
import { ServiceError } from '../index.js';

/** Signatures of receipts that are taken: never one of a shared secret. */
const ALGORITHMS = ['ES256', 'ES384', 'PS256', 'PS512', 'EdDSA'];

/**
 * Checks receipts against the certificate with which the authority signs them, PEM, as its configuration names it; chain
 * and revocation are not looked up. `InputError` `malformed` for no certificate. The verifier rejects with `ServiceError`
 * `protocol` when the certificate is out of date at that moment or the signature is not its own.
 */
export function certificateReceipts(
  certificatePem: string,
  now: () => Date = () => new Date(),
): ReceiptVerifier {
  const certificate = readCertificate(certificatePem);
  return async (signed) => {
    const at = now().getTime();
    if (at > Date.parse(certificate.validTo) || at < Date.parse(certificate.validFrom)) {
      throw new ServiceError('protocol', 'the certificate for receipts is out of date', {
        retryable: false,
        remedy: 'install the new certificate of the authority; check the clock of the suitcase',
      });
    }
    try {
      const { payload } = await compactVerify(signed, certificate.publicKey, { algorithms: ALGORITHMS });
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as unknown;
    } catch (error) {
      throw new ServiceError('protocol', 'a receipt is not signed by the authority', {
        cause: error,
        remedy: 'nothing counts as delivered; check who answers at the address',
      });
    }
  };
}

function readCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (error) {
    throw new InputError('malformed', 'the certificate for receipts is not PEM', { cause: error });
  }
}
