import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const CRASH = fileURLToPath(new URL('../crash/crash.mjs', import.meta.url));

async function crash(...args: readonly string[]): Promise<{ code: unknown; lines: readonly string[] }> {
  const child = spawn(process.execPath, [CRASH, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => (text += more));
  }
  const [code] = (await once(child, 'close')) as unknown[];
  return { code, lines: text.trim().split('\n') };
}

describe('the demo case, killed at random moments', () => {
  // The long run, with at least 200 kills, is `npm run crash`.
  it('loses nothing, doubles nothing, delivers once', { timeout: 180_000 }, async () => {
    const { code, lines } = await crash('--kills', '8', '--parallel', '2');
    expect(lines.at(-1), lines.join('\n')).toBe('crash: 8 kills, 0 lost, 0 doubled, 0 doubled deliveries');
    expect(code).toBe(0);
  });

  it('refuses options that make no sense', async () => {
    expect(await crash('--kills', 'many')).toEqual({
      code: 2,
      lines: ['crash: --kills is a whole number from 1 to 100000; see --help'],
    });
  });
});
