import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import * as formats from '../src/index.js';

it('runs the example of the README', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const body = example.replace(/import (\{[^}]*\}) from '@buergerkoffer\/formats';/, 'const $1 = formats;');
  const lines: unknown[][] = [];
  const print = { log: (...values: unknown[]) => lines.push(values), error: vi.fn() };
  // The example is plain JavaScript of our own README.
  new Function('formats', 'console', body)(formats, print);
  expect(print.error).not.toHaveBeenCalled();
  expect(lines[0]).toEqual(['T22000129', 'MUSTERMANN']);
  expect(lines[1]?.[0]).toBeGreaterThan(61);
  expect(lines[2]?.[0]).toMatchObject({ reason: 'not-in-repertoire', position: 0, codePoint: 'U+0418' });
});
