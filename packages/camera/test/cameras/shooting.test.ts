import { cameraAsUsb, type CameraDialect, type VirtualCameraOptions } from '@buergerkoffer/device-lab';
import { describe, expect, it, vi } from 'vitest';
import type { CameraEvent } from '@buergerkoffer/camera';
import { PtpSession, usbPipe } from '@buergerkoffer/camera/session';
import { smallJpeg } from '../small-jpeg.js';
import { benchOf, eventsOf, photosOf } from '../support/camera-bench.js';
import { cameraOf, DIALECTS, photograph, RELEASE } from '../support/virtual-cameras.js';
import { inVirtualTime } from '../support/virtual-time.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function opened(dialect: CameraDialect, options: Partial<VirtualCameraOptions> = {}) {
  const body = cameraOf(dialect, options);
  const bench = benchOf(cameraAsUsb(body));
  return { body, bench, camera: await bench.open() };
}

/** A photo of about this many bytes: what is behind the end of a JPEG is kept. */
function largePhoto(bytes: number): Uint8Array {
  const picture = smallJpeg(40, 30);
  const large = new Uint8Array(bytes);
  large.set(picture);
  return large;
}

describe.each(DIALECTS)('a %s camera', (dialect) => {
  it('delivers both of two shots that are 350 ms apart, by the shutter on the body', async () => {
    const { body, camera } = await opened(dialect, { shutterMs: 300 });
    const events: CameraEvent[] = [];
    await new Promise<void>((resolve, reject) => {
      camera.capture({ shutter: 'body', shots: 2, patienceMs: 5_000 }).subscribe({
        next: (event) => {
          events.push(event);
          if (event.type !== 'ready') return;
          body.pressShutter();
          setTimeout(() => body.pressShutter(), 350);
        },
        error: reject,
        complete: resolve,
      });
    });
    expect(photosOf(events).map(({ bytes }) => bytes)).toEqual([photograph(1), photograph(2)]);
    expect(events.slice(1)).toMatchObject([{ shutter: 'body' }, { shutter: 'body' }]);
    await camera.close();
  });

  it.each([0, 20, 40, 60, 80])(
    'tells each of two shots that are 350 ms apart within 200 ms, while the live view runs, pressed after %d ms',
    async (afterMs) => {
      const shutterMs = 300;
      const shoot = async () => {
        const { body, camera } = await opened(dialect, { shutterMs });
        const view = camera.capabilities.liveView ? camera.preview().subscribe() : undefined;
        const takenAtMs: number[] = [];
        const toldAtMs: number[] = [];
        const press = (): void => {
          takenAtMs.push(Date.now() + shutterMs);
          body.pressShutter();
        };
        await camera.capture({ shutter: 'body', shots: 2, patienceMs: 5_000 }).forEach((event) => {
          if (event.type === 'ready') for (const ms of [afterMs, afterMs + 350]) setTimeout(press, ms);
          if (event.type === 'captured') toldAtMs.push(Date.now());
        });
        view?.unsubscribe();
        await camera.close();
        return toldAtMs.map((at, shot) => at - (takenAtMs[shot] ?? 0));
      };
      const { value: gapsMs } = await inVirtualTime(shoot, 5);
      expect(gapsMs).toHaveLength(2);
      expect(Math.min(...gapsMs)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...gapsMs)).toBeLessThanOrEqual(200);
    },
  );

  it('keeps the shutter on the body working before, while and after it is used', async () => {
    const { body, camera } = await opened(dialect);
    expect(body.pressShutter()).toBe(true);
    await wait(60);
    // What was taken before a capture is no part of it.
    const events = await eventsOf(camera, { patienceMs: 5_000 });
    expect(photosOf(events)).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ shutter: 'remote' });
    await camera.close();
    const before = body.pictures.length;
    expect(body.pressShutter()).toBe(true);
    await wait(60);
    expect(body.pictures).toHaveLength(before + 1);
  });

  it('fetches a photo of 2.5 MB, and tells how far it is', async () => {
    const large = largePhoto(2_500_000);
    const { camera } = await opened(dialect, { photograph: () => large });
    const events = await eventsOf(camera);
    const progress = events.filter((event) => event.type === 'downloading');
    expect(progress.length).toBeGreaterThanOrEqual(1);
    expect(progress.every(({ receivedBytes, totalBytes }) => receivedBytes < totalBytes)).toBe(true);
    expect(progress.at(-1)?.totalBytes).toBe(2_500_000);
    expect(Buffer.from(photosOf(events)[0]?.bytes ?? []).equals(large)).toBe(true);
    await camera.close();
  });

  it('waits for a busy camera', async () => {
    const { body, camera } = await opened(dialect);
    body.plan({ operation: RELEASE[dialect].operation, times: 3, fault: { type: 'refuse', code: 0x2019 } });
    expect(photosOf(await eventsOf(camera))).toHaveLength(1);
    await camera.close();
  });

  it('gives a damaged photo as protocol, and goes on', async () => {
    let cut = true;
    const { camera } = await opened(dialect, {
      photograph: (shot) => (cut ? photograph(shot).slice(0, 300) : photograph(shot)),
    });
    await expect(eventsOf(camera)).rejects.toMatchObject({ code: 'protocol' });
    cut = false;
    expect(photosOf(await eventsOf(camera))).toHaveLength(1);
    await camera.close();
  });

  it('is found again after it was unplugged in the middle of a capture', async () => {
    const { bench, camera } = await opened(dialect);
    const running = eventsOf(camera, { shutter: 'body' });
    await wait(50);
    bench.unplug();
    await expect(running).rejects.toMatchObject({ code: 'lost' });
    bench.plug();
    const again = await bench.open();
    expect(photosOf(await eventsOf(again))).toHaveLength(1);
    await again.close();
  });

  it('is opened again after a program that left its session open', async () => {
    const body = cameraOf(dialect);
    const bench = benchOf(cameraAsUsb(body));
    const killed = await bench.transport();
    await PtpSession.open(usbPipe(killed), new AbortController());
    await killed.close();
    expect(photosOf(await eventsOf(await bench.open()))).toHaveLength(1);
    await bench.release();
  });

  it('cancels a capture that nobody waits for, and takes the next one', async () => {
    const { camera } = await opened(dialect, { shutterMs: 150 });
    await new Promise<void>((resolve) => {
      const capture = camera.capture().subscribe((event) => {
        if (event.type !== 'ready') return;
        capture.unsubscribe();
        resolve();
      });
    });
    expect(photosOf(await eventsOf(camera))).toHaveLength(1);
    await camera.close();
  });
});

