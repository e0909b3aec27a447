import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { StorageError } from '@buergerkoffer/vault';
import { storageErrorOf } from '@buergerkoffer/vault/node';

/** Where the suitcase and the authority of the demo keep what outlives a process. */
export interface StateFolder {
  readonly root: string;
  /** The suitcase: sealed cases, keys, outbox. */
  readonly vault: string;
  /** The authority: the double's key and what it received. The suitcase never reads it. */
  readonly authority: string;
}

/** The marker without which the demo erases no folder. */
const MARKER = 'buergerkoffer-demo-state';

/** The state folder of the demo that writes to `out`: `given`, or a folder of its own in the user's state folder. */
export function stateFolder(out: string, given: string | undefined): StateFolder {
  const base = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state');
  const own = createHash('sha256').update(resolve(out)).digest('hex').slice(0, 12);
  const root = resolve(given ?? join(base, 'buergerkoffer-demo', own));
  return { root, vault: join(root, 'koffer'), authority: join(root, 'behoerde') };
}

/** Makes the folder, for this user only; a folder with foreign content is refused. */
export async function makeState(state: StateFolder): Promise<void> {
  try {
    await mkdir(state.root, { recursive: true, mode: 0o700 });
    const entries = await readdir(state.root);
    if (entries.length > 0 && !entries.includes(MARKER)) {
      throw new StorageError('denied', 'the state folder holds files that are not of the demo', {
        path: state.root,
        remedy: 'name another folder with --state',
      });
    }
    await writeFile(join(state.root, MARKER), '');
  } catch (error) {
    throw storageErrorOf(error, state.root);
  }
}

/** Removes the folder when it is the demo's; nothing to do when there is none. */
export async function removeState(state: StateFolder): Promise<void> {
  const entries = await readdir(state.root).catch((): string[] => []);
  if (entries.includes(MARKER)) await rm(state.root, { recursive: true, force: true });
}
