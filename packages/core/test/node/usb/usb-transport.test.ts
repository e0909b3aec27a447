import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { UsbSetup } from '@buergerkoffer/core';
import { FakeUsbDevice } from '../../support/fake-usb-device.js';
import { bytes, closing, endOf, transportOn } from '../../support/usb-on-fakes.js';

const VENDOR: UsbSetup = { requestType: 'vendor', recipient: 'device', request: 1, value: 2, index: 3 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('closing', () => {
  it('ends every call as closed, gives the interface back, and never waits for a read', async () => {
    const device = new FakeUsbDevice();
    device.deaf.add(2);
    const { transport, handle } = await transportOn(device);
    const dropped = vi.spyOn(handle, 'detachKernelDriver');
    const ends = [endOf(transport.transferIn(1, 512)), endOf(transport.transferOut(2, bytes('a')))];
    await vi.advanceTimersByTimeAsync(1);
    const closed = transport.close();
    expect(await Promise.all(ends)).toEqual(['closed', 'closed']);
    await vi.advanceTimersByTimeAsync(50);
    await closed;
    expect(await transport.ended).toEqual({ reason: 'closed' });
    expect([handle.isHeld, device.claims.size, device.pending.size]).toEqual([false, 0, 0]);
    expect(dropped).toHaveBeenCalledTimes(1);
  });

  it('ends a request that a call has left behind', async () => {
    const device = new FakeUsbDevice();
    const { transport, handle } = await transportOn(device);
    const end = endOf(transport.transferIn(1, 512, { timeoutMs: 10 }));
    await vi.advanceTimersByTimeAsync(10);
    await end;
    const closed = transport.close();
    await vi.advanceTimersByTimeAsync(50);
    await closed;
    expect([handle.isHeld, device.pending.size]).toEqual([false, 0]);
  });

  it('frees the interface at once while a control transfer runs, which ends by its own deadline', async () => {
    const device = new FakeUsbDevice();
    device.control = () => 'silence';
    const { transport, handle } = await transportOn(device);
    const end = endOf(transport.controlTransferIn(VENDOR, 6, { timeoutMs: 3_000 }));
    await vi.advanceTimersByTimeAsync(1);
    const closed = transport.close();
    expect(await end).toBe('closed');
    await closed;
    expect(device.claims.size).toBe(0);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(handle.isHeld).toBe(false);
  });

  it('gives the kernel driver its interface back', async () => {
    const device = new FakeUsbDevice();
    const idle = await transportOn(device, { kernelDriverDetached: true });
    await closing(idle.transport);
    expect(device.claims.get(0)).toBe('driver');
    device.claims.clear();
    const reading = await transportOn(device, { kernelDriverDetached: true });
    const end = endOf(reading.transport.transferIn(1, 512));
    await vi.advanceTimersByTimeAsync(1);
    const closed = reading.transport.close();
    await vi.advanceTimersByTimeAsync(50);
    await Promise.all([closed, end]);
    expect([device.claims.get(0), reading.handle.isHeld]).toEqual(['driver', false]);
  });

  it('is done once, and what comes afterwards is refused', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    await Promise.all([transport.close(), transport.close()]);
    await transport.close();
    const late = [
      transport.transferIn(1, 512),
      transport.clearHalt('in', 1),
      transport.controlTransferOut(VENDOR),
    ];
    expect(await Promise.all(late.map(endOf))).toEqual(['closed', 'closed', 'closed']);
    expect(device.requests).toEqual([]);
  });

  it('right after an abort does not claim the interface again', async () => {
    const device = new FakeUsbDevice();
    device.deaf.add(2);
    const { transport, handle } = await transportOn(device);
    const aborting = new AbortController();
    const write = endOf(transport.transferOut(2, bytes('a'), { signal: aborting.signal }));
    await vi.advanceTimersByTimeAsync(1);
    aborting.abort('mine');
    const closed = transport.close();
    await vi.advanceTimersByTimeAsync(50);
    await Promise.all([write, closed]);
    expect([handle.isHeld, device.claims.size]).toEqual([false, 0]);
  });
});

