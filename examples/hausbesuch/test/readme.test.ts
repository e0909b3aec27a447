import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';

const HERE = fileURLToPath(new URL('.', import.meta.url));

it('the example of the README takes a photo into a sealed case', { timeout: 60_000 }, async () => {
  const readme = await readFile(join(HERE, '../README.md'), 'utf8');
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const folder = await mkdtemp(join(HERE, 'readme-'));
  const log = vi.spyOn(console, 'log').mockReturnValue();
  try {
    const vault = join(folder, 'koffer');
    // A worker has no folder of its own to work in, so the example gets a path.
    await writeFile(join(folder, 'example.ts'), example.replace("'koffer'", JSON.stringify(vault)));
    await import(/* @vite-ignore */ join(folder, 'example.ts'));
    expect(log).toHaveBeenCalledWith(
      [{ type: 'photo' }],
      [{ id: expect.any(String) as string, state: 'open' }],
    );
    expect(await readdir(join(vault, 'cases'))).toHaveLength(1);
  } finally {
    log.mockRestore();
    await rm(folder, { recursive: true });
  }
});
