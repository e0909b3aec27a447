import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { withLock } from './lock.js';

/** Prefix of folders that are being filled; what is left of a killed run is removed by the next. */
const PARTIAL = '.partial-';

/** Where the lab keeps what it prepared: `$XDG_CACHE_HOME/buergerkoffer-lab`, by default under `~/.cache`. */
export function defaultCacheFolder(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const base = env['XDG_CACHE_HOME'];
  // XDG Base Directory Specification: a relative path is to be ignored.
  const isUsable = base !== undefined && isAbsolute(base);
  return join(isUsable ? base : join(homedir(), '.cache'), 'buergerkoffer-lab');
}

/** The complete entries of `folder` (absolute paths), the one that was finished last first. */
export async function cachedEntries(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const entries = await Promise.all(
    names
      .filter((name) => !name.startsWith('.'))
      .map(async (name) => ({ path: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })),
  );
  return entries.sort((a, b) => b.at - a.at).map(({ path }) => path);
}

/** How an entry is made. */
export interface EntryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Another process prepares the cache; this one waits for it. */
  readonly onWait?: () => void;
}

/**
 * The path of entry `name` of `folder`, filled by `fill` unless it is there already. An entry is there whole or not at
 * all: it is filled under another name and renamed at the end. Two processes that want it wait for each other.
 */
export async function cachedEntry(
  folder: string,
  name: string,
  fill: (partial: string) => Promise<void>,
  options: EntryOptions = {},
): Promise<string> {
  const path = join(folder, name);
  if (await exists(path)) return path;
  await mkdir(folder, { recursive: true });
  const lock = `buergerkoffer-lab-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  await withLock(
    lock,
    async () => {
      if (await exists(path)) return;
      await removePartials(folder);
      const partial = await mkdtemp(join(folder, PARTIAL));
      try {
        await fill(partial);
        await rename(partial, path);
      } finally {
        await rm(partial, { recursive: true, force: true });
      }
    },
    options,
  );
  return path;
}

async function removePartials(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(PARTIAL)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
