import { join } from 'node:path';
import { Command } from 'commander';
import type { TlsOptions } from '@buergerkoffer/core';
import { UsageError } from '../exit-code.js';
import { readInput } from '../read-input.js';
import { stateFolder } from '../user-data.js';

/** How a printer on the network is trusted. */
export interface TrustOptions {
  readonly pin?: string;
  readonly ca?: string;
}

/** A certificate has a few kilobytes. */
const MOST_CERTIFICATE_BYTES = 1024 * 1024;

/** Adds `--pin` and `--ca`. */
export function withTrust(command: Command): Command {
  return command
    .option('--pin <sha256>', 'the one certificate to accept, by its SHA-256 fingerprint in hexadecimal')
    .option('--ca <file>', 'PEM file of the certificate authority to trust');
}

/** What is trusted; without options what this computer trusts. */
export async function tlsOf({ pin, ca }: TrustOptions): Promise<TlsOptions | undefined> {
  if (pin !== undefined && !/^([0-9a-f]{2}:?){32}$/i.test(pin)) {
    throw new UsageError(
      '--pin takes a SHA-256 fingerprint',
      'give 64 hexadecimal digits, as the error message of the certificate has them',
    );
  }
  if (pin === undefined && ca === undefined) return undefined;
  const pem = ca === undefined ? undefined : await readInput(ca, MOST_CERTIFICATE_BYTES, undefined);
  return {
    ...(pin === undefined ? {} : { pin }),
    ...(pem === undefined ? {} : { ca: new TextDecoder().decode(pem) }),
  };
}

/** Where `koffer print` remembers jobs. */
export function journalFolder(): string {
  return join(stateFolder(), 'print-jobs');
}
