import { firstValueFrom, take } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  busSource,
  defineDriver,
  DeviceError,
  DeviceManager,
  type Bus,
  type ByteTransport,
  type Diagnostic,
  type SerialPort,
} from '@buergerkoffer/core';
import { FakeSerialBus, HORN, LAMP, lamp } from '../support/fakes.js';

const request = { owner: 'Antrag', reason: 'leuchten' };
const PORT: SerialPort = { bus: 'serial', id: 'x', path: 'x', physical: 'x' };
const MODEM = { model: 'modem' };

/** Says yes to what answers LAMP. */
const asks = defineDriver({
  id: 'lamp-at',
  kind: LAMP,
  bus: 'serial',
  matches: [MODEM],
  openOptions: { baudRate: 9600 },
  identify: async (transport) => {
    const answer = firstValueFrom(transport.input.pipe(take(1)));
    await transport.write(new TextEncoder().encode('AT\r'));
    return new TextDecoder().decode(await answer) === 'LAMP';
  },
  open: (transport) => {
    const device = lamp();
    void device.ended.then(() => transport.close());
    void transport.ended.then((end) => {
      if (end.reason === 'lost') device.life.lose(end.error);
    });
    return Promise.resolve(device);
  },
});

/** The bus of the fakes; counts how often each port was opened, and can keep its doors closed. */
class CountingBus extends FakeSerialBus {
  readonly openings: string[] = [];
  closedDoor: DeviceError | undefined;

  override async open(port: SerialPort): Promise<ByteTransport> {
    this.openings.push(port.path);
    if (this.closedDoor !== undefined) throw this.closedDoor;
    return super.open(port);
  }
}

function watch(bus: Bus<'serial'>, drivers = [asks]) {
  const source = busSource(bus, drivers);
  const seen: (readonly string[])[] = [];
  const said: (readonly Diagnostic[])[] = [];
  const watching = source.offers.subscribe((offers) => seen.push(offers.map(({ id }) => id)));
  watching.add(source.diagnostics.subscribe((list) => said.push(list)));
  return {
    source,
    found: () => seen.at(-1),
    said: () => said.at(-1),
    stop: () => {
      watching.unsubscribe();
    },
  };
}

