import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { testPages } from '@buergerkoffer/print/simulator';
import { missingPrograms } from '../support/debian-programs.js';
import { PrinterBench } from '../support/printer-bench.js';

vi.setConfig({ testTimeout: 90_000 });

describe.skipIf(missingPrograms('ipptool').length > 0)("Debian's ipptool", () => {
  it.each([
    'ipp-1.1.test',
    'ipp-2.0.test',
    'get-printer-attributes.test',
    'get-jobs.test',
    'print-job-and-wait.test',
    'create-job.test',
    'identify-printer.test',
  ])('finds nothing wrong with the simulated printer: %s', async (suite) => {
    await using bench = await PrinterBench.with({ paceMs: 200 });
    const folder = mkdtempSync(join(tmpdir(), 'ipptool-'));
    try {
      cpSync('/usr/share/cups/ipptool', folder, { recursive: true });
      writeFileSync(join(folder, 'sample.pdf'), testPages(2));
      // Debian lacks the sample documents.
      const suites = readFileSync(join(folder, suite), 'utf8');
      for (const [, name = ''] of suites.matchAll(/^\s*FILE ([\w-]+\.\w+)/gm)) {
        writeFileSync(join(folder, name), testPages(2));
      }
      const { status, said } = await ranIpptool(folder, bench.uri, suite);
      expect(status, said).toBe(0);
      expect(said).not.toContain('[FAIL]');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Not `spawnSync`: the printer lives in this process. */
function ranIpptool(
  folder: string,
  uri: string,
  suite: string,
): Promise<{ readonly status: number | null; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('ipptool', ['-tI', '-f', join(folder, 'sample.pdf'), uri, join(folder, suite)], {
      cwd: folder,
      timeout: 80_000,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject).once('close', (status) => {
      resolve({ status, said });
    });
  });
}
