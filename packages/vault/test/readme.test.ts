import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { visit } from './readme-example.js';
import { makeCertificate } from './support/certificates.js';

it('runs the example of the README, word for word', async () => {
  const source = readFileSync(new URL('./readme-example.ts', import.meta.url), 'utf8');
  const region = /\/\/ #region readme\n(.*?)\/\/ #endregion/s.exec(source)?.[1] ?? 'none';
  expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(region);

  const folder = mkdtempSync(join(tmpdir(), 'vault-'));
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    // The example runs with the system's clock.
    const { pem } = makeCertificate({ key: 'ec', from: '20200101000000Z', to: '20991231235959Z' });
    writeFileSync(join(folder, 'authority.pem'), pem);
    expect(await visit(join(folder, 'vault'), join(folder, 'authority.pem'))).toBe(true);
    expect(log.mock.calls.map((call) => String(call.at(-1)))).toEqual(['2', 'sending', 'accepted']);
  } finally {
    log.mockRestore();
    rmSync(folder, { recursive: true, force: true });
  }
});
