import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { nodeFileSystem } from '@buergerkoffer/vault/node';

/** Where the user's data lies: `$XDG_DATA_HOME/buergerkoffer`, by default under `~/.local/share`. */
export function dataFolder(env: NodeJS.ProcessEnv = process.env): string {
  return ownFolder(env['XDG_DATA_HOME'], 'share');
}

/** Where lies what is remembered from run to run: `$XDG_STATE_HOME/buergerkoffer`, by default under `~/.local/state`. */
export function stateFolder(env: NodeJS.ProcessEnv = process.env): string {
  return ownFolder(env['XDG_STATE_HOME'], 'state');
}

function ownFolder(base: string | undefined, name: string): string {
  // XDG Base Directory Specification: a relative path is to be ignored.
  const isUsable = base !== undefined && isAbsolute(base);
  return join(isUsable ? base : join(homedir(), '.local', name), 'buergerkoffer');
}

/** Stores a file of the user's data, whole or not at all, with the folder that it is in; `StorageError` where the disk fails. */
export async function storeUserData(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.part`;
  await nodeFileSystem.makeFolder(dirname(path));
  try {
    const file = await nodeFileSystem.open(draft, 'create');
    try {
      await file.write(0, bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await nodeFileSystem.rename(draft, path);
  } catch (error) {
    await nodeFileSystem.remove(draft).catch(() => undefined);
    throw error;
  }
  await nodeFileSystem.syncFolder(dirname(path));
}
