import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { paAntrag } from '@buergerkoffer/print/forms';
import { application } from './readme-application.example.js';

it('runs the first example of the README, word for word', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('./readme-application.example.ts', import.meta.url), 'utf8');
  expect(readme).toContain('```ts\n' + example + '```');
  const pdf = await application((await paAntrag.samples.assets?.('filled')) ?? {});
  expect(Buffer.from(pdf.subarray(0, 5)).toString('latin1')).toBe('%PDF-');
});
