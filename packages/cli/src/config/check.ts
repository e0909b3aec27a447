import { X509Certificate } from 'node:crypto';
import { berlinDate, InputError } from '@buergerkoffer/formats';
import { readAuthorityConfig, type AuthorityConfig } from '@buergerkoffer/procedures/model';
import { recipientOfCertificate } from '@buergerkoffer/vault/node';
import { TEST_NAME } from './example.js';

/** A certificate that ends within so many days is worth a warning. */
const SOON_DAYS = 28;
const DAY_MS = 86_400_000;

/** Something in a configuration that works, and should still be changed. */
export interface ConfigWarning {
  /** Stable name for programs. */
  readonly code: string;
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** A configuration that is complete, and what is to be said about it. */
export interface CheckedConfig {
  readonly config: AuthorityConfig;
  readonly warnings: readonly ConfigWarning[];
}

/**
 * Reads a configuration and tries its certificates as of `now`; `InputError` with the path of the first fault,
 * `certificates[1].pem` for a certificate to which no case can be sealed.
 */
export function checkConfig(text: string, now: Date): CheckedConfig {
  const config = readAuthorityConfig(text);
  const certificates = config.certificates.flatMap(({ purpose, pem }, index) =>
    certificateWarnings(purpose, pem, `certificates[${index}].pem`, now),
  );
  return { config, warnings: [...certificates, ...addressWarnings(config), ...policyWarnings(config, now)] };
}

function certificateWarnings(
  purpose: 'sealing' | 'audit',
  pem: string,
  path: string,
  now: Date,
): readonly ConfigWarning[] {
  const certificate = readCertificate(pem, path);
  if (purpose === 'sealing') assertSealable(pem, path, now);
  const days = Math.floor((Date.parse(certificate.validTo) - now.getTime()) / DAY_MS);
  const warnings: ConfigWarning[] = [];
  const remedy = 'put the next certificate of the authority into the file';
  if (days < 0) {
    const message = `the certificate for ${purpose} ended ${-days} days ago`;
    warnings.push({ code: 'certificate-expired', path, message, remedy });
  } else if (days < SOON_DAYS) {
    const message = `the certificate for ${purpose} ends in ${days} days`;
    warnings.push({ code: 'certificate-expires-soon', path, message, remedy });
  }
  if (Date.parse(certificate.validFrom) > now.getTime()) {
    const message = `the certificate for ${purpose} is not valid yet`;
    warnings.push({ code: 'certificate-not-yet-valid', path, message, remedy: 'check the clock, or wait' });
  }
  if (certificate.subject.includes(TEST_NAME)) {
    warnings.push({
      code: 'certificate-for-tests',
      path,
      message: 'the certificate was made for tests: perhaps nobody can open what is sealed to it',
      remedy: 'ask the authority for the certificate of its Fachverfahren',
    });
  }
  return warnings;
}

function readCertificate(pem: string, path: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new InputError('malformed', 'no X.509 certificate in PEM', { path, cause });
  }
}

/** Tries what sealing will do, so that the fault shows here and not at the bedside. */
function assertSealable(pem: string, path: string, now: Date): void {
  try {
    recipientOfCertificate(pem, now);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.code, error.message, { path, remedy: error.remedy, cause: error });
  }
}

function addressWarnings({ fachverfahren }: AuthorityConfig): readonly ConfigWarning[] {
  if (!fachverfahren.baseUrl.startsWith('http:')) return [];
  return [
    {
      code: 'address-without-tls',
      path: 'fachverfahren.baseUrl',
      message: 'the address is http: it reaches a program on this machine only',
      remedy: 'give the https address of the Fachverfahren',
    },
  ];
}

function policyWarnings({ policy }: AuthorityConfig, now: Date): readonly ConfigWarning[] {
  const today = berlinDate(now);
  const remedy = 'put the policy of the municipality that is in force into the file';
  if (policy.validTo !== undefined && policy.validTo < today) {
    const message = `the policy ended on ${policy.validTo}`;
    return [{ code: 'policy-ended', path: 'policy.validTo', message, remedy }];
  }
  if (policy.validFrom > today) {
    const message = `the policy begins on ${policy.validFrom}`;
    return [{ code: 'policy-not-yet-valid', path: 'policy.validFrom', message, remedy }];
  }
  return [];
}
