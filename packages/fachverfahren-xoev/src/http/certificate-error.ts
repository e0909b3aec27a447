import { ServiceError } from '../service-error.js';

/** What Node's TLS says of a certificate that cannot be trusted, and what that means. */
const FAULTS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate of the receiver has expired',
  CERT_NOT_YET_VALID: 'the certificate of the receiver is not valid yet; is the clock right?',
  CERT_REVOKED: 'the certificate of the receiver is revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the receiver is signed by nobody whom this machine trusts',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the receiver is signed by nobody whom this machine trusts',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the issuer of the certificate is not known on this machine',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the issuer of the certificate is not known on this machine',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate belongs to another address',
};

/**
 * The error of a connection whose certificate is not trusted, `undefined` for any other failure. Trying again does not
 * help: the authority renews its certificate, or the network is somebody else's.
 */
export function certificateError(error: unknown, what: string): ServiceError | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code: unknown = Reflect.get(cause, 'code');
    const fault = typeof code === 'string' ? FAULTS[code] : undefined;
    if (fault !== undefined) {
      return new ServiceError('protocol', `${what}: ${fault}`, {
        cause: error,
        retryable: false,
        remedy: 'nothing was sent; tell the authority, and do not switch off the check of certificates',
      });
    }
  }
  return undefined;
}
