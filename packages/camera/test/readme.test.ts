import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';

const HERE = fileURLToPath(new URL('.', import.meta.url));

it('the example of the README takes a photo', async () => {
  const readme = await readFile(join(HERE, '../README.md'), 'utf8');
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const folder = await mkdtemp(join(HERE, 'readme-'));
  try {
    await writeFile(join(folder, 'example.ts'), example);
    await import(/* @vite-ignore */ join(folder, 'example.ts'));
    await vi.waitFor(() => {
      expect(log.mock.calls.flat()).toContain('nicht geprüft');
    }, 10_000);
    expect(log.mock.calls.flat()).toContain('StandStill');
  } finally {
    log.mockRestore();
    await rm(folder, { recursive: true });
  }
}, 20_000);