describe('pulling the plug', () => {
  it.each<[string, (device: FakeUsbDevice) => void]>([
    ['reading', () => undefined],
    ['writing', (device) => device.deaf.add(2)],
    ['asking', (device) => (device.control = () => 'silence')],
  ])('while %s ends the call and the transport as lost', async (how, prepare) => {
    const device = new FakeUsbDevice();
    prepare(device);
    const { transport, handle } = await transportOn(device);
    const call =
      how === 'reading'
        ? transport.transferIn(1, 512)
        : how === 'writing'
          ? transport.transferOut(2, bytes('a'))
          : transport.controlTransferIn(VENDOR, 6);
    const end = endOf(call);
    await vi.advanceTimersByTimeAsync(1);
    device.unplug();
    await vi.advanceTimersByTimeAsync(20);
    expect(await end).toBe('lost');
    expect(await transport.ended).toMatchObject({ reason: 'lost', error: { code: 'lost' } });
    await closing(transport);
    expect(handle.isHeld).toBe(false);
    expect(await endOf(transport.transferIn(1, 512))).toBe('lost');
  });

  it('while nobody asks anything ends the transport as lost', async () => {
    const device = new FakeUsbDevice();
    const { transport, handle, gone } = await transportOn(device);
    device.unplug();
    gone.next('gone');
    expect(await transport.ended).toMatchObject({ reason: 'lost' });
    await closing(transport);
    expect([handle.isHeld, gone.observed]).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(20);
  });

  it('is noticed by a request that a call has left behind', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    const end = endOf(transport.transferIn(1, 512, { timeoutMs: 10 }));
    await vi.advanceTimersByTimeAsync(10);
    await end;
    device.unplug();
    await vi.advanceTimersByTimeAsync(20);
    expect(await transport.ended).toMatchObject({ reason: 'lost' });
    await closing(transport);
  });

  it('while closing closes', async () => {
    const device = new FakeUsbDevice();
    const { transport, handle } = await transportOn(device);
    const read = endOf(transport.transferIn(1, 512));
    await vi.advanceTimersByTimeAsync(1);
    device.unplug();
    const closed = transport.close();
    await vi.advanceTimersByTimeAsync(50);
    await closed;
    expect([await read, await transport.ended, handle.isHeld]).toEqual([
      'closed',
      { reason: 'closed' },
      false,
    ]);
  });
});

describe('two interfaces of one device', () => {
  const twoFunctions = (): FakeUsbDevice =>
    new FakeUsbDevice([
      { number: 0, alternates: [[{ address: 0x81 }, { address: 0x02 }]] },
      { number: 1, alternates: [[{ address: 0x83 }, { address: 0x04 }]] },
    ]);

  it('are opened while the other one reads', async () => {
    const device = twoFunctions();
    const first = await transportOn(device);
    const read = endOf(first.transport.transferIn(1, 512));
    const second = await transportOn(device, { interfaceNumber: 1 });
    device.send(3, 'two');
    device.send(1, 'one');
    expect([await endOf(second.transport.transferIn(3, 512)), await read]).toEqual(['two', 'one']);
    await Promise.all([first.transport.close(), second.transport.close()]);
  });

  it('are not disturbed by an abort or a close on the other one', async () => {
    const device = twoFunctions();
    device.deaf.add(2);
    const first = await transportOn(device);
    const second = await transportOn(device, { interfaceNumber: 1 });
    const read = endOf(second.transport.transferIn(3, 512));
    const aborting = new AbortController();
    const write = endOf(first.transport.transferOut(2, bytes('a'), { signal: aborting.signal }));
    await vi.advanceTimersByTimeAsync(1);
    aborting.abort('mine');
    await vi.advanceTimersByTimeAsync(50);
    await write;
    await closing(first.transport);
    device.send(3, 'still here');
    expect([await read, device.requests.filter((one) => one.startsWith('in3'))]).toEqual([
      'still here',
      ['in3:512'],
    ]);
    await closing(second.transport);
  });
});
