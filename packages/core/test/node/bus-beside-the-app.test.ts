import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process, { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { filter, firstValueFrom, take, type Subscription } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LabBus } from '@buergerkoffer/device-lab';
import type { Bus, SerialPort } from '@buergerkoffer/core';
import { childBus, workerBus, type BusProgramOptions } from '@buergerkoffer/core/node';
import { lineAt } from '../support/lab-hardware.js';

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const built = existsSync(file('../../dist/node/index.js'));
const module = new URL('./children/stubborn-bus.mjs', import.meta.url);
const quick = { module, execArgv: [], heartbeatMs: 200, silenceMs: 2_000, restartMs: 50 };
const LINE = { baudRate: 9600 };

const running: Subscription[] = [];
afterEach(() => {
  for (const one of running.splice(0)) one.unsubscribe();
});

/** Watches `bus` until the test ends; resolves with a port of it, and what is said about the bus. */
async function watch(bus: Bus<'serial'>) {
  const told: string[] = [];
  running.push(
    bus.events.subscribe((event) => {
      if (event.type === 'diagnostics')
        told.push(...event.diagnostics.map(({ code, message }) => `${code}: ${message}`));
      else told.push(event.type === 'listed' ? event.type : `${event.type} ${event.port.path}`);
    }),
  );
  const port = async (path: string): Promise<SerialPort> => {
    const attached = bus.events.pipe(
      filter((event) => event.type === 'attached' && event.port.path === path),
    );
    const event = await firstValueFrom(attached);
    if (event.type !== 'attached') throw new Error('no port');
    return event.port;
  };
  await port('echo');
  return { told, port };
}

async function echoes(bus: Bus<'serial'>, port: SerialPort): Promise<void> {
  const line = await bus.open(port, LINE);
  const answer = firstValueFrom(line.input.pipe(take(1)));
  const sent = new Uint8Array([1, 2, 3]);
  await line.write(sent);
  expect(await answer).toEqual(sent);
  await line.close();
}

/** A pipe that nobody writes to: opening it to read never returns, not even when its thread is terminated. */
function namedPipe() {
  const folder = mkdtempSync(join(tmpdir(), 'koffer-stuck-'));
  const path = join(folder, 'pipe');
  spawnSync('mkfifo', [path]);
  return {
    path,
    /** Lets a thread of this process go that is still stuck. */
    release: () => {
      try {
        closeSync(openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
      } catch {
        // Nobody is stuck.
      }
      rmSync(folder, { recursive: true });
    },
  };
}

const KINDS = [
  ['worker', (options: BusProgramOptions) => workerBus('serial', options)],
  ['process', (options: BusProgramOptions) => childBus('serial', options)],
] as const;

// They run from dist: `npm run build` first, as `npm test` does.
describe.skipIf(!built).each(KINDS)('a bus in a %s of its own', (what, start) => {
  it('is used like one in this process, and its ports have no memory of each other', async () => {
    const bus = start(quick);
    const { port } = await watch(bus);
    await Promise.all([echoes(bus, await port('echo')), echoes(bus, await port('echo'))]);
  });

  it.each(['stuck-open', 'stuck-write', 'stuck-native'])(
    'stops nobody else when a native call of %s never returns, and comes back',
    async (path) => {
      const pipe = namedPipe();
      const bus = start({ ...quick, args: ['none', pipe.path] });
      const { told, port } = await watch(bus);
      const here = new LabBus('serial');
      const mine: SerialPort = { bus: 'serial', id: 'here', path: 'here', physical: 'usb:here' };
      here.plug(
        lineAt(mine, () => ({
          received: (bytes, send) => {
            send(bytes);
          },
        })),
      );
      const stuck = (async () => {
        const line = await bus.open(await port(path), LINE);
        await line.write(new Uint8Array([1]), { timeoutMs: 60_000 });
      })();
      const outcome = stuck.then(
        () => 'done',
        (error: unknown) => error,
      );
      let turns = 0;
      const turning = setInterval(() => (turns += 1), 5);
      await echoes(here, mine);
      expect(await outcome).toMatchObject({
        code: 'lost',
        message: `the ${what} with the device was lost: it said nothing for 2000 ms`,
      });
      clearInterval(turning);
      expect(turns).toBeGreaterThan(10);
      await vi.waitFor(
        () => {
          expect(told.filter((one) => one === 'attached echo')).toHaveLength(2);
        },
        { timeout: 20_000, interval: 50 },
      );
      expect(told).toContain(
        `${what}.silent: the ${what} of serial failed: it said nothing for 2000 ms; it is started again in 50 ms`,
      );
      expect(told).toContain('detached stuck-write');
      await echoes(bus, await port('echo'));
      pipe.release();
    },
    60_000,
  );

  it.each([
    ['throws', /failed: it (threw TypeError|exited with code 1)/],
    ['exits', /failed: it exited with code 3/],
  ])(
    'that %s at its start is an empty list with a diagnostic, without what it wrote',
    async (fault, message) => {
      const bus = start({ ...quick, args: [fault], restartMs: 60_000 });
      const told: unknown[] = [];
      running.push(bus.events.subscribe((event) => told.push(event)));
      await vi.waitFor(
        () => {
          expect(told.at(-1)).toEqual({ type: 'listed' });
        },
        { timeout: 20_000 },
      );
      expect(told).toMatchObject([
        {
          type: 'diagnostics',
          diagnostics: [{ code: `${what}.exited`, message: expect.stringMatching(message) as string }],
        },
        { type: 'listed' },
      ]);
      expect(JSON.stringify(told)).not.toContain('Mustermann');
    },
  );

  it('that has no module is a wrong call', () => {
    expect(() => start({ module: 'https://example.org/bus.mjs' })).toThrow(/no URL of a file/);
  });
});

describe.skipIf(!built)('a bus in a process of its own', () => {
  it('ends with the app, even when the app is killed', { timeout: 30_000 }, async () => {
    const app = spawn(execPath, [file('./children/holds-a-child-bus.mjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(app.stdout, 'data')) as [Buffer];
    const pid = Number.parseInt(said.toString(), 10);
    expect(process.kill(pid, 0)).toBe(true);
    app.kill('SIGKILL');
    await vi.waitFor(
      () => {
        expect(() => process.kill(pid, 0)).toThrow('ESRCH');
      },
      { timeout: 20_000, interval: 50 },
    );
  });
});
