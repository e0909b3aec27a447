import { DeviceError } from '@buergerkoffer/core';
import type { Fault } from '@buergerkoffer/core/simulation';
import { collect, type DeviceUnderTest, simulatedSubject } from '@buergerkoffer/core/testing';
import { take } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { photoFromFile, type Camera, type CameraEvent, type Photo } from '../../src/index.js';
import { simulatedCamera, type SimulatedCameraOptions } from '../../src/simulator/index.js';
import { cameraContract } from '../../src/testing/index.js';
import { smallJpeg } from '../small-jpeg.js';

const SMALL: Photo = await photoFromFile(smallJpeg(40, 30));

function subject(options: SimulatedCameraOptions): DeviceUnderTest<Camera> {
  return simulatedSubject(simulatedCamera({ paceMs: 1, photos: [SMALL], ...options }));
}

async function captured(options: SimulatedCameraOptions): Promise<readonly CameraEvent[]> {
  const camera = await simulatedCamera({ paceMs: 0, ...options }).open();
  return collect(camera.capture());
}

describe('a camera with everything keeps the contract', () => {
  it.each(cameraContract)('$name', (contractCase) => contractCase.run(subject({})));
});

describe('a camera without live view and remote shutter keeps the contract', () => {
  const bare: SimulatedCameraOptions = { liveView: false, remoteShutter: false };
  it.each(cameraContract)('$name', (contractCase) => contractCase.run(subject(bare)));
});

describe('the simulated camera', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('draws a portrait of 1244 x 1600 pixels below 600 kB', async () => {
    const last = (await captured({ seed: 3 })).at(-1);
    expect(last).toMatchObject({
      type: 'captured',
      photo: { widthPx: 1244, heightPx: 1600, orientation: 1 },
    });
    const photo = last?.type === 'captured' ? last.photo : SMALL;
    expect(photo.bytes.length).toBeLessThan(600_000);
    await expect(photoFromFile(photo.bytes)).resolves.toMatchObject({ widthPx: 1244, heightPx: 1600 });
  });

  it('says the same in the same order for the same seed', async () => {
    const events = await captured({ seed: 5, photos: [SMALL] });
    expect(await captured({ seed: 5, photos: [SMALL] })).toEqual(events);
    expect(events.map(({ type }) => type)).toEqual([
      'ready',
      ...Array.from({ length: 5 }, () => 'guidance'),
      'captured',
    ]);
  });

  it('plays the given photos in turn, with the bytes it was given', async () => {
    const other = await photoFromFile(smallJpeg(20, 50));
    const camera = await simulatedCamera({ paceMs: 0, photos: [SMALL, other] }).open();
    const events = await collect(camera.capture({ shots: 3 }));
    const photos = events.flatMap((event) => (event.type === 'captured' ? [event.photo.bytes] : []));
    expect(photos).toEqual([SMALL.bytes, other.bytes, SMALL.bytes]);
    expect(camera.capabilities.still).toEqual({ widthPx: 40, heightPx: 30 });
  });

  it('shows a moving live view, round and round', async () => {
    const camera = await simulatedCamera({ paceMs: 0 }).open();
    const frames = await collect(camera.preview().pipe(take(8)));
    expect(frames.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(Buffer.compare(frames[0]?.bytes ?? SMALL.bytes, frames[1]?.bytes ?? SMALL.bytes)).not.toBe(0);
    await camera.close();
  });

  it('leaves no timer behind when it is unsubscribed', async () => {
    vi.useFakeTimers();
    const camera = await simulatedCamera({ photos: [SMALL] }).open();
    const subscription = camera.capture().subscribe();
    await vi.advanceTimersByTimeAsync(30);
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    subscription.unsubscribe();
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('shows its events 20 ms apart', async () => {
    vi.useFakeTimers();
    const seen: string[] = [];
    const camera = await simulatedCamera({ photos: [SMALL] }).open();
    camera.capture().subscribe(({ type }) => seen.push(type));
    await vi.advanceTimersByTimeAsync(19);
    expect(seen).toEqual(['ready']);
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toEqual(['ready', 'guidance']);
    await vi.advanceTimersByTimeAsync(100);
    expect(seen.at(-1)).toBe('captured');
  });

  const nonsense: readonly (readonly [operation: 'capture' | 'preview', fault: Fault])[] = [
    ['capture', { type: 'jam' }],
    ['capture', { type: 'paper-out' }],
    ['preview', { type: 'retry', times: 1 }],
    ['preview', { type: 'jam' }],
  ];
  it.each(nonsense)('refuses in %s the fault %o as unsupported', (operation, fault) => {
    expect(() => simulatedCamera({ photos: [SMALL], faults: [{ operation, fault }] })).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });

  it('refuses an empty list of photos', () => {
    expect(() => simulatedCamera({ photos: [] })).toThrow(DeviceError);
  });
});
