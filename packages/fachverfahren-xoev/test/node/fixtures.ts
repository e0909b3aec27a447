import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicKey, randomUUID } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import type { RegisterPerson, SealedMessage, SealedPayload, Submission } from '../../src/index.js';
import {
  encodeSealedPayload,
  SEALED_CONTENT_TYPE,
  sealedAttachment,
  sealedMessage,
} from '../../src/index.js';
import { writeBzrAnfrage } from '../../src/xmeld/index.js';
import type { DoubleOptions, FachverfahrenDouble, TestAuthority } from '../../src/node/double/index.js';
import { startDouble, testAuthority } from '../../src/node/double/index.js';
import { SAMPLE } from '../xmeld/samples.js';

let made: Promise<TestAuthority> | undefined;

/** One key for all tests of a file: making RSA 3072 takes long. */
export const authority = (): Promise<TestAuthority> => (made ??= testAuthority());

const folders: string[] = [];
const running: FachverfahrenDouble[] = [];

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'double-'));
  folders.push(folder);
  return folder;
}

/** A running double; closed by {@link cleanUp}. */
export async function double(options: Partial<DoubleOptions> = {}): Promise<FachverfahrenDouble> {
  const { decrypt, certificatePem } = await authority();
  const started = await startDouble({
    folder: options.folder ?? (await temporaryFolder()),
    decrypt,
    certificatePem,
    ...options,
  });
  running.push(started);
  return started;
}

export async function cleanUp(): Promise<void> {
  for (const one of running.splice(0)) await one.close();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

/** A JWE as the suitcase makes it. */
export async function seal(plaintext: Uint8Array): Promise<Uint8Array> {
  const { certificatePem } = await authority();
  const key = createPublicKey(certificatePem);
  const jwe = await new CompactEncrypt(plaintext)
    .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
    .encrypt(key);
  return new TextEncoder().encode(jwe);
}

export function message0430(uuid: string = randomUUID()): SealedMessage {
  return sealedMessage('0430', uuid, writeBzrAnfrage({ ...SAMPLE, uuid }));
}

export async function payload(changes: Partial<SealedPayload> = {}): Promise<SealedPayload> {
  return {
    version: 1,
    submissionId: randomUUID(),
    application: { schemaVersion: 1, holder: { familyName: 'Mustermann' } },
    attachments: [
      await sealedAttachment('photo.png', 'image/png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)),
      await sealedAttachment('antrag.pdf', 'application/pdf', Uint8Array.of(0x25, 0x50, 0x44, 0x46)),
    ],
    messages: [message0430()],
    ...changes,
  };
}

export async function submission(changes: Partial<SealedPayload> = {}): Promise<Submission> {
  const content = await payload(changes);
  const body = await seal(encodeSealedPayload(content));
  return { submissionId: content.submissionId, body, contentType: SEALED_CONTENT_TYPE };
}

/** A submission whose payload belongs to another identity: taken, then rejected. */
export async function rejectable(): Promise<Submission> {
  return { ...(await submission()), submissionId: randomUUID() };
}

const MUSTERMANN: RegisterPerson = {
  familyName: 'Mustermann',
  birthName: 'Gabler',
  givenNames: 'Erika Maria',
  birth: { date: '1964-08-12', place: 'Berlin' },
  geschlecht: 'w',
  nationalities: [{ icao: 'D', destatis: '000' }],
  address: { street: 'Heidestraße', houseNumber: '17', postalCode: '51147', city: 'Köln', ags: '05315000' },
  documents: [{ type: '09', serialNumber: 'T220001293', validUntil: '2029-07-31' }],
};

/** Fictional persons: one alone, two of the same name and birthday. */
export const REGISTER: readonly RegisterPerson[] = [
  MUSTERMANN,
  { ...MUSTERMANN, familyName: 'Doppelgänger', birthName: undefined, givenNames: 'Max' },
  { ...MUSTERMANN, familyName: 'Doppelgänger', birthName: undefined, givenNames: 'Max Moritz' },
].map(({ birthName, ...person }) => (birthName === undefined ? person : { ...person, birthName }));