describe('a thing whose ids do not tell', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('is asked while others that do not answer are still being asked', async () => {
    const bus = new CountingBus();
    bus.answers.set('/dev/ttyUSB3', 'LAMP');
    for (const i of [0, 1, 2, 3]) bus.attach(`/dev/ttyUSB${i}`, MODEM);
    const watched = watch(bus);
    await vi.advanceTimersByTimeAsync(1);
    expect(bus.openings).toHaveLength(4);
    expect(watched.found()).toEqual(['/dev/ttyUSB3/lamp-at']);
    watched.stop();
    await vi.advanceTimersByTimeAsync(1);
    expect(bus.open_).toBe(0);
  });

  it('waits its turn when many are asked, and gets it', async () => {
    const bus = new CountingBus();
    for (let i = 0; i < 9; i += 1) bus.attach(`/dev/ttyUSB${i}`, MODEM);
    bus.answers.set('/dev/ttyUSB8', 'LAMP');
    const watched = watch(bus);
    await vi.advanceTimersByTimeAsync(1);
    expect(bus.openings).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(6_001);
    expect(watched.found()).toEqual(['/dev/ttyUSB8/lamp-at']);
    expect(bus.openings).toHaveLength(9);
    watched.stop();
    await vi.advanceTimersByTimeAsync(3_000);
  });

  it('is not asked for a kind that a driver understands by its ids', async () => {
    const bus = new CountingBus();
    bus.attach('/dev/ttyUSB0', { ...MODEM, vendorId: 0x1209, productId: 1 });
    const { identify: _, ...knows } = {
      ...asks,
      id: 'lamp-1209',
      matches: [{ vendorId: 0x1209, productId: 1 }],
    };
    const watched = watch(bus, [asks, knows]);
    await vi.advanceTimersByTimeAsync(1);
    expect(watched.found()).toEqual(['/dev/ttyUSB0/lamp-1209']);
    expect(bus.openings).toEqual([]);
    watched.stop();
  });

  it('is asked by the next driver when one throws, and the fault is told without its text', async () => {
    const bus = new CountingBus();
    bus.answers.set('/dev/ttyUSB0', 'LAMP');
    bus.attach('/dev/ttyUSB0', MODEM);
    const throws = {
      ...asks,
      id: 'broken',
      identify: () => {
        throw new TypeError('Erika Mustermann');
      },
    };
    const watched = watch(bus, [throws, asks]);
    await vi.advanceTimersByTimeAsync(1);
    expect(watched.found()).toEqual(['/dev/ttyUSB0/lamp-at']);
    watched.stop();
  });

  it('tells of a driver that throws while nobody else understands the thing', async () => {
    const bus = new CountingBus();
    bus.attach('/dev/ttyUSB0', MODEM);
    const throws = {
      ...asks,
      id: 'broken',
      identify: () => Promise.reject(new TypeError('Erika Mustermann')),
    };
    const watched = watch(bus, [throws]);
    await vi.advanceTimersByTimeAsync(1);
    expect(watched.said()).toMatchObject([
      {
        code: 'serial.not-identified',
        message: '/dev/ttyUSB0 could not be asked what it is: the driver broken failed with TypeError',
      },
    ]);
    bus.detach('/dev/ttyUSB0');
    await vi.advanceTimersByTimeAsync(1);
    watched.stop();
  });

  it('is asked again when its door was closed, a few times only', async () => {
    const bus = new CountingBus();
    bus.closedDoor = new DeviceError('access-denied', 'no permission for /dev/ttyUSB0');
    bus.answers.set('/dev/ttyUSB0', 'LAMP');
    bus.attach('/dev/ttyUSB0', MODEM);
    const watched = watch(bus);
    await vi.advanceTimersByTimeAsync(100);
    bus.closedDoor = undefined;
    await vi.advanceTimersByTimeAsync(500);
    expect(watched.found()).toEqual(['/dev/ttyUSB0/lamp-at']);
    bus.closedDoor = new DeviceError('access-denied', 'no permission for /dev/ttyUSB1');
    bus.attach('/dev/ttyUSB1', MODEM);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(bus.openings.filter((path) => path === '/dev/ttyUSB1')).toHaveLength(4);
    expect(watched.said()).toMatchObject([
      {
        code: 'serial.not-identified',
        message:
          '/dev/ttyUSB1 could not be asked what it is: it cannot be opened: no permission for /dev/ttyUSB1',
        remedy: bus.closedDoor.remedy,
      },
    ]);
    watched.stop();
  });

  it('is not asked a hundred times a second by a loose plug', async () => {
    const bus = new CountingBus();
    const watched = watch(bus);
    for (let i = 0; i < 1_000; i += 1) {
      bus.attach('/dev/ttyUSB0', MODEM);
      await vi.advanceTimersByTimeAsync(5);
      bus.detach('/dev/ttyUSB0');
      await vi.advanceTimersByTimeAsync(5);
    }
    expect(bus.openings.length).toBeGreaterThan(1);
    expect(bus.openings.length).toBeLessThanOrEqual(5 + 10);
    watched.stop();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(bus.open_).toBe(0);
  });

  it('holds up nobody when its port is never closed again', async () => {
    const bus = new CountingBus();
    const open = bus.open.bind(bus);
    bus.open = async (port) => {
      const transport = await open(port);
      if (port.path === '/dev/ttyUSB0')
        return { ...transport, close: () => new Promise<never>(() => undefined) };
      return transport;
    };
    bus.answers.set('/dev/ttyUSB0', 'OTHER').set('/dev/ttyUSB1', 'LAMP');
    bus.attach('/dev/ttyUSB0', MODEM);
    bus.attach('/dev/ttyUSB1', MODEM);
    const watched = watch(bus, [asks, { ...asks, id: 'second' }]);
    await vi.advanceTimersByTimeAsync(2_001);
    expect(watched.found()).toEqual(['/dev/ttyUSB1/lamp-at']);
    expect(bus.openings).toEqual(['/dev/ttyUSB0', '/dev/ttyUSB1']);
    expect(watched.said()).toMatchObject([{ code: 'serial.not-identified' }]);
    watched.stop();
    await vi.advanceTimersByTimeAsync(2_000);
  });

  it('is asked when it becomes reachable, and keeps its answer when it is renamed', async () => {
    const bus = new CountingBus();
    bus.answers.set('/dev/ttyUSB0', 'LAMP');
    bus.attach('/dev/ttyUSB0', { ...MODEM, reachable: false } as Partial<SerialPort>);
    const watched = watch(bus);
    await vi.advanceTimersByTimeAsync(1);
    expect(bus.openings).toEqual([]);
    bus.change('/dev/ttyUSB0', { ...MODEM, reachable: true } as Partial<SerialPort>);
    await vi.advanceTimersByTimeAsync(1);
    bus.change('/dev/ttyUSB0', { ...MODEM, serialNumber: '7' });
    await vi.advanceTimersByTimeAsync(1);
    expect(watched.found()).toEqual(['/dev/ttyUSB0/lamp-at']);
    expect(bus.openings).toEqual(['/dev/ttyUSB0']);
    watched.stop();
  });
});

