import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows in the README the example for browsers that runs in Chromium', () => {
  expect(text('../../README.md')).toContain(`\`\`\`ts\n${text('./browser.example.ts')}\`\`\``);
});
