import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { genericode } from '../codelists/samples.js';
import { objections } from './readme.example.js';
import { bzr } from './support.js';

it('runs the example of the README, which is the file that runs here', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('./readme.example.ts', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``);
  const message = new TextEncoder().encode(bzr([['<postleitzahl>60000', '<postleitzahl>6']]));
  expect(objections(message, [genericode()])).toEqual([
    'Zeile 2: Die Postleitzahl hat fünf Ziffern und beginnt nicht mit 00. (S999)',
  ]);
});
