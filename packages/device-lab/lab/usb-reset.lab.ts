import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeviceError } from '@buergerkoffer/core';
import { usbBus } from '@buergerkoffer/core/node';
import { USB_REFERENCE } from '@buergerkoffer/core/testing';
import { referenceUsb } from '@buergerkoffer/device-lab';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import { portOn } from './support/opener.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

/** A reset by the kernel, of a device that is in the middle of something. */
export const needs = { modules: ['vhci-hcd'] } satisfies LabNeeds;

const { vendorId, productId, endpoint, interfaceNumber } = USB_REFERENCE;
const OPTIONS = { timeoutMs: 20_000 };

void test('a reset ends what is open as lost, and the device is opened and used again', async () => {
  await using attached = await attachVhci(referenceUsb());
  assert.ok(attached.busPort >= 0);
  const bus = usbBus();
  const port = await portOn(bus, { vendorId, productId, interfaceNumber: interfaceNumber.first });
  const transport = await bus.open(port, {});
  const pending = transport.transferIn(endpoint.bulk, 512, OPTIONS);
  const rejected = assert.rejects(pending, (error) => error instanceof DeviceError && error.code === 'lost');
  assert.ok(bus.reset !== undefined);
  await bus.reset(port);
  await rejected;
  const end = await transport.ended;
  assert.equal(end.reason, 'lost');

  const same = await portOn(bus, { vendorId, productId, interfaceNumber: interfaceNumber.first });
  assert.equal(same.id, port.id, 'it comes back as what it was');
  const again = await bus.open(same, {});
  const sent = await again.transferOut(endpoint.bulk, new Uint8Array(1_000), OPTIONS);
  assert.deepEqual(sent, { status: 'ok', bytesWritten: 1_000 });
  await again.close();
});
