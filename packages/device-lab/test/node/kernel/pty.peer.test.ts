import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filter, firstValueFrom, mergeMap } from 'rxjs';
import { SerialPort } from 'serialport';
import { afterEach, describe, expect, it } from 'vitest';
import { serialBus } from '@buergerkoffer/core/node';
import type { VirtualLineDevice } from '@buergerkoffer/device-lab';
import { attachPty } from '@buergerkoffer/device-lab/node';

const hasSocat = spawnSync('socat', ['-V']).error === undefined;
if (!hasSocat) console.log('skipped: socat is not installed (Debian package socat)');

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const echo: VirtualLineDevice = {
  powerUp: (send) => ({
    received: (bytes) => {
      send(bytes);
    },
  }),
};

async function open(path: string): Promise<SerialPort> {
  const port = new SerialPort({ path, baudRate: 9600, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    port.open((error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
  return port;
}

describe.skipIf(!hasSocat)('a line device behind a pseudo-terminal', () => {
  it('is opened and closed as a serial port, again and again', async () => {
    const attached = await attachPty(echo);
    closing.push(() => attached.unplug());
    for (const word of ['one', 'two']) {
      const port = await open(attached.path);
      port.write(word);
      const [heard]: unknown[] = await once(port, 'data');
      expect(String(heard)).toBe(word);
      await new Promise((resolve) => {
        port.close(resolve);
      });
    }
  });

  it('goes with its plug, under whoever has it open, and leaves no link', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pty-'));
    closing.push(() => rm(folder, { recursive: true }));
    const attached = await attachPty(echo, { link: join(folder, 'modem') });
    expect(attached.path).toBe(join(folder, 'modem'));
    // Not by `serialport` itself, which never tells when the plug is pulled just before it reads (core's LineReader).
    const bus = serialBus({ extraPaths: [attached.path] });
    const port = await firstValueFrom(
      bus.events.pipe(
        mergeMap((event) => (event.type === 'attached' ? [event.port] : [])),
        filter(({ path }) => path === attached.path),
      ),
    );
    const line = await bus.open(port, { baudRate: 9600 });
    await attached.unplug();
    expect(await line.ended).toMatchObject({ reason: 'lost' });
    await attached.ended;
    expect(existsSync(attached.path)).toBe(false);
  });

  it('cannot be where there is no such folder', async () => {
    await expect(attachPty(echo, { link: '/nowhere/modem' })).rejects.toMatchObject({ code: 'protocol' });
  });
});
