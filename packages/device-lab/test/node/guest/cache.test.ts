import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cachedEntries, cachedEntry, defaultCacheFolder } from '../../../src/node/guest/cache.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'device-lab-cache-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('an entry of the cache', () => {
  test('is filled once, also when two want it at the same time', async () => {
    let fills = 0;
    const fill = async (partial: string): Promise<void> => {
      fills += 1;
      await writeFile(join(partial, 'image'), 'bytes');
    };
    const paths = await Promise.all([
      cachedEntry(folder, 'kernel_1', fill),
      cachedEntry(folder, 'kernel_1', fill),
    ]);
    expect(paths).toEqual([join(folder, 'kernel_1'), join(folder, 'kernel_1')]);
    expect(fills).toBe(1);
    expect(await readFile(join(folder, 'kernel_1', 'image'), 'utf8')).toBe('bytes');
  });

  test('that could not be filled leaves nothing', async () => {
    const filled = cachedEntry(folder, 'kernel_1', async (partial) => {
      await writeFile(join(partial, 'image'), 'half');
      throw new Error('disk full');
    });
    await expect(filled).rejects.toThrow('disk full');
    expect(await readdir(folder)).toEqual([]);
  });

  test('removes what a killed run has left, and never takes it for an entry', async () => {
    await mkdir(join(folder, '.partial-abcdef'));
    expect(await cachedEntries(folder)).toEqual([]);
    await cachedEntry(folder, 'kernel_1', async () => undefined);
    expect(await readdir(folder)).toEqual(['kernel_1']);
  });
});

test('the entries of a cache are those that are complete, the newest first', async () => {
  for (const [name, seconds] of [
    ['old', 1_000],
    ['new', 3_000],
    ['middle', 2_000],
  ] as const) {
    await mkdir(join(folder, name));
    await utimes(join(folder, name), seconds, seconds);
  }
  const names = (await cachedEntries(folder)).map((path) => path.slice(folder.length + 1));
  expect(names).toEqual(['new', 'middle', 'old']);
  expect(await cachedEntries(join(folder, 'absent'))).toEqual([]);
});

test('the cache lies where XDG says, unless that is relative', () => {
  expect(defaultCacheFolder({ XDG_CACHE_HOME: '/var/cache' })).toBe('/var/cache/buergerkoffer-lab');
  expect(defaultCacheFolder({ XDG_CACHE_HOME: 'here' })).toMatch(/^\/.*\/\.cache\/buergerkoffer-lab$/);
  expect(defaultCacheFolder({})).toMatch(/\/\.cache\/buergerkoffer-lab$/);
});
