import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Loads the README's example of this number, from 0, as a module beside the tests; what it exports is given to `use`. */
export async function withExample<T>(
  number: number,
  use: (example: Record<string, unknown>) => T | Promise<T>,
): Promise<T> {
  const readme = await readFile(join(HERE, '../README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, block = '']) => block);
  const example = blocks[number];
  if (example === undefined) throw new Error(`the README has no example ${number}`);
  const folder = await mkdtemp(join(HERE, 'readme-'));
  try {
    await writeFile(join(folder, 'example.ts'), example);
    const loaded: unknown = await import(/* @vite-ignore */ join(folder, 'example.ts'));
    return await use(loaded as Record<string, unknown>);
  } finally {
    await rm(folder, { recursive: true });
  }
}
