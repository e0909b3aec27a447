import { firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LabBus } from '@buergerkoffer/device-lab';
import {
  busSource,
  defineDriver,
  DeviceError,
  DeviceLife,
  DeviceManager,
  type ByteTransport,
  type DeviceHealth,
} from '@buergerkoffer/core';
import { lineAt } from '../support/lab-hardware.js';
import { LAMP, offer, source, type Lamp } from '../support/fakes.js';

const request = { owner: 'Antrag', reason: 'leuchten' };
const START = Date.UTC(2026, 4, 4, 10);
const PORT = { bus: 'serial', id: 'a', path: '/dev/ttyACM0', physical: 'usb:1-1', vendorId: 1 } as const;

/** A lamp that writes to its line when it is toggled. */
function driver(seen: (line: ByteTransport) => void) {
  return defineDriver({
    id: 'lamp',
    kind: LAMP,
    bus: 'serial',
    matches: [{ vendorId: 1 }],
    openOptions: { baudRate: 9600 },
    open: (line): Promise<Lamp> => {
      seen(line);
      const life = new DeviceLife(() => line.close());
      void line.ended.then((end) => {
        if (end.reason === 'lost') life.lose(end.error);
      });
      return Promise.resolve({
        life,
        info: { maker: 'Acme', model: 'lamp', simulated: true },
        ended: life.ended,
        close: () => life.close(),
        toggle: async (signal) => {
          await line.write(new Uint8Array([1]), signal === undefined ? {} : { signal });
          return true;
        },
      });
    },
  });
}

/** A lab with one lamp whose `write` the test can make slow or fail. */
async function lab() {
  const clock = { now: () => Date.now(), elapsed: () => performance.now() };
  const bus = new LabBus('serial');
  const unplug = bus.plug(lineAt(PORT, () => ({ received: () => undefined })));
  const write = vi.fn<ByteTransport['write']>(() => Promise.resolve());
  const troubled = {
    kind: bus.kind,
    events: bus.events,
    open: async (...args: Parameters<typeof bus.open>) => ({ ...(await bus.open(...args)), write }),
  };
  const manager = new DeviceManager([busSource(troubled, [driver(() => undefined)])], { clock });
  const told: (readonly DeviceHealth[])[] = [];
  const watching = manager.health.subscribe((health) => told.push(health));
  const [candidate] = await firstValueFrom(manager.of(LAMP));
  if (candidate === undefined) throw new Error('no lamp');
  const lease = await manager.open(candidate, request);
  return {
    told,
    write,
    lease,
    unplug,
    /** What a screen shows after a second. */
    shown: async () => {
      await vi.advanceTimersByTimeAsync(1_000);
      return told.at(-1)?.[0];
    },
    stop: async () => {
      await lease.release();
      watching.unsubscribe();
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('the health of a device', () => {
  it('tells when it was seen, opened and used, and how fast it answers', async () => {
    const { write, lease, shown, stop } = await lab();
    for (let ms = 1; ms <= 20; ms += 1) {
      write.mockImplementationOnce(() => new Promise((resolve) => setTimeout(resolve, ms)));
      const toggled = lease.device.toggle();
      await vi.advanceTimersByTimeAsync(ms);
      await toggled;
    }
    expect(await shown()).toEqual({
      id: 'usb:1-1#lamp',
      kind: 'lamp',
      info: { maker: 'unknown maker', model: 'lamp', simulated: false },
      presence: { state: 'attached', sinceMs: START },
      lastUsedMs: START + 210,
      openings: { succeeded: 1, failed: {}, latency: { medianMs: 0, p95Ms: 0, samples: 1 } },
      operations: { succeeded: 20, failed: {}, latency: { medianMs: 10, p95Ms: 19, samples: 20 } },
      transports: [
        {
          bus: 'serial',
          path: '/dev/ttyACM0',
          operations: { succeeded: 20, failed: {}, latency: { medianMs: 10, p95Ms: 19, samples: 20 } },
        },
      ],
    });
    await stop();
  });

  it('counts failures by code, and keeps the last one without its text', async () => {
    const { write, lease, shown, stop } = await lab();
    write.mockRejectedValueOnce(new DeviceError('timeout', 'Erika Mustermann'));
    write.mockRejectedValueOnce(new DeviceError('timeout', 'Erika Mustermann'));
    write.mockRejectedValueOnce(new Error('Erika Mustermann'));
    for (let i = 0; i < 3; i += 1) await lease.device.toggle().catch(() => undefined);
    const health = await shown();
    expect(health?.operations).toMatchObject({ succeeded: 0, failed: { timeout: 2, protocol: 1 } });
    expect(health?.lastError).toEqual({ code: 'protocol', operation: 'write', atMs: START });
    expect(JSON.stringify(health)).not.toContain('Mustermann');
    await stop();
  });

  it('does not count what the caller ended', async () => {
    const { write, lease, shown, stop } = await lab();
    const enough = new AbortController();
    write.mockImplementationOnce((_, options) => {
      enough.abort(new Error('enough'));
      return Promise.reject(options?.signal?.reason as Error);
    });
    await lease.device.toggle(enough.signal).catch(() => undefined);
    expect(await shown()).toMatchObject({ operations: { succeeded: 0, failed: {} } });
    await stop();
  });

  it('tells that it was lost and is gone, and when it was seen last', async () => {
    const { unplug, shown, told, stop } = await lab();
    await vi.advanceTimersByTimeAsync(5_000);
    unplug();
    expect(await shown()).toMatchObject({
      presence: { state: 'gone', lastSeenMs: START + 5_000 },
      lastError: { code: 'lost', operation: 'use', atMs: START + 5_000 },
    });
    expect(told.at(-1)).toHaveLength(1);
    await stop();
  });

  it('is told at most once a second, and not at all while nothing happens', async () => {
    const { lease, told, stop } = await lab();
    const before = told.length;
    for (let ms = 0; ms < 3_000; ms += 1) {
      await lease.device.toggle();
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(told.length - before).toBeGreaterThanOrEqual(3);
    expect(told.length - before).toBeLessThanOrEqual(4);
    await vi.advanceTimersByTimeAsync(2_000);
    const quiet = told.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toHaveLength(quiet);
    await stop();
  });

  it('counts openings that fail', async () => {
    const open = () => Promise.reject(new DeviceError('access-denied', 'no'));
    const manager = new DeviceManager([source([offer('a', { open })])]);
    const [candidate] = await firstValueFrom(manager.of(LAMP));
    if (candidate === undefined) throw new Error('no lamp');
    await manager.open(candidate, request).catch(() => undefined);
    expect(await firstValueFrom(manager.health)).toMatchObject([
      { openings: { succeeded: 0, failed: { 'access-denied': 1 } }, lastError: { operation: 'open' } },
    ]);
  });

  it('remembers a hundred devices that have gone', async () => {
    const things = source();
    const manager = new DeviceManager([things]);
    const watching = manager.devices.subscribe();
    for (let i = 0; i < 150; i += 1) {
      things.set([offer(`usb:${i}`)]);
      await vi.advanceTimersByTimeAsync(50);
    }
    const health = await firstValueFrom(manager.health);
    expect(health).toHaveLength(101);
    const ids = health.map(({ id }) => id);
    expect([ids.includes('usb:149#lamp'), ids.includes('usb:49#lamp'), ids.includes('usb:48#lamp')]).toEqual([
      true,
      true,
      false,
    ]);
    watching.unsubscribe();
  });
});
