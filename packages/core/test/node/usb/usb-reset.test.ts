import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bus, UsbPort } from '@buergerkoffer/core';
import { usbBusOf } from '../../../src/node/usb/usb-bus.js';
import { FakeUsbComputer } from '../../support/fake-usb-computer.js';

const PORT: UsbPort = {
  bus: 'usb',
  id: 'usb:1-1@2:0',
  path: '1-1:1.0',
  physical: 'usb:1-1',
  vendorId: 0x1209,
  productId: 1,
  interfaceNumber: 0,
  interfaceClass: 0xff,
  interfaceSubclass: 0,
  interfaceProtocol: 0,
};
let computer: FakeUsbComputer;
let bus: Bus<'usb'>;
beforeEach(async () => {
  computer = await FakeUsbComputer.make();
  bus = usbBusOf(computer);
});
afterEach(async () => {
  expect(computer.handles.filter((handle) => handle.isHeld)).toEqual([]);
  await computer.remove();
});

describe('resetting a USB device', () => {
  it('resets it once and lets go of it', async () => {
    const device = await computer.plug();
    await bus.reset?.(PORT);
    expect(device.resets).toBe(1);
  });

  it('ends what is open on it, with what is pending, and it is opened again', async () => {
    const device = await computer.plug();
    const transport = await bus.open(PORT, {});
    const pending = transport.transferIn(1, 512);
    const lost = { code: 'lost', message: '1-1:1.0 was reset', remedy: 'open the device again' };
    const rejected = expect(pending).rejects.toMatchObject(lost);
    await bus.reset?.(PORT);
    await rejected;
    expect(await transport.ended).toMatchObject({ reason: 'lost', error: lost });
    await expect(transport.transferIn(1, 512)).rejects.toMatchObject(lost);
    expect(device.claims.size).toBe(0);
    const again = await bus.open(PORT, {});
    device.send(1, 'again');
    expect(await again.transferIn(1, 512)).toMatchObject({ status: 'ok' });
    await again.close();
  });

  it('leaves a device that has gone alone', async () => {
    await expect(bus.reset?.(PORT)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('does not begin when it was aborted', async () => {
    const device = await computer.plug();
    const reason = new Error('enough');
    await expect(bus.reset?.(PORT, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(device.resets).toBe(0);
  });
});
