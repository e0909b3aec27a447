import type { AuditArchive } from './audit-archive.js';
import type { KeyStore } from './key-store.js';
import type { Outbox } from './outbox.js';
import type { OutboxEntry } from './outbox-entry.js';
import { StorageError } from './storage-error.js';
import type { Supplies } from './supplies.js';
import type { VaultFolders } from './vault-folders.js';

/** What it takes to end a case. */
export interface CaseEnd {
  readonly keyStore: KeyStore;
  readonly folders: VaultFolders;
  readonly audit: AuditArchive;
}

/**
 * Erases a case: the note that it is to be erased, its key, its log, the closing of its audit chain, the note.
 * Each step may be done twice, so a kill between any two is finished by doing all again.
 */
export async function eraseCase({ keyStore, folders, audit }: CaseEnd, caseId: string): Promise<void> {
  // A full disk must not keep a key alive: without the note the case would be `unreadable` and is erased by asking again.
  await folders.beginErasing(caseId).catch(unlessFull);
  await keyStore.destroy(caseId);
  await folders.removeLog(caseId);
  const chain = await audit.of(caseId);
  await chain.appendOnce({ type: 'key-destroyed' });
  await chain.appendOnce({ type: 'erased' });
  await audit.complete(caseId);
  await folders.endErasing(caseId);
}

/** Destroys key and log of a case whose sealed submission is durable; its audit chain goes on until it is delivered. */
export async function finishSealing(
  { keyStore, folders, audit }: CaseEnd,
  entry: OutboxEntry,
): Promise<void> {
  const { caseId, recipient, submissionId } = entry;
  await keyStore.destroy(caseId);
  await folders.removeLog(caseId);
  const chain = await audit.of(caseId);
  await chain.appendOnce({ type: 'sealed', recipient, submission: submissionId });
  await chain.appendOnce({ type: 'key-destroyed' });
  await chain.appendOnce({ type: 'erased' });
}

/** Finishes on opening what a kill interrupted, in the order in which it can have been begun; answers what it could not. */
export async function recover(
  parts: CaseEnd & { readonly outbox: Outbox; readonly supplies: Supplies },
): Promise<readonly unknown[]> {
  const { folders, keyStore, outbox, supplies } = parts;
  const problems: unknown[] = [];
  const attempt = async (task: () => Promise<unknown>): Promise<void> => {
    await task().catch((error: unknown) => problems.push(error));
  };
  for (const entry of await outbox.list()) {
    await attempt(() => finishSealing(parts, entry));
  }
  for (const caseId of await folders.erasing()) await attempt(() => eraseCase(parts, caseId));
  await attempt(async () => problems.push(...(await outbox.recover())));
  await attempt(() => supplies.sweep());
  await attempt(async () => {
    const used = [...(await folders.cases()), ...(await supplies.ids())];
    for (const id of await keyStore.list()) if (!used.includes(id)) await keyStore.destroy(id);
  });
  return problems;
}

function unlessFull(error: unknown): void {
  if (!(error instanceof StorageError) || error.code !== 'full') throw error;
}
