import { getEventListeners } from 'node:events';
import process from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { firstValueFrom, Observable, take, type Subscription } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { LabBus } from '@buergerkoffer/device-lab';
import {
  busSource,
  defineDriver,
  DeviceLife,
  DeviceManager,
  type Bus,
  type Candidate,
} from '@buergerkoffer/core';
import { lineAt } from './support/lab-hardware.js';
import { LAMP, type Lamp } from './support/fakes.js';

const CYCLES = 1_000;
const MAX_GROWTH_BYTES = 5 * 1024 * 1024;

const driver = defineDriver({
  id: 'lamp',
  kind: LAMP,
  bus: 'serial',
  matches: [{ vendorId: 1 }],
  openOptions: { baudRate: 9600 },
  identify: async (line) => {
    const answer = firstValueFrom(line.input.pipe(take(1)));
    await line.write(new Uint8Array([1]));
    return (await answer)[0] === 1;
  },
  open: (line): Promise<Lamp> => {
    const life = new DeviceLife(() => line.close());
    void line.ended.then((end) => {
      if (end.reason === 'lost') life.lose(end.error);
    });
    const toggle = async (): Promise<boolean> => {
      await line.write(new Uint8Array([1]));
      return true;
    };
    const info = { maker: 'Acme', model: 'lamp', simulated: true };
    return Promise.resolve({ life, info, ended: life.ended, close: () => life.close(), toggle });
  },
});

/** A lab bus that counts its watchers and its open transports. */
function countedBus() {
  const lab = new LabBus('serial');
  const counts = { watchers: 0, open: 0 };
  const bus: Bus<'serial'> = {
    kind: 'serial',
    events: new Observable((subscriber) => {
      counts.watchers += 1;
      subscriber.add(lab.events.subscribe(subscriber));
      subscriber.add(() => (counts.watchers -= 1));
    }),
    open: async (...args) => {
      const transport = await lab.open(...args);
      counts.open += 1;
      void transport.ended.then(() => (counts.open -= 1));
      return transport;
    },
  };
  return { lab, bus, counts };
}

/** What keeps this process alive; its timers are those of the test runner. */
function handles(): readonly string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => name !== 'Timeout')
    .sort();
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') for (let i = 0; i < 3; i += 1) collect();
}

describe('a thousand times in and out', () => {
  it('leaves no listener, no timer, no open port, and no memory', { timeout: 120_000 }, async () => {
    const resources = handles();
    vi.useFakeTimers();
    try {
      const { lab, bus, counts } = countedBus();
      const manager = new DeviceManager([busSource(bus, [driver])]);
      const forever = new AbortController();
      let list: readonly Candidate<Lamp>[] = [];
      const watch = (): Subscription => {
        const watching = manager.of(LAMP).subscribe((now) => (list = now));
        watching.add(manager.health.subscribe());
        watching.add(manager.diagnostics.subscribe());
        watching.add(manager.ports.subscribe());
        return watching;
      };
      const until = async (count: number): Promise<void> => {
        for (let ms = 0; list.length !== count; ms += 10) {
          if (ms > 10_000) throw new Error(`still ${list.length} devices`);
          await vi.advanceTimersByTimeAsync(10);
        }
      };
      let used = 0;
      const cycle = async (turn: number): Promise<void> => {
        const path = `/dev/ttyACM${turn % 3}`;
        const port = {
          bus: 'serial',
          id: `${path}@${turn}`,
          path,
          physical: `usb:1-${turn % 3}`,
          vendorId: 1,
        } as const;
        const echo = {
          received: (bytes: Uint8Array, send: (bytes: Uint8Array) => void) => {
            send(bytes);
          },
        };
        const unplug = lab.plug(lineAt(port, () => echo));
        await until(1);
        const [candidate] = list;
        if (candidate === undefined) throw new Error('no candidate');
        const lease = await manager.open(candidate, { owner: 'test', reason: 'test' }, forever.signal);
        const wanted = lease.wanted.subscribe();
        if (await lease.device.toggle()) used += 1;
        // Every other time the plug is pulled first.
        if (turn % 2 === 0) await lease.release();
        unplug();
        await lease.ended;
        await lease.release();
        wanted.unsubscribe();
        await until(0);
      };
      const run = async (cycles: number): Promise<void> => {
        let watching = watch();
        for (let turn = 0; turn < cycles; turn += 1) {
          await cycle(turn);
          // Now and then everybody leaves, and somebody comes back.
          if (turn % 50 === 49) {
            watching.unsubscribe();
            watching = watch();
          }
        }
        watching.unsubscribe();
        await vi.advanceTimersByTimeAsync(10_000);
      };
      await run(100);
      collectGarbage();
      const before = process.memoryUsage().heapUsed;
      await run(CYCLES);
      collectGarbage();
      const growth = process.memoryUsage().heapUsed - before;
      expect(used).toBe(CYCLES + 100);
      expect(counts).toEqual({ watchers: 0, open: 0 });
      expect(getEventListeners(forever.signal, 'abort')).toHaveLength(0);
      expect(vi.getTimerCount()).toBe(0);
      expect(growth).toBeLessThanOrEqual(MAX_GROWTH_BYTES);
    } finally {
      vi.useRealTimers();
    }
    expect(handles()).toEqual(resources);
  });
});
