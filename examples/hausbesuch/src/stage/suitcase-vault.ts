import { SdkError } from '@buergerkoffer/formats';
import { CaseEvent, readCaseEvent } from '@buergerkoffer/procedures/model';
import type { Vault } from '@buergerkoffer/vault';
import { openVault } from '@buergerkoffer/vault/node';
import type { StateFolder } from './state-folder.js';

/** Words that stand for events in the audit chain. */
const AUDIT_WORDS = CaseEvent.options.map((option) => option.unwrap().shape.type.value);

/** Works with the vault of the suitcase, which is closed afterwards; what it could not recover is thrown, nothing begins on top of it. */
export async function withVault<T>(
  state: StateFolder,
  work: (vault: Vault<CaseEvent>) => Promise<T>,
): Promise<T> {
  const vault = await openVault(state.vault, {
    codec: { read: readCaseEvent, auditWord: (event) => event.type },
    auditWords: AUDIT_WORDS,
  });
  try {
    const [problem] = vault.problems;
    if (problem instanceof SdkError) throw problem;
    if (problem !== undefined) throw new Error('the vault could not be recovered', { cause: problem });
    return await work(vault);
  } finally {
    await vault.close();
  }
}
