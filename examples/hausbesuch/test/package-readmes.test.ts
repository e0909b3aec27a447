import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PACKAGES = fileURLToPath(new URL('../../../packages/', import.meta.url));

/** What the first example of a README prints at last. */
const PRINTS: Readonly<Record<string, RegExp>> = {
  signature: /^900 132 \d+$/,
  eid: /ECDH-GM/,
  connectivity: /^online /,
  fingerprint: /^416 x 560 Pixel$/,
};

describe('the first example of a package, as its README has it', () => {
  // The service that the example of the network asks is nowhere; that example goes on for two seconds.
  vi.stubGlobal('fetch', () => Promise.resolve(new Response()));

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(Object.keys(PRINTS))('%s runs', async (name) => {
    const readme = await readFile(join(PACKAGES, name, 'README.md'), 'utf8');
    const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
    const lines: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((...words) => {
      lines.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '));
    });
    const folder = await mkdtemp(join(HERE, 'readme-'));
    try {
      await writeFile(join(folder, 'example.ts'), example);
      await import(/* @vite-ignore */ join(folder, 'example.ts'));
      await vi.waitFor(() => {
        expect(lines).toContainEqual(expect.stringMatching(PRINTS[name] ?? /^$/));
      }, 20_000);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
