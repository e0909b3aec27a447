import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { filter, firstValueFrom, map, timeout } from 'rxjs';
import { busSource, DeviceError, DeviceManager, type Lease } from '@buergerkoffer/core';
import { usbBus } from '@buergerkoffer/core/node';
import { breakingAt, replayCapture, type VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';
import {
  FINGERPRINT_SCANNER,
  uru4500,
  type FingerprintCaptured,
  type FingerprintScanner,
} from '@buergerkoffer/fingerprint';
import { decodePng, greyOf } from '@buergerkoffer/formats';
import { virtualPrint, virtualUru4500 } from '../test/support/virtual-uru4500.js';

/** The driver of the U.are.U 4500 on the real library and a real kernel: the recorded session, and a device that goes. */
export const needs = { modules: ['vhci-hcd'] } satisfies LabNeeds;

const PATIENCE_MS = 30_000;
/** The seed with which the recorded driver asked for the key. */
const SEED = 0x51ea2124;
const RECORDED = join(process.cwd(), '../shared/data/fingerprint/uru4500');
const absent = existsSync(RECORDED) ? false : '../shared/data/fingerprint/uru4500 is not there';

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(join(RECORDED, name)));

async function openScanner(): Promise<Lease<FingerprintScanner>> {
  const manager = new DeviceManager([busSource(usbBus(), [uru4500({ random: () => SEED })])]);
  const candidate = await firstValueFrom(
    manager.of(FINGERPRINT_SCANNER).pipe(
      map(([first]) => first),
      filter((first) => first !== undefined),
      timeout(PATIENCE_MS),
    ),
  );
  return manager.open(candidate, { owner: 'lab', reason: 'test' });
}

/** A session from opening to closing; the print, and how the device ended. */
async function session(): Promise<FingerprintCaptured> {
  const lease = await openScanner();
  try {
    let print: FingerprintCaptured | undefined;
    await lease.device.capture({ finger: 'right-index', patienceMs: PATIENCE_MS }).forEach((event) => {
      if (event.type === 'captured') print = event;
    });
    assert.ok(print);
    return print;
  } finally {
    await lease.release();
    await lease.ended;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.from(a).equals(Buffer.from(b));
}

void test('the recorded session gives every pixel of the reference image', { skip: absent }, async () => {
  const device = replayCapture(file('capture.pcapng'));
  const failures: unknown[] = [];
  await using attached = await attachVhci(device, { failed: (error) => failures.push(error) });
  assert.ok(attached.busPort >= 0);
  const { image } = await session();
  const golden = greyOf(await decodePng(file('capture.png')));
  assert.deepEqual([image.width, image.height], [golden.width, golden.height]);
  assert.ok(sameBytes(image.data, golden.data));
  assert.deepEqual(failures, []);
  assert.equal(device.progress.played, device.progress.of);
});

/** A session with a device that may break, and how many steps it had. */
async function stepsOf(device: VirtualUsbDevice): Promise<number> {
  const counting = breakingAt(device);
  await using attached = await attachVhci(counting);
  assert.ok(attached.busPort >= 0);
  const { image } = await session();
  assert.ok(sameBytes(image.data, virtualPrint().data));
  return counting.steps;
}

void test(
  'unplugged at each step of its protocol, it is lost, and the next session goes well',
  { timeout: 300_000 },
  async (context) => {
    const steps = await stepsOf(virtualUru4500());
    assert.ok(steps > 15);
    const lost: number[] = [];
    for (let step = 1; step <= steps; step += 1) {
      const attached = await attachVhci(breakingAt(virtualUru4500(), { step, fault: 'vanish' }));
      try {
        await session();
      } catch (error) {
        assert.ok(error instanceof DeviceError, `step ${step}: ${String(error)}`);
        assert.equal(error.code, 'lost', `step ${step}: ${error.message}`);
        lost.push(step);
      } finally {
        await attached.unplug();
      }
    }
    context.diagnostic(`${steps} steps, lost at ${lost.length}`);
    // Behind the print come: to wait for the lift, its report, to sleep.
    assert.deepEqual(
      lost.slice(0, steps - 3),
      Array.from({ length: steps - 3 }, (_, index) => index + 1),
    );
    assert.equal(await stepsOf(virtualUru4500()), steps);
  },
);
