import { firstValueFrom, map, takeWhile, toArray } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import {
  busSource,
  defineDriver,
  defineKind,
  DeviceError,
  DeviceLife,
  DeviceManager,
  type Device,
  type UsbTransport,
} from '@buergerkoffer/core';
import { FaultScript, type Fault } from '@buergerkoffer/core/simulation';
import { LabBus, plugUsb, type PlugUsbOptions, type VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { counting, echoDevice } from '../support/echo-device.js';

interface Echo extends Device {
  echo(bytes: Uint8Array): Promise<Uint8Array>;
}
const ECHO = defineKind<Echo>('echo', 'Echo', { echo: 'call' });

const echoDriver = defineDriver({
  id: 'echo-usb',
  kind: ECHO,
  bus: 'usb',
  matches: [{ vendorId: 0x1209, productId: 1 }],
  openOptions: {},
  open: (usb): Promise<Echo> => {
    const life = new DeviceLife(() => usb.close());
    void usb.ended.then((end) => {
      if (end.reason === 'lost') life.lose(end.error);
    });
    return Promise.resolve({
      info: { maker: 'Test', model: 'Echo', simulated: false },
      ended: life.ended,
      close: () => life.close(),
      echo: (bytes) =>
        life.gate.call('echo', async (signal) => {
          await usb.transferOut(1, bytes, { signal });
          const answer = await usb.transferIn(1, 1024, { signal, timeoutMs: 200 });
          if (answer.status === 'stall') throw new DeviceError('protocol', 'the echo stalled');
          return answer.data;
        }),
    });
  },
});

async function leaseEcho(bus: LabBus<'usb'>) {
  const manager = new DeviceManager([busSource(bus, [echoDriver])]);
  const [candidate] = await firstValueFrom(manager.of(ECHO));
  if (candidate === undefined) throw new Error('no echo');
  return manager.open(candidate, { owner: 'test', reason: 'echo' });
}

/** `device` on a bus of its own, its interfaces opened. */
async function opened(device: VirtualUsbDevice = echoDevice(), options: PlugUsbOptions = {}) {
  const bus = new LabBus('usb');
  const { ports, unplug } = plugUsb(bus, device, options);
  const [port] = ports;
  if (port === undefined) throw new Error('no port');
  return { bus, port, ports, unplug, usb: await bus.open(port, {}) };
}

async function bytesIn(usb: UsbTransport, length: number): Promise<number[]> {
  const result = await usb.transferIn(1, length);
  if (result.status === 'stall') throw new Error('stalled');
  return [...result.data];
}

describe('a virtual USB device behind a driver', () => {
  it.each([0, 1, 63, 64, 65, 128, 700])('echoes %i bytes', async (length) => {
    const bus = new LabBus('usb');
    plugUsb(bus, echoDevice());
    await using lease = await leaseEcho(bus);
    expect(await lease.device.echo(counting(length))).toEqual(counting(length));
  });

  it.each<[Fault, string]>([
    [{ type: 'stall' }, 'protocol'],
    [{ type: 'time-out' }, 'timeout'],
    [{ type: 'vanish' }, 'lost'],
    [{ type: 'jam' }, 'unsupported'],
  ])('shows the fault %o as %s', async (fault, code) => {
    const bus = new LabBus('usb');
    plugUsb(bus, echoDevice(), { faults: new FaultScript([{ operation: 'in', fault }]) });
    await using lease = await leaseEcho(bus);
    await expect(lease.device.echo(new Uint8Array([1]))).rejects.toMatchObject({ code });
  });

  it('is lost when it is unplugged while a read is pending', async () => {
    const bus = new LabBus('usb');
    const { unplug } = plugUsb(
      bus,
      echoDevice(() => ({ received: unplugLater })),
    );
    function unplugLater(): void {
      setImmediate(() => {
        unplug();
      });
    }
    await using lease = await leaseEcho(bus);
    await expect(lease.device.echo(new Uint8Array([1]))).rejects.toMatchObject({ code: 'lost' });
    expect(await lease.ended).toMatchObject({ reason: 'lost' });
  });
});

describe('a USB device on a bus of this process', () => {
  it('is one port per interface, with one place', async () => {
    const bus = new LabBus('usb');
    const echo = echoDevice();
    const [first] = echo.interfaces;
    if (first === undefined) throw new Error('no interface');
    const second = { ...first, number: 1, interfaceClass: 3, endpoints: [] };
    plugUsb(
      bus,
      { ...echo, interfaces: [first, { ...first, alternateSetting: 1 }, second] },
      { place: '1-4.2' },
    );
    const events = await firstValueFrom(
      bus.events.pipe(
        takeWhile(({ type }) => type === 'attached'),
        map((event) => (event.type === 'attached' ? event.port : undefined)),
        toArray(),
      ),
    );
    expect(events).toMatchObject([
      { path: '1-4.2:1.0', physical: 'usb:1-4.2', model: 'Echo', interfaceClass: 0xff },
      { path: '1-4.2:1.1', physical: 'usb:1-4.2', serialNumber: 'E1', interfaceClass: 3 },
    ]);
  });

  it('takes a place of its own, and another id when it is plugged in again', () => {
    const bus = new LabBus('usb');
    const first = plugUsb(bus, echoDevice());
    const second = plugUsb(bus, echoDevice());
    expect(second.ports[0]?.physical).toBe('usb:1-2');
    expect(() => plugUsb(bus, echoDevice(), { place: '1-2' })).toThrow('1-2 is taken');
    first.unplug();
    const again = plugUsb(bus, echoDevice());
    expect(again.ports[0]?.physical).toBe('usb:1-1');
    expect(again.ports[0]?.id).not.toBe(first.ports[0]?.id);
  });

  it('is claimed once, and claimed again after that', async () => {
    const { bus, port, usb } = await opened();
    await expect(bus.open(port, {})).rejects.toMatchObject({ code: 'busy' });
    await usb.close();
    await expect(bus.open(port, {})).resolves.toBeDefined();
  });

  it('remembers between two openings, as hardware does', async () => {
    const { bus, port, usb } = await opened();
    await usb.transferOut(1, counting(3));
    await usb.close();
    expect(await bytesIn(await bus.open(port, {}), 64)).toEqual([0, 1, 2]);
  });

  it('forgets when it is plugged in again', async () => {
    const powered: string[] = [];
    const device = echoDevice(() => {
      powered.push('up');
      return {
        powerDown: () => {
          powered.push('down');
        },
      };
    });
    const { bus, unplug } = await opened(device);
    unplug();
    unplug();
    plugUsb(bus, device);
    expect(powered).toEqual(['up', 'down', 'up']);
  });

  it('leaves nothing behind when it is plugged in, used and unplugged a thousand times', async () => {
    vi.useFakeTimers();
    try {
      const bus = new LabBus('usb');
      const faulty = new Set<string>();
      for (let i = 0; i < 1_000; i += 1) {
        const { ports, unplug } = plugUsb(bus, echoDevice());
        const [port] = ports;
        if (port === undefined) throw new Error('no port');
        const usb = await bus.open(port, {});
        const pending = usb.transferIn(1, 64).then(
          () => faulty.add('answered'),
          (error: unknown) =>
            error instanceof DeviceError && error.code === 'lost' ? undefined : faulty.add('other'),
        );
        unplug();
        await pending;
        await usb.close();
      }
      const next = plugUsb(bus, echoDevice());
      expect([vi.getTimerCount(), [...faulty], next.ports[0]?.physical]).toEqual([0, [], 'usb:1-1']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is no longer watched by whoever has closed it', async () => {
    const added = vi.spyOn(AbortSignal.prototype, 'addEventListener');
    const removed = vi.spyOn(AbortSignal.prototype, 'removeEventListener');
    const { bus, port, usb } = await opened();
    await usb.close();
    for (let i = 0; i < 20; i += 1) {
      const again = await bus.open(port, {});
      await again.transferOut(1, counting(1));
      await again.close();
    }
    expect(added).toHaveBeenCalled();
    expect(removed.mock.calls.length).toBe(added.mock.calls.length);
    added.mockRestore();
    removed.mockRestore();
  });

  it('is gone from the bus when it pulls its own plug', async () => {
    const { bus, port, usb } = await opened(
      echoDevice((host) => ({
        received: () => {
          host.vanish();
        },
      })),
    );
    await usb.transferOut(1, counting(1));
    expect(await usb.ended).toMatchObject({ reason: 'lost' });
    await expect(usb.transferIn(1, 64)).rejects.toMatchObject({ code: 'lost' });
    await expect(bus.open(port, {})).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a transfer to a virtual USB device', () => {
  it('that asks for less than a packet leaves the rest to the next one, which gets nothing else', async () => {
    const { usb } = await opened();
    await usb.transferOut(1, counting(100));
    expect(await bytesIn(usb, 10)).toEqual([...counting(10)]);
    await usb.transferOut(1, counting(2));
    expect(await bytesIn(usb, 50)).toEqual([...counting(64).subarray(10, 60)]);
    expect(await bytesIn(usb, 64)).toEqual([60, 61, 62, 63]);
    expect(await bytesIn(usb, 64)).toEqual([...counting(100).subarray(64)]);
    expect(await bytesIn(usb, 64)).toEqual([0, 1]);
  });

  it('is refused as busy while another is pending on its endpoint', async () => {
    const { usb } = await opened();
    const pending = usb.transferIn(1, 64);
    await expect(usb.transferIn(1, 64)).rejects.toMatchObject({ code: 'busy' });
    await usb.transferOut(1, counting(1));
    await expect(pending).resolves.toEqual({ status: 'ok', data: counting(1) });
  });

  it('that is aborted in the moment of its answer is answered, and loses nothing otherwise', async () => {
    const { usb } = await opened();
    const cancel = new AbortController();
    const answered = usb.transferIn(1, 64, { signal: cancel.signal });
    void usb.transferOut(1, counting(3));
    cancel.abort(new Error('no longer'));
    const data = await answered.then(
      (result) => (result.status === 'ok' ? [...result.data] : []),
      () => bytesIn(usb, 64),
    );
    expect(data).toEqual([0, 1, 2]);
  });

  it('leaves no timer and no half of a message behind when it is cancelled', async () => {
    vi.useFakeTimers();
    try {
      const { usb } = await opened();
      const cancel = new AbortController();
      const read = usb.transferIn(1, 256, { signal: cancel.signal });
      await usb.transferOut(1, counting(64)); // one packet, its zero-length end comes with it
      await expect(read).resolves.toMatchObject({ data: counting(64) });
      const idle = usb.transferIn(1, 256, { signal: cancel.signal });
      cancel.abort(new Error('no longer'));
      await expect(idle).rejects.toThrow('no longer');
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is copied once on its way out and once on its way in, and is one transfer', async () => {
    const taken: number[] = [];
    const { usb } = await opened(
      echoDevice((host) => ({
        received: (endpoint, data) => {
          taken.push(data.length);
          host.send(endpoint, data);
        },
      })),
    );
    const sent = counting(64 * 1024);
    let copied = 0;
    const { set, slice } = Uint8Array.prototype;
    const spies = [
      vi.spyOn(Uint8Array.prototype, 'set').mockImplementation(function (this: Uint8Array, from, at) {
        copied += from.length;
        set.call(this, from, at);
      }),
      vi.spyOn(Uint8Array.prototype, 'slice').mockImplementation(function (this: Uint8Array, from, to) {
        const part = slice.call(this, from, to);
        copied += part.length;
        return part;
      }),
    ];
    const out = await usb.transferOut(1, sent);
    const back = await usb.transferIn(1, 64 * 1024 + 64);
    for (const spy of spies) spy.mockRestore();
    expect(out).toEqual({ status: 'ok', bytesWritten: sent.length });
    expect(back).toEqual({ status: 'ok', data: sent });
    expect([copied, taken]).toEqual([2 * sent.length, [sent.length]]);
  });

  it('ends with its deadline when the device does not take it', async () => {
    vi.useFakeTimers();
    try {
      const { usb } = await opened(echoDevice(() => ({ received: () => new Promise(() => undefined) })));
      const write = usb.transferOut(1, counting(1), { timeoutMs: 300 });
      const refusal = expect(write).rejects.toMatchObject({ code: 'timeout' });
      await vi.advanceTimersByTimeAsync(300);
      await refusal;
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends as closed when the interface is closed', async () => {
    const { usb } = await opened();
    const read = usb.transferIn(1, 64);
    const refusal = expect(read).rejects.toMatchObject({ code: 'closed' });
    await usb.close();
    await refusal;
    await expect(usb.transferOut(1, counting(1))).rejects.toMatchObject({ code: 'closed' });
  });

  it.each<[string, (usb: UsbTransport) => Promise<unknown>]>([
    ['an endpoint that is not there', (usb) => usb.transferIn(2, 64)],
    ['an OUT endpoint that is not there', (usb) => usb.transferOut(2, counting(1))],
    ['no bytes at all', (usb) => usb.transferIn(1, 0)],
    [
      'a setup that no packet can carry',
      (usb) =>
        usb.controlTransferIn(
          { requestType: 'vendor', recipient: 'device', request: 256, value: 0, index: 0 },
          1,
        ),
    ],
  ])('is an invalid request for %s', async (_, call) => {
    const { usb } = await opened();
    await expect(call(usb)).rejects.toMatchObject({ code: 'invalid-request' });
  });
});

describe('a halted endpoint', () => {
  const halting = echoDevice((host) => ({
    received: (endpoint, data) => {
      host.send(endpoint, data);
      host.halt('in', endpoint);
      host.send(endpoint, data);
    },
  }));

  it('answers what was sent before the halt, then stalls until it is cleared', async () => {
    const { usb } = await opened(halting);
    await usb.transferOut(1, counting(2));
    expect(await bytesIn(usb, 64)).toEqual([0, 1]);
    await expect(usb.transferIn(1, 64)).resolves.toEqual({ status: 'stall' });
    await expect(usb.transferIn(1, 64)).resolves.toEqual({ status: 'stall' });
    await usb.clearHalt('in', 1);
    expect(await bytesIn(usb, 64)).toEqual([0, 1]);
  });

  it('stays halted for whoever opens the interface next', async () => {
    const { bus, port, usb } = await opened(echoDevice((host) => (host.halt('out', 1), {})));
    await expect(usb.transferOut(1, counting(1))).resolves.toEqual({ status: 'stall' });
    await usb.close();
    const again = await bus.open(port, {});
    await expect(again.transferOut(1, counting(1))).resolves.toEqual({ status: 'stall' });
  });
});

describe('an alternate setting', () => {
  const settings: number[] = [];
  const device: VirtualUsbDevice = {
    ...echoDevice((host) => ({
      received: (endpoint, data) => {
        host.send(endpoint, data);
      },
      alternateSetting: (_, setting) => {
        settings.push(setting);
      },
    })),
    interfaces: [
      { number: 0, interfaceClass: 0xff, endpoints: [] },
      {
        ...echoDevice().interfaces[0],
        number: 0,
        interfaceClass: 0xff,
        alternateSetting: 1,
        endpoints: echoDevice().interfaces[0]?.endpoints ?? [],
      },
    ],
  };

  it('is chosen when the interface is opened, and the first one again when it is closed', async () => {
    const { bus, port, usb } = await opened(device);
    expect(usb.endpoints).toEqual([]);
    await usb.close();
    const fast = await bus.open(port, { alternateSetting: 1 });
    await fast.transferOut(1, counting(2));
    expect(await bytesIn(fast, 64)).toEqual([0, 1]);
    await fast.close();
    expect(settings).toEqual([1, 0]);
  });

  it('that the interface does not have is an invalid request, and leaves it free', async () => {
    const { bus, port, usb } = await opened(device);
    await usb.close();
    await expect(bus.open(port, { alternateSetting: 2 })).rejects.toMatchObject({ code: 'invalid-request' });
    await expect(bus.open(port, {})).resolves.toBeDefined();
  });
});

describe("a device's code that throws", () => {
  it('is a stall to its host, and told to whoever plugged it in', async () => {
    const failed: unknown[] = [];
    const fault = new Error('firmware');
    const { usb } = await opened(
      echoDevice(() => ({
        controlIn: () => {
          throw fault;
        },
        controlOut: () => Promise.reject(fault),
        received: () => Promise.reject(fault),
      })),
      { failed: (error) => failed.push(error) },
    );
    const setup = { requestType: 'vendor', recipient: 'device', request: 1, value: 0, index: 0 } as const;
    await expect(usb.controlTransferIn(setup, 4)).resolves.toEqual({ status: 'stall' });
    await expect(usb.controlTransferOut(setup)).resolves.toEqual({ status: 'stall' });
    await expect(usb.transferOut(1, counting(1))).resolves.toEqual({ status: 'stall' });
    expect(failed).toEqual([fault, fault, fault]);
  });
});
