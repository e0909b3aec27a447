import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UsbSetup } from '@buergerkoffer/core';
import { FakeUsbDevice } from '../../support/fake-usb-device.js';
import { bytes, closing, endOf, textOf, transportOn } from '../../support/usb-on-fakes.js';

const VENDOR: UsbSetup = { requestType: 'vendor', recipient: 'device', request: 1, value: 2, index: 3 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('a control transfer', () => {
  it('asks, tells, and needs no data', async () => {
    const device = new FakeUsbDevice();
    const told: unknown[] = [];
    device.control = (request, data) => {
      told.push(data?.length);
      return bytes(`answer ${request}`);
    };
    const { transport } = await transportOn(device);
    expect(textOf(await transport.controlTransferIn(VENDOR, 6))).toBe('answer');
    expect(await transport.controlTransferOut(VENDOR)).toEqual({ status: 'ok', bytesWritten: 0 });
    expect(await transport.controlTransferOut(VENDOR, bytes('abc'))).toEqual({
      status: 'ok',
      bytesWritten: 3,
    });
    expect(told).toEqual([undefined, 0, 3]);
    await closing(transport);
  });

  it('answers a stall', async () => {
    const { transport } = await transportOn(new FakeUsbDevice());
    expect(await transport.controlTransferIn(VENDOR, 6)).toEqual({ status: 'stall' });
    expect(await transport.controlTransferOut(VENDOR)).toEqual({ status: 'stall' });
    await closing(transport);
  });

  it('has its deadline in the library', async () => {
    const device = new FakeUsbDevice();
    device.control = () => 'silence';
    const { transport } = await transportOn(device);
    const end = endOf(transport.controlTransferIn(VENDOR, 6, { timeoutMs: 200 }));
    await vi.advanceTimersByTimeAsync(200);
    expect(await end).toBe('timeout');
    expect(device.pending.size).toBe(0);
    await closing(transport);
  });

  it.each<[string, Partial<UsbSetup>]>([
    ['a request above 255', { request: 256 }],
    ['a value that is no number', { value: Number.NaN }],
    ['a negative index', { index: -1 }],
    ['another interface', { recipient: 'interface', index: 5 }],
    ['an endpoint of another interface', { recipient: 'endpoint', index: 0x85 }],
  ])('to %s is refused', async (_, changes) => {
    const device = new FakeUsbDevice();
    device.control = () => bytes('reached');
    const { transport } = await transportOn(device);
    expect(await endOf(transport.controlTransferIn({ ...VENDOR, ...changes }, 6))).toBe('invalid-request');
    await closing(transport);
  });

  it.each<[string, Partial<UsbSetup>]>([
    ['its own interface', { recipient: 'interface', index: 0x0300 }],
    ['its own endpoint', { recipient: 'endpoint', index: 0x81 }],
    ['the control endpoint', { recipient: 'endpoint', index: 0 }],
    [
      'a printer of its own, as GET_DEVICE_ID',
      { requestType: 'class', recipient: 'interface', request: 0, index: 0x0001 },
    ],
  ])('to %s goes through', async (_, changes) => {
    const device = new FakeUsbDevice();
    device.control = () => bytes('ok');
    const { transport } = await transportOn(device);
    expect(await endOf(transport.controlTransferIn({ ...VENDOR, ...changes }, 6))).toBe('ok');
    await closing(transport);
  });
});
