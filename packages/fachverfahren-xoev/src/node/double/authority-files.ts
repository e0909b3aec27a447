import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '@buergerkoffer/formats';
import { readIfThere, writeFolder } from '../durable.js';
import type { TestAuthority } from './test-authority.js';
import { jweDecrypter, testAuthority } from './test-authority.js';
import { usable } from './usable-folder.js';

/**
 * The authority from its files, or the one that the folder holds, which is made when there is none: after a restart
 * the same key opens what was received before. `InputError` `malformed` for a key that cannot be read, `ServiceError`
 * `refused` for a folder that cannot be used.
 */
export async function authorityOf(
  folder: string,
  files: Omit<TestAuthority, 'decrypt'> | undefined,
): Promise<TestAuthority> {
  if (files !== undefined) return authorityFrom(files);
  return usable(folder, () => keptAuthority(join(folder, 'authority')));
}

async function keptAuthority(place: string): Promise<TestAuthority> {
  const privateKeyPem = await readIfThere(join(place, 'key.pem'));
  const certificatePem = await readIfThere(join(place, 'certificate.pem'));
  if (privateKeyPem !== undefined && certificatePem !== undefined) {
    return authorityFrom({ privateKeyPem, certificatePem });
  }
  const made = await testAuthority();
  await mkdir(dirname(place), { recursive: true });
  await writeFolder(place, [
    { path: 'key.pem', bytes: made.privateKeyPem },
    { path: 'certificate.pem', bytes: made.certificatePem },
  ]);
  return made;
}

function authorityFrom(files: Omit<TestAuthority, 'decrypt'>): TestAuthority {
  try {
    return { ...files, decrypt: jweDecrypter(files.privateKeyPem) };
  } catch {
    throw new InputError('malformed', 'the private key is not PKCS #8 in PEM');
  }
}
