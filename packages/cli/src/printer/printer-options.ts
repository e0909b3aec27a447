import { join } from 'node:path';
import { Command } from 'commander';
import type { TlsOptions } from '@buergerkoffer/core';
import type { HttpLogin } from '@buergerkoffer/core/node';
import { UsageError } from '../exit-code.js';
import { readInput } from '../read-input.js';
import { stateFolder } from '../user-data.js';

/** How a printer on the network is trusted, and who prints there. */
export interface TrustOptions {
  readonly pin?: string;
  readonly ca?: string;
  readonly login?: string;
  readonly basicInTheClear?: boolean;
}

/** A certificate has a few kilobytes. */
const MOST_CERTIFICATE_BYTES = 1024 * 1024;
const MOST_LOGIN_BYTES = 1024;

/** Adds `--pin`, `--ca`, `--login` and `--basic-in-the-clear`. */
export function withTrust(command: Command): Command {
  return command
    .option('--pin <sha256>', 'the one certificate to accept, by its SHA-256 fingerprint in hexadecimal')
    .option('--ca <file>', 'PEM file of the certificate authority to trust')
    .option('--login <file>', 'file with user:password in its first line, for a printer that asks for them')
    .option(
      '--basic-in-the-clear',
      'say the password also to a printer without encryption that takes nothing else',
    );
}

/** Who prints; without `--login` nobody is named. A password stands in a file: other users see the arguments of a program. */
export async function loginOf({
  login,
  basicInTheClear = false,
}: TrustOptions): Promise<HttpLogin | undefined> {
  if (login === undefined) return undefined;
  const bytes = await readInput(login, MOST_LOGIN_BYTES, undefined);
  const [, user, password] = /^([^:\r\n]+):([^\r\n]*)/u.exec(new TextDecoder().decode(bytes)) ?? [];
  if (user === undefined || password === undefined) {
    throw new UsageError(
      '--login names a file without user and password',
      'write user:password into its first line',
    );
  }
  return { user, password, basicInTheClear };
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
