import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runGuest, type GuestEnd } from '../../../src/node/guest/run-guest.js';

const MACHINE = {
  kernel: '/none',
  initramfs: '/none',
  accelerator: 'tcg',
  processors: 1,
  memoryMiB: 64,
  extra: [],
} as const;

const PATH = process.env['PATH'] ?? '';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'device-lab-qemu-'));
  process.env['PATH'] = `${folder}:${PATH}`;
});
afterEach(async () => {
  process.env['PATH'] = PATH;
  await rm(folder, { recursive: true, force: true });
});

/** Runs a guest with a shell script in the place of QEMU. */
async function runWith(
  script: string,
  options: { readonly signal?: AbortSignal; readonly bootMs?: number; readonly onLine?: () => void } = {},
): Promise<{ readonly end: GuestEnd; readonly console: string; readonly lines: readonly string[] }> {
  const qemu = join(folder, 'qemu-system-x86_64');
  await writeFile(qemu, `#!/bin/sh\n${script}\n`);
  await chmod(qemu, 0o755);
  let console = '';
  const lines: string[] = [];
  const listener = {
    onConsole: (text: string) => (console += text),
    onLine: (line: string) => {
      lines.push(line);
      options.onLine?.();
    },
  };
  const end = await runGuest(MACHINE, listener, options);
  return { end, console, lines };
}

describe('a guest', () => {
  test('that says its status has ended with it; its lines and its console are passed on', async () => {
    const heard = await runWith(`echo booted; echo '{"a":1}' >&3; echo '{"type":"end","status":7}' >&3`);
    expect(heard).toEqual({ end: { how: 'done', status: 7 }, console: 'booted\n', lines: ['{"a":1}'] });
  });

  test('that ends without a status is broken, and the last words of its console say why', async () => {
    const { end } = await runWith('echo one; echo Kernel panic; exit 1');
    expect(end).toEqual({ how: 'broken', reason: 'one | Kernel panic' });
  });

  test('that says nothing while booting is killed', async () => {
    const { end } = await runWith('exec sleep 600', { bootMs: 50 });
    expect(end).toEqual({ how: 'not-booted' });
  });

  test('that has said something may take longer than booting', async () => {
    const { end } = await runWith(`echo '{}' >&3; sleep 0.3; echo '{"type":"end","status":0}' >&3`, {
      bootMs: 250,
    });
    expect(end).toEqual({ how: 'done', status: 0 });
  });

  test('is gone when an aborted run rejects', async () => {
    const stop = new AbortController();
    const running = runWith(`echo $$ >${join(folder, 'pid')}; echo '{}' >&3; exec sleep 600`, {
      signal: stop.signal,
      onLine: () => {
        stop.abort(new Error('enough'));
      },
    });
    await expect(running).rejects.toThrow('enough');
    const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  test('that cannot be started rejects', async () => {
    process.env['PATH'] = folder;
    const listener = { onConsole: () => undefined, onLine: () => undefined };
    await expect(runGuest(MACHINE, listener)).rejects.toThrow('ENOENT');
  });
});