describe('a port that a lease uses', () => {
  it('is not asked when the bus is watched anew, and is still known for what it is', async () => {
    const bus = new CountingBus();
    bus.answers.set('/dev/ttyUSB0', 'LAMP');
    bus.attach('/dev/ttyUSB0', MODEM);
    const manager = new DeviceManager([busSource(bus, [asks])]);
    const found: number[] = [];
    const first = manager.of(LAMP).subscribe((list) => found.push(list.length));
    await vi.waitFor(() => {
      expect(found.at(-1)).toBe(1);
    });
    const [candidate] = await firstValueFrom(manager.of(LAMP));
    if (candidate === undefined) throw new Error('no lamp');
    const lease = await manager.open(candidate, request);
    first.unsubscribe();
    expect(bus.openings).toHaveLength(2);
    const [again] = await firstValueFrom(manager.of(LAMP));
    expect(again?.availability).toMatchObject({ state: 'leased', owner: 'Antrag' });
    expect(bus.openings).toHaveLength(2);
    await lease.release();
    await vi.waitFor(() => {
      expect(bus.open_).toBe(0);
    });
    // Nobody held it any more: something else may have come there.
    expect(await firstValueFrom(manager.of(LAMP))).toEqual([]);
  });

  it('is let go of by a question before it is opened', async () => {
    const bus = new CountingBus();
    const order: string[] = [];
    const hangs = {
      ...asks,
      id: 'hangs',
      kind: HORN,
      identify: (transport: ByteTransport) => {
        order.push('asks');
        void transport.ended.then(() => order.push('closed'));
        return new Promise<never>(() => undefined);
      },
    };
    const { identify: _, ...base } = asks;
    const knows = {
      ...base,
      id: 'lamp-1209',
      open: (transport: ByteTransport) => {
        order.push('opened');
        return asks.open(transport, { port: PORT, signal: new AbortController().signal });
      },
    };
    bus.attach('/dev/ttyUSB0', MODEM);
    const manager = new DeviceManager([busSource(bus, [hangs, knows])]);
    const watching = manager.devices.subscribe();
    await vi.waitFor(() => {
      expect(order).toEqual(['asks']);
    });
    const [candidate] = await firstValueFrom(manager.of(LAMP));
    if (candidate === undefined) throw new Error('no lamp');
    const lease = await manager.open(candidate, request);
    expect(order).toEqual(['asks', 'closed', 'opened']);
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toHaveLength(3);
    await lease.release();
    await vi.waitFor(() => {
      expect(order).toEqual(['asks', 'closed', 'opened', 'asks']);
    });
    watching.unsubscribe();
  });
});
