import { filter, firstValueFrom, map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Bus, UsbPort } from '@buergerkoffer/core';
import { webUsbBus, type WebUsbDevice, type WebUsbInResult } from '@buergerkoffer/core/web';
import { FakeUsb, fakeUsbDevice, rejects } from '../lab/fake-platform.js';
import { failureOf, openedFirst } from '../lab/opening.js';

const REASON = new Error('not wanted');
const bytes = (length: number, first = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (first + i) & 0xff);
const ok = (data: Uint8Array): WebUsbInResult => ({ status: 'ok', data: new DataView(data.buffer) });

async function opened(changes: Partial<WebUsbDevice> = {}) {
  const device = fakeUsbDevice(changes);
  const usb = new FakeUsb(device);
  return { device, usb, transport: await openedFirst(webUsbBus(usb), {}) };
}

/** A device whose IN requests the test answers one by one. */
async function answering() {
  const asked: number[] = [];
  const answers: ((result: WebUsbInResult) => void)[] = [];
  const { transport } = await opened({
    transferIn: (_, length) => {
      asked.push(length);
      return new Promise((resolve) => answers.push(resolve));
    },
  });
  return { transport, asked, answer: (result: WebUsbInResult) => answers.shift()?.(result) };
}

describe('opening a USB interface', () => {
  it.each([
    ['open', 'NotFoundError', 'not-found'],
    ['open', 'SecurityError', 'access-denied'],
    ['open', 'NetworkError', 'access-denied'],
    ['open', 'InvalidStateError', 'busy'],
    ['claimInterface', 'NotFoundError', 'not-found'],
    ['claimInterface', 'SecurityError', 'access-denied'],
    ['claimInterface', 'NetworkError', 'busy'],
    ['claimInterface', 'InvalidStateError', 'busy'],
    ['claimInterface', 'UnknownError', 'protocol'],
  ] as const)('%s() with %s is %s, and leaves the device closed', async (step, name, code) => {
    const device = fakeUsbDevice({ [step]: rejects(name) });
    expect((await failureOf(openedFirst(webUsbBus(new FakeUsb(device)), {}))).code).toBe(code);
    expect(device.opened).toBe(false);
  });

  it('says which way there is to an interface that browsers keep to themselves', async () => {
    const device = fakeUsbDevice({ claimInterface: rejects('SecurityError') });
    const { remedy } = await failureOf(openedFirst(webUsbBus(new FakeUsb(device)), {}));
    expect(remedy).toMatch(/webHidBus/);
  });

  it('chooses the setting that is asked for, and refuses one that is not there', async () => {
    const chosen: number[] = [];
    const device = fakeUsbDevice({
      selectAlternateInterface: (_, setting) => {
        chosen.push(setting);
        return Promise.resolve();
      },
    });
    const bus = webUsbBus(new FakeUsb(device));
    await (await openedFirst(bus, { alternateSetting: 1 })).close();
    expect(chosen).toEqual([1]);
    expect(await failureOf(openedFirst(bus, { alternateSetting: 2 }))).toMatchObject({
      code: 'invalid-request',
      path: 'alternateSetting',
    });
  });

  it('configures a device that nobody has configured', async () => {
    const configured: number[] = [];
    const { transport } = await opened({
      configuration: null,
      selectConfiguration: (value) => {
        configured.push(value);
        return Promise.resolve();
      },
    });
    expect(configured).toEqual([1]);
    await transport.close();
  });

  it('offers only endpoints that packets can go through', async () => {
    const { transport } = await opened();
    expect(transport.endpoints.map(({ direction, number }) => `${direction} ${number}`)).toEqual([
      'in 1',
      'out 2',
    ]);
  });
});

describe('a USB transfer', () => {
  it.each([
    ['NotFoundError', 'lost'],
    ['NetworkError', 'protocol'],
    ['SecurityError', 'access-denied'],
    ['AbortError', 'protocol'],
    ['TimeoutError', 'timeout'],
    ['InvalidStateError', 'invalid-request'],
    ['InvalidAccessError', 'invalid-request'],
    ['IndexSizeError', 'invalid-request'],
    ['DataError', 'invalid-request'],
    ['TypeError', 'invalid-request'],
    ['UnknownError', 'protocol'],
  ])('that fails with %s is %s', async (name, code) => {
    const { transport } = await opened({ transferOut: rejects(name) });
    expect((await failureOf(transport.transferOut(2, bytes(1)))).code).toBe(code);
    await transport.close();
  });

  it('that fails just before the browser says that the device has gone is lost', async () => {
    const { device, usb, transport } = await opened({ transferOut: rejects('NetworkError') });
    const writing = failureOf(transport.transferOut(2, bytes(1)));
    setTimeout(() => {
      usb.disconnect(device);
    }, 5);
    expect((await writing).code).toBe('lost');
  });

  it('to a part that the device does not have is an invalid request, not a loss', async () => {
    const { transport } = await opened({ controlTransferIn: rejects('NotFoundError') });
    const setup = { requestType: 'class', recipient: 'interface', request: 1, value: 0, index: 9 } as const;
    expect(await failureOf(transport.controlTransferIn(setup, 8))).toMatchObject({
      code: 'invalid-request',
      path: 'setup.index',
    });
    await transport.close();
  });

  it('that stalls is an answer, one that babbles is a protocol error', async () => {
    const { transport, answer } = await answering();
    const stalled = transport.transferIn(1, 64);
    answer({ status: 'stall', data: null });
    expect(await stalled).toEqual({ status: 'stall' });
    const babbling = failureOf(transport.transferIn(1, 64));
    answer({ status: 'babble', data: null });
    expect((await babbling).code).toBe('protocol');
  });
});

