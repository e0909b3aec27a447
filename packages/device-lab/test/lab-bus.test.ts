import { firstValueFrom, map, take, toArray } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import {
  busSource,
  defineDriver,
  defineKind,
  DeviceError,
  DeviceLife,
  DeviceManager,
  type Device,
  type UsbPort,
} from '@buergerkoffer/core';
import { FaultScript, type Fault } from '@buergerkoffer/core/simulation';
import {
  LabBus,
  virtualHid,
  virtualReader,
  virtualSerial,
  virtualUsb,
  type UsbHost,
} from '@buergerkoffer/device-lab';

interface Echo extends Device {
  echo(bytes: Uint8Array, signal?: AbortSignal): Promise<Uint8Array>;
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
      echo: (bytes, signal) =>
        life.gate.call(
          'echo',
          async (inner) => {
            await usb.transferOut(1, bytes, { signal: inner });
            const answer = await usb.transferIn(1, 1024, { signal: inner, timeoutMs: 200 });
            if (answer.status === 'stall') throw new DeviceError('protocol', 'the echo stalled');
            return answer.data;
          },
          signal,
        ),
    });
  },
});

const port: UsbPort = {
  bus: 'usb',
  id: 'u1',
  path: '1-1:1.0',
  physical: 'usb:1-1',
  vendorId: 0x1209,
  productId: 1,
  interfaceNumber: 0,
  interfaceClass: 0xff,
  interfaceSubclass: 0,
  interfaceProtocol: 0,
};

function echoHardware(faults?: FaultScript) {
  return virtualUsb(
    port,
    (host: UsbHost) => ({
      endpoints: [
        { direction: 'in', number: 1, type: 'bulk', packetSize: 64 },
        { direction: 'out', number: 1, type: 'bulk', packetSize: 64 },
      ],
      received: (endpoint, data) => {
        host.send(endpoint, data);
      },
    }),
    faults === undefined ? {} : { faults },
  );
}

async function openEcho(bus: LabBus<'usb'>) {
  const manager = new DeviceManager([busSource(bus, [echoDriver])]);
  const [candidate] = await firstValueFrom(manager.of(ECHO));
  if (candidate === undefined) throw new Error('no echo');
  return manager.open(candidate, { owner: 'test', reason: 'echo' });
}

