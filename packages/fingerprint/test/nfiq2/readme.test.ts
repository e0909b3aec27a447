import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { qualityOf } from './readme-example.js';
import { syntheticPrint } from './support/prints.js';
import { bytesOf, imageOf, referenceMinutiae, scored, withoutReference } from './support/reference.js';

vi.setConfig({ testTimeout: 30_000 });

it('the example of the README stands there word for word, and tells a forest that is not of NIST', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const example = readFileSync(new URL('./readme-example.ts', import.meta.url), 'utf8');
  expect(readme).toContain('```ts\n' + example + '```');
  const none = { name: 'none', minutiaeOf: () => [] };
  await expect(qualityOf(syntheticPrint(), new Uint8Array(9), none)).rejects.toMatchObject({
    code: 'malformed',
  });
});

it.skipIf(withoutReference)('the example of the README scores a print', async () => {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const [name = '', expected] = scored[0] ?? [];
  if (expected === undefined) throw new Error('no image');
  await qualityOf(imageOf(expected), bytesOf('nfiq2/nist_plain_tir-ink.yaml.gz'), referenceMinutiae(name));
  expect(log.mock.calls[0]).toEqual([expected.score, 'NFIQ2', '2.3', 'FingerJetFX OSE', true]);
  log.mockRestore();
});
