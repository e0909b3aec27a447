import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

it('runs the example of the README, word for word', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('./readme.example.ts', import.meta.url), 'utf8');
  expect(readme).toContain('```ts\n' + example + '```');
  const log = vi.spyOn(console, 'log').mockReturnValue();
  try {
    await import('./readme.example.js');
    expect(log.mock.calls).toEqual([
      ['linker Zeigefinger', '416 x 560', true],
      ['rechter Zeigefinger', '416 x 560', true],
    ]);
  } finally {
    log.mockRestore();
  }
}, 60_000);
