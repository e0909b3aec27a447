import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filter, firstValueFrom, map, timeout } from 'rxjs';
import { busSource, DeviceError, DeviceManager, type Lease } from '@buergerkoffer/core';
import { usbBus } from '@buergerkoffer/core/node';
import { CAMERA, ptpUsbDriver, type Camera, type CaptureRequest, type Photo } from '@buergerkoffer/camera';
import { breakingAt, cameraAsUsb, virtualCamera, type CameraDialect } from '@buergerkoffer/device-lab';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';
import { smallJpeg } from '../test/small-jpeg.js';

/** The PTP driver on the real library and a real kernel: photos, live view, cancelling, and a camera that goes. */
export const needs = { modules: ['vhci-hcd'] } satisfies LabNeeds;

const PATIENCE_MS = 30_000;
const DIALECTS: readonly CameraDialect[] = ['standard', 'canon', 'nikon'];
const PHOTO_BYTES = 300_000;
const FRAME = smallJpeg(32, 24);

/** A photo of 300 kB: what is behind the end of a JPEG is kept. */
function photograph(shot: number): Uint8Array {
  const bytes = new Uint8Array(PHOTO_BYTES);
  bytes.set(smallJpeg(40 + 8 * (shot % 8), 30));
  return bytes;
}

function bodyOf(dialect: CameraDialect) {
  return virtualCamera({ dialect, photograph, preview: () => FRAME, shutterMs: 50 });
}

async function openCamera(): Promise<Lease<Camera>> {
  const manager = new DeviceManager([busSource(usbBus(), [ptpUsbDriver])]);
  const candidate = await firstValueFrom(
    manager.of(CAMERA).pipe(
      map(([first]) => first),
      filter((first) => first !== undefined),
      timeout(PATIENCE_MS),
    ),
  );
  return manager.open(candidate, { owner: 'lab', reason: 'test' });
}

async function photosOf(camera: Camera, request: CaptureRequest = {}): Promise<readonly Photo[]> {
  const photos: Photo[] = [];
  await camera.capture({ patienceMs: PATIENCE_MS, ...request }).forEach((event) => {
    if (event.type === 'captured') photos.push(event.photo);
  });
  return photos;
}

/** A session from opening to closing: one photo. */
async function session(): Promise<void> {
  const lease = await openCamera();
  try {
    const [photo] = await photosOf(lease.device);
    assert.ok(photo !== undefined);
    assert.ok(Buffer.from(photo.bytes).equals(photograph((photo.widthPx - 40) / 8)));
  } finally {
    await lease.release();
    await lease.ended;
  }
}

for (const dialect of DIALECTS) {
  void test(
    `a ${dialect} camera takes photos by both shutters, cancels, and shows its live view`,
    { timeout: 300_000 },
    async () => {
      const body = bodyOf(dialect);
      const failures: unknown[] = [];
      await using attached = await attachVhci(cameraAsUsb(body), { failed: (error) => failures.push(error) });
      assert.ok(attached.busPort >= 0);
      const { device: camera, release } = await openCamera();
      const [remote] = await photosOf(camera);
      assert.equal(remote?.bytes.length, PHOTO_BYTES);

      const hand = setInterval(() => body.pressShutter(), 1_000);
      const byHand = await photosOf(camera, { shutter: 'body', shots: 2 });
      clearInterval(hand);
      assert.equal(byHand.length, 2);

      await new Promise<void>((resolve) => {
        const capture = camera.capture().subscribe((event) => {
          if (event.type !== 'ready') return;
          setTimeout(() => {
            capture.unsubscribe();
            resolve();
          }, 60);
        });
      });
      assert.equal((await photosOf(camera)).length, 1);

      if (camera.capabilities.liveView) {
        const frame = await firstValueFrom(camera.preview().pipe(timeout(PATIENCE_MS)));
        assert.ok(Buffer.from(frame.bytes).equals(FRAME));
      }
      await release();
      assert.deepEqual(failures, []);
    },
  );
}

void test(
  'a camera that another program has is busy, and says how to get it back',
  { timeout: 120_000 },
  async () => {
    await using attached = await attachVhci(cameraAsUsb(bodyOf('standard')));
    assert.ok(attached.busPort >= 0);
    const first = await openCamera();
    await assert.rejects(openCamera(), (error: unknown) => {
      assert.ok(error instanceof DeviceError);
      assert.equal(error.code, 'busy');
      assert.match(error.remedy, /gio mount -s gphoto2/);
      return true;
    });
    await first.release();
  },
);

void test(
  'an EOS that is unplugged at a step is lost, and the next session goes well',
  { timeout: 250_000 },
  async (context) => {
    const counting = breakingAt(cameraAsUsb(bodyOf('canon')));
    {
      await using attached = await attachVhci(counting);
      assert.ok(attached.busPort >= 0);
      await session();
    }
    const { steps } = counting;
    const broken = Array.from({ length: 3 }, (_, i) => 1 + Math.floor(((i + 1) * (steps - 1)) / 4));
    for (const step of broken) {
      const attached = await attachVhci(breakingAt(cameraAsUsb(bodyOf('canon')), { step, fault: 'vanish' }));
      try {
        await session();
      } catch (error) {
        assert.ok(error instanceof DeviceError, `step ${step}: ${String(error)}`);
        assert.ok(['lost', 'not-found'].includes(error.code), `step ${step}: ${error.code} ${error.message}`);
      } finally {
        await attached.unplug();
      }
    }
    context.diagnostic(`${steps} steps, unplugged at ${broken.join(', ')}`);
    await using attached = await attachVhci(cameraAsUsb(bodyOf('canon')));
    assert.ok(attached.busPort >= 0);
    await session();
  },
);
