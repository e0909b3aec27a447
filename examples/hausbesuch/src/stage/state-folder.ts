import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { StorageError } from '@buergerkoffer/vault';
import { nodeFileSystem, storageErrorOf } from '@buergerkoffer/vault/node';

/** Where the suitcase and the authority of the demo keep what outlives a process. */
export interface StateFolder {
  readonly root: string;
  /** The suitcase: sealed cases, keys, outbox. */
  readonly vault: string;
  /** The authority: the double's key and what it received. The suitcase never reads it. */
  readonly authority: string;
}

/** What an earlier run left: nothing, a visit that can go on, or only its remains. */
export type LeftBehind = 'nothing' | 'unfinished' | 'remains';

/** The file without which the demo erases no folder; its content says whether the run in it has ended. */
const MARKER = 'buergerkoffer-demo-state';
const ENDED = 'ended';

/** The state folder of the demo that writes to `out`: `given`, or a folder of its own in the user's state folder. */
export function stateFolder(out: string, given: string | undefined): StateFolder {
  const base = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state');
  const own = createHash('sha256').update(resolve(out)).digest('hex').slice(0, 12);
  const root = resolve(given ?? join(base, 'buergerkoffer-demo', own));
  return { root, vault: join(root, 'koffer'), authority: join(root, 'behoerde') };
}

/** What lies in the folder; `StorageError` `denied` when it holds files that are not the demo's. */
export async function lookIntoState({ root }: StateFolder): Promise<LeftBehind> {
  try {
    const entries = await entriesOf(root);
    if (entries.length === 0) return 'nothing';
    if (!entries.includes(MARKER)) {
      throw new StorageError('denied', 'the state folder holds files that are not of the demo', {
        path: root,
        remedy: 'name another folder with --state',
      });
    }
    return (await readFile(join(root, MARKER), 'utf8')).trim() === ENDED ? 'remains' : 'unfinished';
  } catch (error) {
    throw storageErrorOf(error, root);
  }
}

/** Makes the folder, for this user only; nothing to do when it is there. */
export async function makeState({ root, vault }: StateFolder): Promise<void> {
  try {
    await nodeFileSystem.makeFolder(root);
    await writeFile(join(root, MARKER), '');
    await nodeFileSystem.makeFolder(vault);
  } catch (error) {
    throw storageErrorOf(error, root);
  }
}

/** From now on there is nothing in the folder that could go on, also when removing it is interrupted. */
export async function endState({ root }: StateFolder): Promise<void> {
  try {
    const draft = join(root, `${MARKER}.new`);
    await writeFile(draft, ENDED);
    await rename(draft, join(root, MARKER));
  } catch (error) {
    throw storageErrorOf(error, root);
  }
}

/** Removes what is the demo's, the marker last: an interrupted removal can be taken up again. */
export async function removeState(state: StateFolder): Promise<void> {
  const { root } = state;
  if ((await lookIntoState(state)) === 'nothing') return;
  try {
    for (const entry of (await entriesOf(root)).filter((name) => name !== MARKER)) {
      await rm(join(root, entry), { recursive: true, force: true });
    }
    await rm(join(root, MARKER), { force: true });
  } catch (error) {
    throw storageErrorOf(error, root);
  }
  // The root of a mounted disk stays, empty.
  await rmdir(root).catch(() => undefined);
}

async function entriesOf(root: string): Promise<string[]> {
  return readdir(root).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
}
