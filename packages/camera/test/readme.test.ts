import { tmpdir } from 'node:os';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Subscription } from 'rxjs';
import { expect, it, vi } from 'vitest';
import { smallJpeg } from './small-jpeg.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Writes a block of the README beside this test and loads it. */
async function loaded<T>(number: number, use: (example: Record<string, unknown>) => Promise<T>): Promise<T> {
  const readme = await readFile(join(HERE, '../README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, block = '']) => block);
  const folder = await mkdtemp(join(HERE, 'readme-'));
  try {
    await writeFile(join(folder, 'example.ts'), blocks[number] ?? '');
    return await use(
      (await import(/* @vite-ignore */ join(folder, 'example.ts'))) as Record<string, unknown>,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

it('the example of the README takes a photo', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  try {
    await loaded(0, () =>
      vi.waitFor(() => {
        expect(log.mock.calls.flat()).toContain('nicht geprüft');
      }, 10_000),
    );
    expect(log.mock.calls.flat()).toContain('StandStill');
  } finally {
    log.mockRestore();
  }
}, 20_000);

it('the second example watches for cameras on a cable and in the network', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  try {
    await loaded(1, async ({ watching }) => {
      await vi.waitFor(() => {
        expect(log.mock.calls.flat(2)).toContain('unknown maker ptp-ip');
      }, 15_000);
      (watching as Subscription).unsubscribe();
    });
  } finally {
    log.mockRestore();
  }
}, 20_000);

it('the third example gives the newest photo of a card', async () => {
  const card = await mkdtemp(join(tmpdir(), 'card-'));
  try {
    await writeFile(join(card, 'IMG_0001.JPG'), smallJpeg(24, 16));
    await loaded(2, async ({ newestPhoto }) => {
      const newest = await (newestPhoto as (card: string) => Promise<unknown>)(card);
      expect(newest).toMatchObject({ photo: { widthPx: 24 }, exif: {} });
    });
  } finally {
    await rm(card, { recursive: true });
  }
}, 20_000);