describe('a camera whose card is full', () => {
  it('fails with attention and says what to do', async () => {
    const { camera } = await opened('standard', { capacity: 1, taken: 1 });
    await expect(eventsOf(camera)).rejects.toMatchObject({
      code: 'attention',
      remedy: expect.stringContaining('card') as string,
    });
    await camera.close();
  });
});

describe('a new folder on the card', () => {
  it.each(['standard', 'nikon'] as const)('is no photo (%s)', async (dialect) => {
    const { camera } = await opened(dialect, { picturesPerFolder: 1, taken: 1 });
    const photos = photosOf(await eventsOf(camera, { shots: 2 }));
    expect(photos.map(({ widthPx }) => widthPx)).toEqual([56, 64]);
    await camera.close();
  });
});

describe('an EOS', () => {
  it('keeps nothing on its card, and knows no capture of the standard', async () => {
    const { body, camera } = await opened('canon');
    await eventsOf(camera);
    expect(body.pictures).toEqual([]);
    await camera.close();
  });
});

describe('a camera that is claimed by another program', () => {
  it('is busy, and says how to get it back', async () => {
    const body = cameraOf('standard');
    const bench = benchOf(cameraAsUsb(body), { claimed: true });
    await expect(bench.open()).rejects.toMatchObject({
      code: 'busy',
      remedy: expect.stringContaining('gio mount -s gphoto2') as string,
    });
  });
});
