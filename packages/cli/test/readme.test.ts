import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { areWhole } from './readme-example.js';
import { tempFile } from './support/temp-folder.js';

it('runs the example of the README, word for word', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('./readme-example.ts', import.meta.url), 'utf8');
  expect(readme).toContain('```ts\n' + example + '```');
  const lines: string[] = [];
  expect(await areWhole([tempFile('audit.jsonl', '')], (line) => lines.push(line))).toBe(false);
  expect(lines).toEqual([expect.stringContaining('"verified":false')]);
});
