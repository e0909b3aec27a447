import { resolve, sep } from 'node:path';
import type { AuditSigner } from '../audit-log.js';
import type { EventCodec } from '../case.js';
import { systemClock, type Clock } from '../clock.js';
import { FileKeyStore } from '../file-key-store.js';
import type { FileSystemPort } from '../file-system.js';
import type { KeyStore } from '../key-store.js';
import type { ProcessPort } from '../process-lock.js';
import { Vault } from '../vault.js';
import { recipientOfCertificate } from './certificate-recipient.js';
import { fileAuditSigner } from './file-audit-signer.js';
import { nodeCrypto } from './node-crypto.js';
import { nodeFileSystem } from './node-file-system.js';
import { nodeProcess } from './node-process.js';

/** How a vault is opened; all but the codec has a default. */
export interface VaultOptions<E> {
  readonly codec: EventCodec<E>;
  /** Every word that `codec.auditWord` may give: `[a-z][a-z0-9-]*`, at most 40 characters, at most 128 words. Default none. */
  readonly auditWords?: readonly string[];
  /** Where case keys are kept. Default: files in the vault's folder, for demonstration only. */
  readonly keyStore?: KeyStore;
  /** What signs the audit chains. Default: a key file in the vault's folder, for demonstration only. */
  readonly signer?: AuditSigner;
  readonly clock?: Clock;
  /** Random numbers from 0 to below 1 for the pauses of the outbox. Default `Math.random`. */
  readonly random?: () => number;
  /** Default Node's files; tests inject one that fails. */
  readonly fileSystem?: FileSystemPort;
  /** Default this process. */
  readonly process?: ProcessPort;
}

/**
 * Opens the vault in a folder, making it when absent; rejects with a StorageError, `locked` when another process has it open.
 * What a crash interrupted is finished first.
 */
export async function openVault<E>(folder: string, options: VaultOptions<E>): Promise<Vault<E>> {
  const root = resolve(folder).split(sep).join('/');
  const fs = options.fileSystem ?? nodeFileSystem;
  await fs.makeFolder(root);
  return Vault.open(root, {
    fs,
    crypto: nodeCrypto,
    process: options.process ?? (await nodeProcess()),
    clock: options.clock ?? systemClock,
    keyStore: options.keyStore ?? new FileKeyStore(fs, nodeCrypto, `${root}/keys`),
    signer: async () => options.signer ?? fileAuditSigner(fs, `${root}/audit-key.pem`),
    recipient: (pem, now) => recipientOfCertificate(pem, now),
    codec: options.codec,
    auditWords: options.auditWords ?? [],
    random: options.random ?? Math.random,
  });
}
