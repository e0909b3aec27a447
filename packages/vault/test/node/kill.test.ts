import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const WRITER = fileURLToPath(new URL('../support/writer.mjs', import.meta.url));
const isBuilt = existsSync(new URL('../../dist/node/index.js', import.meta.url));
const LIVES = 10;

interface Found {
  readonly events: readonly number[];
  readonly problems: readonly unknown[];
  readonly lost: number;
}

/** One life of the writer, killed once it has acknowledged so many events: what it found, and what it acknowledged. */
async function life(
  folder: string,
  acknowledgements: number,
): Promise<{ readonly found: Found; readonly told: readonly number[] }> {
  const child = spawn(process.execPath, [WRITER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === 1 + acknowledgements) child.kill('SIGKILL');
  }
  const [first = '{}', ...told] = lines;
  return { found: JSON.parse(first) as Found, told: told.map(Number) };
}

it.skipIf(!isBuilt)(
  'loses and doubles no acknowledged event when the process is killed (needs the build)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vault-'));
    try {
      let acknowledged = 0;
      for (let count = 0; count < LIVES; count += 1) {
        const { found, told } = await life(folder, 1 + count * 3);
        expect(found).toMatchObject({ problems: [], lost: 0, events: found.events.map((_, index) => index) });
        // One more may be durable than the writer lived to say.
        expect(found.events.length - acknowledged).toBeGreaterThanOrEqual(0);
        expect(found.events.length - acknowledged).toBeLessThanOrEqual(1);
        acknowledged = found.events.length + told.length;
      }
      expect(acknowledged).toBeGreaterThan(LIVES);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000,
);
