import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filter, firstValueFrom, map, timeout } from 'rxjs';
import { busSource, DeviceError, DeviceManager, type Lease } from '@buergerkoffer/core';
import { usbBus } from '@buergerkoffer/core/node';
import {
  FINGERPRINT_SCANNER,
  type FingerprintEvent,
  type FingerprintScanner,
} from '@buergerkoffer/fingerprint';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import { fs1Driver } from '../../../docs/guide/code/fs1-driver.js';
import { virtualFs1 } from '../../../docs/guide/code/fs1-hardware.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

/** The driver of the guide on the real library and a real kernel: the pattern for every driver that lands. */
export const needs = { modules: ['vhci-hcd'] } satisfies LabNeeds;

const PATIENCE_MS = 30_000;

async function openScanner(): Promise<Lease<FingerprintScanner>> {
  const manager = new DeviceManager([busSource(usbBus(), [fs1Driver])]);
  const candidate = await firstValueFrom(
    manager.of(FINGERPRINT_SCANNER).pipe(
      map(([first]) => first),
      filter((first) => first !== undefined),
      timeout(PATIENCE_MS),
    ),
  );
  return manager.open(candidate, { owner: 'lab', reason: 'test' });
}

void test('the driver of the guide captures a finger', async () => {
  await using attached = await attachVhci(virtualFs1({ count: 1 }));
  const lease = await openScanner();
  const events: FingerprintEvent['type'][] = [];
  await lease.device.capture({ finger: 'right-index' }).forEach((event) => {
    events.push(event.type);
  });
  assert.deepEqual(events, ['waiting', 'retry', 'waiting', 'captured']);
  await lease.release();
  assert.ok(attached.busPort >= 0);
});

/** Pulls the plug when the capture has told `after`, and expects that all of it ends as lost. */
async function pulledAfter(after: FingerprintEvent['type']): Promise<void> {
  // So many lifted fingers that the capture never ends by itself first.
  const attached = await attachVhci(virtualFs1({ count: 2_000 }));
  const lease = await openScanner();
  const capture = lease.device.capture({ finger: 'right-index' }).forEach((event) => {
    if (event.type === after) void attached.unplug();
  });
  await assert.rejects(capture, (error) => error instanceof DeviceError && error.code === 'lost');
  assert.equal((await lease.ended).reason, 'lost');
  await lease.release();
}

void test('unplugged while it waits for a finger, the device is lost', () => pulledAfter('waiting'));
void test('unplugged between two tries, the device is lost', () => pulledAfter('retry'));

void test('unplugged while idle, the device is lost, and plugged in again it is found again', async () => {
  const attached = await attachVhci(virtualFs1({ count: 0 }));
  const lease = await openScanner();
  await attached.unplug();
  assert.equal((await lease.ended).reason, 'lost');
  await using again = await attachVhci(virtualFs1({ count: 0 }));
  const second = await openScanner();
  const events = await firstValueFrom(second.device.capture({ finger: 'left-thumb' }));
  assert.equal(events.type, 'waiting');
  await second.release();
  assert.ok(again.busPort >= 0);
});

void test('unplugged while it is closed, closing ends all the same', async () => {
  const attached = await attachVhci(virtualFs1({ count: 0 }));
  const lease = await openScanner();
  await Promise.all([lease.release(), attached.unplug()]);
  await lease.ended;
});