describe('a virtual USB device behind a driver', () => {
  it.each([0, 1, 63, 64, 65, 128, 700])('echoes %i bytes', async (length) => {
    const bus = new LabBus('usb');
    bus.plug(echoHardware());
    await using lease = await openEcho(bus);
    const bytes = new Uint8Array(length).map((_, i) => i);
    expect(await lease.device.echo(bytes)).toEqual(bytes);
  });

  it.each<[Fault, string]>([
    [{ type: 'stall' }, 'protocol'],
    [{ type: 'time-out' }, 'timeout'],
    [{ type: 'vanish' }, 'lost'],
    [{ type: 'jam' }, 'unsupported'],
  ])('shows the fault %o as %s', async (fault, code) => {
    const bus = new LabBus('usb');
    bus.plug(echoHardware(new FaultScript([{ operation: 'in', fault }])));
    await using lease = await openEcho(bus);
    await expect(lease.device.echo(new Uint8Array([1]))).rejects.toMatchObject({ code });
  });

  it('is lost when it is unplugged while a read is pending', async () => {
    const bus = new LabBus('usb');
    const silent = virtualUsb(port, () => ({
      endpoints: [
        { direction: 'in', number: 1, type: 'bulk', packetSize: 64 },
        { direction: 'out', number: 1, type: 'bulk', packetSize: 64 },
      ],
    }));
    const unplug = bus.plug(silent);
    await using lease = await openEcho(bus);
    const pending = lease.device.echo(new Uint8Array([1]));
    await new Promise((resolve) => setImmediate(resolve));
    unplug();
    await expect(pending).rejects.toMatchObject({ code: 'lost' });
    expect(await lease.ended).toMatchObject({ reason: 'lost' });
  });

  it('leaves no timer behind after a cancelled read', async () => {
    vi.useFakeTimers();
    try {
      const bus = new LabBus('usb');
      bus.plug(
        virtualUsb(port, () => ({
          endpoints: [{ direction: 'in', number: 1, type: 'bulk', packetSize: 8 }],
        })),
      );
      const usb = await bus.open(port, {});
      const controller = new AbortController();
      const read = usb.transferIn(1, 8, { signal: controller.signal });
      await Promise.resolve();
      await Promise.resolve();
      controller.abort(new Error('no longer'));
      await expect(read).rejects.toThrow('no longer');
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is open once', async () => {
    const bus = new LabBus('usb');
    bus.plug(echoHardware());
    const first = await bus.open(port, {});
    await expect(bus.open(port, {})).rejects.toMatchObject({ code: 'busy' });
    await first.close();
    await expect(bus.open(port, {})).resolves.toBeDefined();
  });
});

describe('a virtual line', () => {
  it('keeps what came before anybody read and ends with the plug', async () => {
    const bus = new LabBus('serial');
    const unplug = bus.plug(
      virtualSerial({ bus: 'serial', id: 's', path: '/dev/ttyACM0', physical: 'usb:1-2' }, () => ({
        opened: (send) => {
          send(new TextEncoder().encode('RDY'));
        },
        received: (bytes, send) => {
          send(bytes);
        },
      })),
    );
    const line = await bus.open(
      { bus: 'serial', id: 's', path: '/dev/ttyACM0', physical: 'usb:1-2' },
      { baudRate: 9600 },
    );
    const two = firstValueFrom(
      line.input.pipe(
        take(2),
        map((b) => new TextDecoder().decode(b)),
        toArray(),
      ),
    );
    await line.write(new TextEncoder().encode('AT'));
    expect(await two).toEqual(['RDY', 'AT']);
    const end = firstValueFrom(line.input);
    unplug();
    await expect(end).rejects.toMatchObject({ code: 'lost' });
    await expect(line.write(new Uint8Array([1]))).rejects.toMatchObject({ code: 'lost' });
    await expect(firstValueFrom(line.input)).rejects.toMatchObject({ code: 'lost' });
  });
});

describe('a virtual HID device', () => {
  it('answers feature reports and refuses unknown ones', async () => {
    const hidPort = {
      bus: 'hid',
      id: 'h',
      path: 'hid',
      physical: 'usb:1-3',
      vendorId: 1,
      productId: 2,
    } as const;
    const bus = new LabBus('hid');
    bus.plug(
      virtualHid(hidPort, () => ({ getFeature: (id) => (id === 9 ? new Uint8Array([9, 1]) : undefined) })),
    );
    const hid = await bus.open(hidPort, {});
    expect(await hid.receiveFeatureReport(9)).toEqual(new Uint8Array([9, 1]));
    await expect(hid.receiveFeatureReport(8)).rejects.toMatchObject({ code: 'protocol' });
    await expect(hid.sendFeatureReport(9, new Uint8Array(1))).rejects.toMatchObject({ code: 'protocol' });
  });
});

describe('a virtual reader', () => {
  it('ends the connection, not the reader, when the card is taken out', async () => {
    const reader = virtualReader({
      bus: 'pcsc',
      id: 'r',
      path: 'Reader 00',
      physical: 'usb:1-5',
      reader: 'Reader 00',
    });
    const bus = new LabBus('pcsc');
    bus.plug(reader);
    const slot = await bus.open(reader.port, {});
    await expect(slot.connect('exclusive')).rejects.toMatchObject({ code: 'attention' });
    reader.insert({
      atr: new Uint8Array([0x3b]),
      transmit: () => Promise.resolve(new Uint8Array([0x90, 0])),
    });
    const card = await slot.connect('exclusive');
    expect(await card.transmit(new Uint8Array([0, 0xa4, 0, 0]))).toEqual(new Uint8Array([0x90, 0]));
    reader.remove();
    expect(await card.ended).toMatchObject({ reason: 'lost' });
    expect(await firstValueFrom(slot.card)).toEqual({ state: 'absent' });
  });
});
