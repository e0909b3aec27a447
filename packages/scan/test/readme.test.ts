import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';

const HERE = fileURLToPath(new URL('.', import.meta.url));

it('the example of the README scans two pages', async () => {
  const readme = await readFile(join(HERE, '../README.md'), 'utf8');
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const folder = await mkdtemp(join(HERE, 'readme-'));
  try {
    await writeFile(join(folder, 'example.ts'), example);
    await import(/* @vite-ignore */ join(folder, 'example.ts'));
    expect(log.mock.calls.flat()).toEqual(['page 1: 2480 x 3508', 'page 2: 2480 x 3508']);
  } finally {
    log.mockRestore();
    await rm(folder, { recursive: true });
  }
}, 20_000);
