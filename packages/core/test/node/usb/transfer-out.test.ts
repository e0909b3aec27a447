import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeUsbDevice } from '../../support/fake-usb-device.js';
import { bytes, closing, endOf, transportOn } from '../../support/usb-on-fakes.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('a transfer out', () => {
  it('is one request with all the bytes, none too', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    expect(await transport.transferOut(2, bytes('x'.repeat(70_000)))).toEqual({
      status: 'ok',
      bytesWritten: 70_000,
    });
    expect(await transport.transferOut(2, new Uint8Array(0))).toEqual({ status: 'ok', bytesWritten: 0 });
    expect(device.requests).toEqual(['out2:70000', 'out2:0']);
    await closing(transport);
  });

  it('has its deadline in the library: nothing of it goes out afterwards', async () => {
    const device = new FakeUsbDevice();
    device.deaf.add(2);
    const { transport } = await transportOn(device);
    const end = endOf(transport.transferOut(2, bytes('late'), { timeoutMs: 100 }));
    await vi.advanceTimersByTimeAsync(100);
    expect(await end).toBe('timeout');
    device.deaf.delete(2);
    device.pump();
    expect(await endOf(transport.transferOut(2, bytes('next')))).toBe('ok');
    expect(device.received.map(({ data }) => new TextDecoder().decode(data))).toEqual(['next']);
    await closing(transport);
  });

  it('that is aborted sends nothing afterwards; pending calls in go on, with what is left of their time', async () => {
    const device = new FakeUsbDevice();
    device.deaf.add(2);
    const { transport } = await transportOn(device);
    const aborting = new AbortController();
    const mine = new Error('mine');
    const read = endOf(transport.transferIn(1, 512, { timeoutMs: 1_000 }));
    const write = endOf(transport.transferOut(2, bytes('never'), { signal: aborting.signal }));
    await vi.advanceTimersByTimeAsync(500);
    aborting.abort(mine);
    expect(await write).toBe(mine);
    device.deaf.delete(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(await endOf(transport.transferOut(2, bytes('next')))).toBe('ok');
    expect(device.received.map(({ data }) => new TextDecoder().decode(data))).toEqual(['next']);
    expect(device.requests).toEqual(['in1:512', 'out2:5', 'in1:512', 'out2:4']);
    await vi.advanceTimersByTimeAsync(400);
    expect(await read).toBe('timeout');
    await closing(transport);
  });

  it('that follows an aborted one waits for it, and does not begin once nobody waits any more', async () => {
    const device = new FakeUsbDevice();
    device.deaf.add(2);
    const { transport } = await transportOn(device);
    const [first, second] = [new AbortController(), new AbortController()];
    const one = endOf(transport.transferOut(2, bytes('one'), { signal: first.signal }));
    first.abort('first');
    expect(await one).toBe('first');
    const two = endOf(transport.transferOut(2, bytes('two'), { signal: second.signal }));
    second.abort('second');
    expect(await two).toBe('second');
    device.deaf.delete(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(device.requests).toEqual(['out2:3']);
    await closing(transport);
  });

  it('ends as protocol when another one is aborted: how much went out is not known', async () => {
    const device = new FakeUsbDevice([{ number: 0, alternates: [[{ address: 0x02 }, { address: 0x04 }]] }]);
    device.deaf.add(2).add(4);
    const { transport } = await transportOn(device);
    const aborting = new AbortController();
    const aborted = endOf(transport.transferOut(2, bytes('a'), { signal: aborting.signal }));
    const other = endOf(transport.transferOut(4, bytes('b')));
    await vi.advanceTimersByTimeAsync(1);
    aborting.abort('mine');
    await vi.advanceTimersByTimeAsync(50);
    expect([await aborted, await other]).toEqual(['mine', 'protocol']);
    await closing(transport);
  });

  it('that is aborted leaves the alternate setting as it was', async () => {
    const device = new FakeUsbDevice([{ number: 0, alternates: [[], [{ address: 0x02 }]] }]);
    device.deaf.add(2);
    const { transport } = await transportOn(device, { alternateSetting: 1 });
    const aborting = new AbortController();
    const aborted = endOf(transport.transferOut(2, bytes('a'), { signal: aborting.signal }));
    await vi.advanceTimersByTimeAsync(1);
    aborting.abort('mine');
    await vi.advanceTimersByTimeAsync(50);
    await aborted;
    device.deaf.delete(2);
    expect(await endOf(transport.transferOut(2, bytes('b')))).toBe('ok');
    expect(device.settings.get(0)).toBe(1);
    await closing(transport);
  });

  it('that is aborted ends the transport where another program takes the interface meanwhile', async () => {
    const device = new FakeUsbDevice();
    device.deaf.add(2);
    const { transport, handle } = await transportOn(device);
    const aborting = new AbortController();
    const aborted = endOf(transport.transferOut(2, bytes('a'), { signal: aborting.signal }));
    await vi.advanceTimersByTimeAsync(1);
    aborting.abort('mine');
    device.claims.set(0, 'another program');
    await vi.advanceTimersByTimeAsync(50);
    await aborted;
    expect(await transport.ended).toMatchObject({ reason: 'lost', error: { code: 'lost' } });
    await closing(transport);
    expect(handle.isHeld).toBe(false);
  });

  it('is a stall where the endpoint is halted, until the halt is cleared', async () => {
    const device = new FakeUsbDevice();
    device.halted.add(0x02);
    const { transport } = await transportOn(device);
    expect(await transport.transferOut(2, bytes('a'))).toEqual({ status: 'stall' });
    await transport.clearHalt('out', 2);
    expect(await endOf(transport.transferOut(2, bytes('a')))).toBe('ok');
    await closing(transport);
  });
});
