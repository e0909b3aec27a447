import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

it('runs the example of the README, word for word', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('./readme.example.ts', import.meta.url), 'utf8');
  expect(readme).toContain('```ts\n' + example + '```');
  const log = vi.spyOn(console, 'log').mockReturnValue();
  try {
    await import('./readme.example.js');
    const told = log.mock.calls.map((line) => line.join(' '));
    expect(told[0]).toBe('Bitte auflegen: rechter Zeigefinger (Versuch 1)');
    expect(told).toContain('Aufgenommen: rechter Zeigefinger, linker Daumen.');
    expect(told.filter((line) => line.endsWith('bytes for the chip'))).toHaveLength(2);
  } finally {
    log.mockRestore();
  }
}, 120_000);
