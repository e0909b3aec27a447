import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { handOver } from './readme.example.js';
import { double, cleanUp, seal } from './node/fixtures.js';
import { SAMPLE } from './xmeld/samples.js';

it('runs the example of the README, which is the file that runs here', { timeout: 20_000 }, async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('./readme.example.ts', import.meta.url), 'utf8');
  expect(/```ts\n([\s\S]*?)```/.exec(readme)?.[1]).toBe(example);
  const { url } = await double({ fault: { name: 'reject' } });
  try {
    expect(await handOver(url, SAMPLE, { schemaVersion: 1 }, seal)).toEqual([
      'Die Nachricht wurde aus einem fachlichen Grund abgewiesen.',
    ]);
  } finally {
    await cleanUp();
  }
});
