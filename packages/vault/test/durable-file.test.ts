import { describe, expect, it } from 'vitest';
import { wipeFile } from '@buergerkoffer/vault';
import { MemoryDisk } from './support/memory-disk.js';

describe('wiping a file', () => {
  it('overwrites all of it durably before its name is removed', async () => {
    const disk = new MemoryDisk();
    const fs = disk.start();
    await fs.makeFolder('/keys');
    const file = await fs.open('/keys/a', 'create');
    await file.write(0, new Uint8Array(100).fill(1));
    await file.sync();
    await fs.syncFolder('/keys');
    const seen: Uint8Array[] = [];
    const watched = {
      ...fs,
      remove: (path: string) => {
        disk.restart('lost', () => 0);
        seen.push(disk.content(path));
        return Promise.resolve();
      },
      syncFolder: () => Promise.resolve(),
    };
    await wipeFile(watched, '/keys/a', new Uint8Array(32).fill(7));
    expect(seen).toEqual([new Uint8Array(100).fill(7)]);
  });

  it('is no error where there is no file', async () => {
    const disk = new MemoryDisk();
    const fs = disk.start();
    await fs.makeFolder('/keys');
    await expect(wipeFile(fs, '/keys/a', new Uint8Array(32))).resolves.toBeUndefined();
  });
});
