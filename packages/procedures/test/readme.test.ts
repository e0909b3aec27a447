import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { visit } from './readme-example.js';
import { AUTHORITY } from './support/authority.js';
import { EVENTS } from './support/case-events.js';

it('the example of the README is the one that runs here', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('readme-example.ts', import.meta.url), 'utf8');
  expect(readme).toContain(example);
});

it('the example answers, charges and says what comes next', () => {
  const { answer, totalCents, next } = visit(JSON.stringify(AUTHORITY), JSON.stringify(EVENTS.requested));
  expect(answer).toMatchObject({ outcome: 'yes', decidedBy: 'statute', citation: '§ 9 Abs. 1 PAuswG' });
  expect(totalCents).toBe(4600);
  expect(next).toEqual(['Berechtigung prüfen', 'Koffer prüfen']);
});
