import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows in the README the example that runs here', () => {
  expect(text('../README.md')).toContain(`\`\`\`ts\n${text('./readme.example.ts')}\`\`\``);
});

it('runs the example of the README', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  await import('./readme.example.js');
  expect(log.mock.calls[0]).toEqual(['net:lamp.local#lamp', ['acme-lamp'], { state: 'free' }]);
  log.mockRestore();
});
