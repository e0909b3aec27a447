import { runContract } from '@buergerkoffer/core/testing';
import { map, skip } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { photoFromFile, type Camera, type Photo } from '../../src/index.js';
import { simulatedCamera } from '../../src/simulator/index.js';
import { cameraContract } from '../../src/testing/index.js';
import { smallJpeg } from '../small-jpeg.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const SMALL: Photo = await photoFromFile(smallJpeg(24, 16));

/** The names of the cases that a camera with `change` breaks; `only` picks the cases to run. */
async function brokenBy(change: (good: Camera) => Partial<Camera>, only = /./): Promise<readonly string[]> {
  const suite = cameraContract.filter(({ name }) => only.test(name));
  expect(suite).not.toEqual([]);
  const results = await runContract(suite, () => {
    const simulated = simulatedCamera({ paceMs: 1, photos: [SMALL] });
    return {
      open: async (signal?: AbortSignal) => {
        const good = await simulated.open(signal);
        const bad: Camera = {
          info: good.info,
          ended: good.ended,
          capabilities: good.capabilities,
          close: () => good.close(),
          preview: () => good.preview(),
          capture: (request) => good.capture(request),
          ...change(good),
        };
        return bad;
      },
      fault: (operation, fault) => {
        simulated.faults.plan({ operation, fault });
      },
    };
  });
  return results.filter(({ outcome }) => outcome === 'broken').map(({ name }) => name);
}

describe('the contract of cameras', () => {
  it('finds nothing wrong with the simulator', async () => {
    expect(await brokenBy(() => ({}))).toEqual([]);
  });

  it('catches a camera that never says it is ready', async () => {
    const broken = await brokenBy((good) => ({ capture: (request) => good.capture(request).pipe(skip(1)) }));
    expect(broken).toContain('a capture is ready first, gives one photo last, and completes');
  });

  it('catches a camera that tears its photo', async () => {
    const broken = await brokenBy((good) => ({
      capture: (request) =>
        good
          .capture(request)
          .pipe(
            map((event) =>
              event.type === 'captured'
                ? { ...event, photo: { ...event.photo, bytes: event.photo.bytes.subarray(0, -20) } }
                : event,
            ),
          ),
    }));
    expect(broken).toEqual(['a photo is a complete file that says its own size and orientation']);
  });

  it('catches a camera that takes any request', async () => {
    const broken = await brokenBy(
      (good) => ({
        capture: (request) => good.capture(request === undefined ? undefined : { patienceMs: 5_000 }),
      }),
      /request outside its range|two shots|shutter on the body/,
    );
    expect(broken).toHaveLength(3);
  });

  it('catches a live view that stops while a capture runs', async () => {
    const broken = await brokenBy(
      (good) => ({
        preview: () => {
          throw new Error(good.info.model);
        },
      }),
      /live view/,
    );
    expect(broken).toContain('the live view runs beside a capture, and a second live view is busy');
  });
});
