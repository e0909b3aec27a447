import { createServer, connect, type Server, type Socket } from 'node:net';
import { DeviceError, busSource, DeviceManager } from '@buergerkoffer/core';
import { tcpBus } from '@buergerkoffer/core/node';
import { cameraAsUsb, type VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { attachPtpIp } from '@buergerkoffer/device-lab/node';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { CAMERA, ptpIpDriver, ptpIpPort } from '@buergerkoffer/camera';
import { numbersFrom } from '../../src/synthesis/noise.js';
import { benchOf, eventsOf, photosOf } from '../support/camera-bench.js';
import { cameraOf, DIALECTS } from '../support/virtual-cameras.js';
import { inVirtualTime } from '../support/virtual-time.js';

vi.setConfig({ testTimeout: 120_000 });

const RUNS = 4;
const USB_RUNS = 100;

/** Does something to bytes of a camera now and then: changes, drops, repeats or adds some. */
function damaged(bytes: Uint8Array, random: () => number): Uint8Array {
  if (random() > 0.15) return bytes;
  const at = Math.floor(random() * bytes.length);
  const kind = Math.floor(random() * 6);
  const changed = bytes.slice();
  switch (kind) {
    case 0:
      changed[at] = Math.floor(random() * 256);
      return changed;
    case 1:
      return changed.subarray(0, at);
    case 2:
      return Uint8Array.of(...changed, ...changed.subarray(0, Math.min(at, 200)));
    case 3:
      changed.set([0xff, 0xff, 0xff, 0xff].slice(0, Math.min(4, changed.length)));
      return changed;
    case 4:
      return Uint8Array.of(...changed.subarray(0, at), 0, 0, 0, 0, ...changed.subarray(at));
    default:
      changed.set([Math.floor(random() * 16)], Math.min(4, changed.length - 1));
      return changed;
  }
}

/** A way to the camera on `port` that damages what the camera says. */
async function damagingWay(port: number, random: () => number): Promise<Server> {
  const server = createServer((client: Socket) => {
    const camera = connect(port, '127.0.0.1');
    client.on('error', () => camera.destroy());
    camera.on('error', () => client.destroy());
    client.pipe(camera);
    camera.on('data', (bytes) => client.write(damaged(new Uint8Array(bytes), random)));
    camera.on('end', () => client.end());
    client.on('close', () => camera.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe.each(DIALECTS)('a %s camera whose answers are damaged on their way', (dialect) => {
  it.each(Array.from({ length: RUNS }, (_, seed) => seed))(
    'gives photos or a DeviceError, seed %d',
    async (seed) => {
      const attached = await attachPtpIp(cameraOf(dialect), { port: 0 });
      const way = await damagingWay(attached.port, numbersFrom(seed));
      const address = way.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const bus = tcpBus({ ports: [ptpIpPort('127.0.0.1', address.port)], probeEveryMs: 0 });
      const manager = new DeviceManager([busSource(bus, [ptpIpDriver({ bus })])]);
      const begunMs = performance.now();
      try {
        const [candidate] = await firstValueFrom(manager.of(CAMERA));
        if (candidate === undefined) throw new Error('no camera');
        const lease = await manager.open(
          candidate,
          { owner: 'test', reason: 'fuzz' },
          AbortSignal.timeout(8_000),
        );
        try {
          const events = await lastValueFrom(lease.device.capture({ patienceMs: 2_000 }).pipe(toArray()));
          expect(events.at(-1)?.type).toBe('captured');
        } finally {
          await lease.release();
        }
      } catch (error) {
        const isOurs =
          error instanceof DeviceError || (error instanceof Error && error.name === 'TimeoutError');
        expect(isOurs, String(error)).toBe(true);
      } finally {
        await attached.unplug();
        await new Promise((resolve) => way.close(resolve));
      }
      expect(performance.now() - begunMs).toBeLessThan(60_000);
    },
  );
});

/** The device, what it sends being damaged until it is told to stop. */
function damagedUsb(device: VirtualUsbDevice, random: () => number) {
  let isHostile = true;
  const hostile: VirtualUsbDevice = {
    ...device,
    powerUp: (host) =>
      device.powerUp({
        send: (endpoint, message, zeroLengthEnd) => {
          host.send(endpoint, isHostile ? damaged(message, random) : message, zeroLengthEnd);
        },
        discard: (endpoint) => {
          host.discard(endpoint);
        },
        halt: (direction, endpoint) => {
          host.halt(direction, endpoint);
        },
        vanish: () => {
          host.vanish();
        },
      }),
  };
  return {
    hostile,
    calmDown: () => {
      isHostile = false;
    },
  };
}

describe.each(DIALECTS)('a %s camera on USB that sends damaged containers', (dialect) => {
  it('gives photos or a DeviceError, and an honest photo when it is itself again', async () => {
    for (let seed = 0; seed < USB_RUNS; seed += 1) {
      const { value, timersLeft } = await inVirtualTime(async () => {
        const { hostile, calmDown } = damagedUsb(cameraAsUsb(cameraOf(dialect)), numbersFrom(seed));
        const bench = benchOf(hostile);
        const outcome = await (async () => {
          try {
            return photosOf(await eventsOf(await bench.open(), { patienceMs: 5_000 })).length;
          } catch (error) {
            return error;
          } finally {
            await bench.release();
          }
        })();
        calmDown();
        bench.unplug();
        bench.plug();
        const photos = photosOf(await eventsOf(await bench.open(), { patienceMs: 5_000 }));
        await bench.release();
        bench.unplug();
        return { outcome, photos: photos.length };
      });
      const where = `seed ${seed}: ${String(value.outcome)}`;
      expect(value.outcome === 1 || value.outcome instanceof DeviceError, where).toBe(true);
      expect({ photos: value.photos, timersLeft }, where).toEqual({ photos: 1, timersLeft: 0 });
    }
  });
});
