import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { serveIppPrinter } from '@buergerkoffer/print/node';
import { SimulatedIppPrinter, testPages } from '@buergerkoffer/print/simulator';
import { printOnce } from './readme-printer.example.js';

vi.setConfig({ testTimeout: 30_000 });

it('runs the example of the README, word for word', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('./readme-printer.example.ts', import.meta.url), 'utf8');
  expect(readme).toContain('```ts\n' + example + '```');
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  const simulated = new SimulatedIppPrinter({ paceMs: 1 });
  const { uri, unplug } = await serveIppPrinter(simulated);
  try {
    const jobUuid = crypto.randomUUID();
    for (const _ of [1, 2]) {
      expect(await printOnce(uri, testPages(2), jobUuid, folder)).toEqual({ type: 'done', pages: 2 });
    }
    expect(simulated.printed).toHaveLength(1);
  } finally {
    await unplug();
    simulated.restart();
    rmSync(folder, { recursive: true, force: true });
  }
});
