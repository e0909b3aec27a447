import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { compressed } from './readme-example.js';
import { ridges } from './support/ridges.js';

it('runs the example of the README, word for word', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('./readme-example.ts', import.meta.url), 'utf8');
  expect(readme).toContain('```ts\n' + example + '```');
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const bytes = compressed(ridges(416, 560));
  expect(bytes.length).toBeLessThanOrEqual(18_431);
  expect(log.mock.calls[0]?.[0]).toMatch(/^416 x 560: 1\d{4} bytes at 0\.\d\d bits per pixel$/);
  log.mockRestore();
});
