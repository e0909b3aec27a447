import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeUsbDevice } from '../../support/fake-usb-device.js';
import { bytes, closing, endOf, textOf, transportOn } from '../../support/usb-on-fakes.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('a transfer in', () => {
  it('is what the device sends, a zero-length packet too', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    device.send(1, 'hello');
    device.send(1, '');
    expect(textOf(await transport.transferIn(1, 512))).toBe('hello');
    expect(await transport.transferIn(1, 512)).toEqual({ status: 'ok', data: new Uint8Array(0) });
    await closing(transport);
  });

  it('asks for whole packets and gives the rest of one to the next call', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    device.send(1, 'abcdefghij');
    const parts = [
      await transport.transferIn(1, 4),
      await transport.transferIn(1, 4),
      await transport.transferIn(1, 4),
    ];
    expect(parts.map(textOf)).toEqual(['abcd', 'efgh', 'ij']);
    expect(device.requests).toEqual(['in1:512']);
    await closing(transport);
  });

  it('answers what is left of a packet by itself, and goes on behind it', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    device.send(1, 'x'.repeat(1024) + 'end');
    const first = await transport.transferIn(1, 700);
    const second = await transport.transferIn(1, 700);
    const third = await transport.transferIn(1, 700);
    expect([first, second, third].map(textOf)).toEqual(['x'.repeat(700), 'x'.repeat(324), 'end']);
    await closing(transport);
  });

  it('is one request to the device, however long, and its bytes are not copied', async () => {
    const device = new FakeUsbDevice();
    const { transport, handle } = await transportOn(device);
    const real = vi.spyOn(handle, 'transferIn');
    device.send(1, 'x'.repeat(65_536));
    const result = await transport.transferIn(1, 65_536);
    const given = await real.mock.results[0]?.value;
    expect(device.requests).toEqual(['in1:65536']);
    expect(result.status === 'ok' && result.data.buffer === given.data.buffer).toBe(true);
    await closing(transport);
  });

  it('that times out loses nothing: what comes later is for the next call', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    const late = endOf(transport.transferIn(1, 512, { timeoutMs: 100 }));
    await vi.advanceTimersByTimeAsync(100);
    expect(await late).toBe('timeout');
    device.send(1, 'late');
    expect(textOf(await transport.transferIn(1, 512))).toBe('late');
    expect(device.requests).toEqual(['in1:512']);
    await closing(transport);
  });

  it('times out after five seconds where no other deadline is given', async () => {
    const { transport } = await transportOn(new FakeUsbDevice());
    const end = endOf(transport.transferIn(1, 512));
    await vi.advanceTimersByTimeAsync(4_999);
    const race = Promise.race([end, Promise.resolve('pending')]);
    expect(await race).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(await end).toBe('timeout');
    await closing(transport);
  });

  it('that is aborted loses nothing, and disturbs nothing', async () => {
    const device = new FakeUsbDevice([
      { number: 0, alternates: [[{ address: 0x81 }, { address: 0x83 }, { address: 0x02 }]] },
    ]);
    const { transport } = await transportOn(device);
    const aborting = new AbortController();
    const mine = new Error('mine');
    const aborted = endOf(transport.transferIn(1, 512, { signal: aborting.signal }));
    const other = endOf(transport.transferIn(3, 512));
    await vi.advanceTimersByTimeAsync(1);
    aborting.abort(mine);
    expect(await aborted).toBe(mine);
    device.send(3, 'other');
    device.send(1, 'late');
    expect(await other).toBe('other');
    expect(textOf(await transport.transferIn(1, 512))).toBe('late');
    await closing(transport);
  });

  it('is busy while another call waits on the endpoint', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    const first = endOf(transport.transferIn(1, 512));
    expect(await endOf(transport.transferIn(1, 512))).toBe('busy');
    device.send(1, 'first');
    expect(await first).toBe('first');
    await closing(transport);
  });

  it('gives what came ahead of a stall, then the stall', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    device.packets(1).push(bytes('x'.repeat(512)));
    expect(textOf(await transport.transferIn(1, 100))).toHaveLength(100);
    device.halted.add(0x81);
    expect(textOf(await transport.transferIn(1, 1_000))).toHaveLength(412);
    expect(await transport.transferIn(1, 1_000)).toEqual({ status: 'stall' });
    await closing(transport);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 31])('of %d bytes is refused', async (length) => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    expect(await endOf(transport.transferIn(1, length))).toBe('invalid-request');
    expect(await endOf(transport.transferIn(4, 512))).toBe('invalid-request');
    expect(device.requests).toEqual([]);
    await closing(transport);
  });

  it.each(['Fault', 'Unknown(67)', 'Unknown(999)', 'a text of a later version'])(
    'that ends as %s is a protocol error, and the next one works',
    async (text) => {
      const device = new FakeUsbDevice();
      device.failures.set(0x81, [text]);
      const { transport } = await transportOn(device);
      expect(await endOf(transport.transferIn(1, 512))).toBe('protocol');
      device.send(1, 'good');
      expect(await endOf(transport.transferIn(1, 512))).toBe('good');
      await closing(transport);
    },
  );
});

describe('clearing a halt', () => {
  it('throws away what came and was not read, so that a protocol begins anew', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    device.send(1, 'abcdef');
    await transport.transferIn(1, 2);
    await transport.clearHalt('in', 1);
    device.send(1, 'new');
    expect(await endOf(transport.transferIn(1, 512))).toBe('new');
    await closing(transport);
  });

  it('ends a request that a call has left behind', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    const end = endOf(transport.transferIn(1, 512, { timeoutMs: 10 }));
    await vi.advanceTimersByTimeAsync(10);
    await end;
    const cleared = endOf(transport.clearHalt('in', 1));
    await vi.advanceTimersByTimeAsync(50);
    expect(await cleared).toBe('done');
    device.send(1, 'new');
    expect(await endOf(transport.transferIn(1, 512))).toBe('new');
    await closing(transport);
  });

  it('that is aborted is still carried out, and what follows on the endpoint waits for it', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    let goOn: (value: undefined) => void = () => undefined;
    device.clearing = new Promise<undefined>((resolve) => {
      goOn = resolve;
    });
    const aborting = new AbortController();
    const clearing = endOf(transport.clearHalt('in', 1, { signal: aborting.signal }));
    aborting.abort('mine');
    expect(await clearing).toBe('mine');
    device.send(1, 'next');
    const read = endOf(transport.transferIn(1, 512));
    goOn(undefined);
    expect(await read).toBe('next');
    await closing(transport);
  });

  it('is busy while a call waits there', async () => {
    const device = new FakeUsbDevice();
    const { transport } = await transportOn(device);
    const read = endOf(transport.transferIn(1, 512));
    expect(await endOf(transport.clearHalt('in', 1))).toBe('busy');
    device.send(1, 'a');
    await read;
    await closing(transport);
  });
});
