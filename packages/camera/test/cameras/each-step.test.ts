import { breakingAt, cameraAsUsb, type Breaking, type CameraDialect } from '@buergerkoffer/device-lab';
import { describe, expect, it, vi } from 'vitest';
import { benchOf, eventsOf, photosOf } from '../support/camera-bench.js';
import { cameraOf, DIALECTS } from '../support/virtual-cameras.js';
import { inVirtualTime } from '../support/virtual-time.js';

// Each step is a whole session, and a second one.
vi.setConfig({ testTimeout: 120_000 });

/** A photo of a camera that breaks at one step; afterwards one of the same body, plugged in again where it vanished. */
async function session(dialect: CameraDialect, breaking?: Breaking) {
  const body = cameraOf(dialect);
  const device = breakingAt(cameraAsUsb(body), breaking);
  const bench = benchOf(device);
  let error: { readonly kind?: string; readonly code?: string } | undefined;
  let ended: string | undefined;
  try {
    const camera = await bench.open();
    try {
      await eventsOf(camera, { patienceMs: 5_000 });
    } finally {
      await new Promise((resolve) => setImmediate(resolve));
      await bench.release();
      ended = (await camera.ended).reason;
    }
  } catch (failure) {
    error = failure as { code: string };
  }
  const { steps } = device;
  bench.unplug();
  bench.plug(cameraAsUsb(cameraOf(dialect)));
  const photos = photosOf(await eventsOf(await bench.open(), { patienceMs: 5_000 })).length;
  await bench.release();
  bench.unplug();
  return { error, ended, photos, steps };
}

const CODES = {
  vanish: ['lost', 'not-found'],
  stall: ['protocol', 'timeout'],
  'time-out': ['timeout', 'protocol', 'unsupported', 'attention'],
} as const;

describe.each(DIALECTS)('a photo of a %s camera that breaks at one step', (dialect) => {
  it.each(['vanish', 'stall', 'time-out'] as const)('ends well or with a typed error: %s', async (fault) => {
    const { value: whole } = await inVirtualTime(() => session(dialect));
    expect(whole).toMatchObject({ error: undefined, ended: 'closed', photos: 1 });
    expect(whole.steps).toBeGreaterThan(10);
    for (let step = 1; step <= whole.steps; step += 1) {
      const { value, timersLeft } = await inVirtualTime(() => session(dialect, { step, fault }));
      const where = `step ${step}: ${JSON.stringify(value)}`;
      if (value.error !== undefined) {
        expect(value.error.kind, where).toBe('device');
        expect(CODES[fault], where).toContain(value.error.code);
      }
      expect(value.photos, where).toBe(1);
      expect(timersLeft, where).toBe(0);
    }
  });
});