describe('reading from a USB endpoint', () => {
  it('asks for whole packets, and keeps what is left over for the next answer', async () => {
    const { transport, asked, answer } = await answering();
    const first = transport.transferIn(1, 100);
    answer(ok(bytes(128)));
    expect(await first).toEqual({ status: 'ok', data: bytes(100) });
    expect(await transport.transferIn(1, 100)).toEqual({ status: 'ok', data: bytes(28, 100) });
    expect(asked).toEqual([128]);
  });

  it('gives the late answer of an aborted read to the next one, and asks for nothing twice', async () => {
    const { transport, asked, answer } = await answering();
    const wanted = new AbortController();
    const read = transport.transferIn(1, 64, { signal: wanted.signal });
    wanted.abort(REASON);
    await expect(read).rejects.toBe(REASON);
    const next = transport.transferIn(1, 64);
    answer(ok(bytes(10)));
    expect(await next).toEqual({ status: 'ok', data: bytes(10) });
    expect(asked).toEqual([64]);
  });

  it('keeps an answer that comes while nobody reads, also an empty one and a stall', async () => {
    for (const result of [ok(bytes(10)), ok(bytes(0)), { status: 'stall' } as const]) {
      const { transport, answer } = await answering();
      await failureOf(transport.transferIn(1, 64, { timeoutMs: 1 }));
      answer(result);
      const { status, data } = result as WebUsbInResult;
      expect(await transport.transferIn(1, 64)).toEqual(
        status === 'ok' ? { status, data: bytes(data?.byteLength ?? 0) } : { status },
      );
    }
  });

  it('goes on behind a late answer that was full, because the message does', async () => {
    const { transport, asked, answer } = await answering();
    await failureOf(transport.transferIn(1, 64, { timeoutMs: 1 }));
    const read = transport.transferIn(1, 200);
    answer(ok(bytes(64)));
    await new Promise((resolve) => setTimeout(resolve));
    answer(ok(bytes(30, 64)));
    expect(await read).toEqual({ status: 'ok', data: bytes(94) });
    expect(asked).toEqual([64, 192]);
  });

  it('forgets a stall that nobody heard of when the halt is cleared', async () => {
    const { transport, asked, answer } = await answering();
    await failureOf(transport.transferIn(1, 64, { timeoutMs: 1 }));
    answer({ status: 'stall' });
    await transport.clearHalt('in', 1);
    void transport.transferIn(1, 64).catch(() => undefined);
    expect(asked).toEqual([64, 64]);
    await transport.close();
  });

  it('refuses a length that no request can have', async () => {
    const { transport } = await answering();
    for (const length of [0, -1, 1.5, Number.NaN]) {
      expect((await failureOf(transport.transferIn(1, length))).path).toBe('length');
    }
  });
});

describe('writing to a USB endpoint', () => {
  it('waits for a write that was given up, and never begins one that is given up meanwhile', async () => {
    const sent: number[] = [];
    const taken: (() => void)[] = [];
    const { transport } = await opened({
      transferOut: (_, data) => {
        sent.push(data[0] ?? 0);
        return new Promise((resolve) => {
          taken.push(() => {
            resolve({ status: 'ok', bytesWritten: 1 });
          });
        });
      },
    });
    for (const given of [1, 2]) {
      expect((await failureOf(transport.transferOut(2, bytes(1, given), { timeoutMs: 1 }))).code).toBe(
        'timeout',
      );
    }
    const third = transport.transferOut(2, bytes(1, 3));
    taken.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
    taken.shift()?.();
    expect(await third).toEqual({ status: 'ok', bytesWritten: 1 });
    expect(sent).toEqual([1, 3]);
  });
});

describe('two interfaces of one USB device', () => {
  it('are open side by side; the device closes with the last one', async () => {
    const done: string[] = [];
    const note = (what: string) => () => {
      done.push(what);
      return Promise.resolve();
    };
    const device = fakeUsbDevice({ close: note('close'), releaseInterface: note('release') });
    const bus = webUsbBus(new FakeUsb(device));
    const one = await openedFirst(bus, {});
    expect((await failureOf(openedFirst(bus, {}))).code).toBe('busy');
    const two = await bus.open(await portOf(bus, 1), {});
    await one.close();
    expect(done).toEqual(['release']);
    await two.close();
    expect(done).toEqual(['release', 'close']);
  });

  it('do not disturb one another: a request waits while the other interface is claimed', async () => {
    let claiming = false;
    const device = fakeUsbDevice({
      claimInterface: async () => {
        claiming = true;
        await new Promise((resolve) => setTimeout(resolve));
        claiming = false;
      },
      controlTransferIn: () =>
        claiming ? rejects('InvalidStateError')() : Promise.resolve({ status: 'ok' }),
    });
    const bus = webUsbBus(new FakeUsb(device));
    const one = await openedFirst(bus, {});
    const opening = bus.open(await portOf(bus, 1), {});
    while (!claiming) await Promise.resolve();
    const setup = { requestType: 'vendor', recipient: 'device', request: 1, value: 0, index: 0 } as const;
    expect((await one.controlTransferIn(setup, 8)).status).toBe('ok');
    await (await opening).close();
    await one.close();
  });
});

function portOf(bus: Bus<'usb'>, interfaceNumber: number): Promise<UsbPort> {
  return firstValueFrom(
    bus.events.pipe(
      map((event) => (event.type === 'attached' ? event.port : undefined)),
      filter((port) => port !== undefined),
      filter((port) => port.interfaceNumber === interfaceNumber),
    ),
  );
}
