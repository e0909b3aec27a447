import { filter, firstValueFrom, map, takeWhile, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bus, Diagnostic, PortEvent, UsbPort } from '@buergerkoffer/core';
import { usbBusOf } from '../../../src/node/usb/usb-bus.js';
import { FakeUsbComputer } from '../../support/fake-usb-computer.js';
import { configurationBytes, deviceBytes, interfaceBytes } from '../../support/usb-descriptor-bytes.js';

let computer: FakeUsbComputer;
let bus: Bus<'usb'>;

async function on(options?: Parameters<typeof FakeUsbComputer.make>[0]): Promise<void> {
  await computer.remove();
  computer = await FakeUsbComputer.make(options);
  bus = usbBusOf(computer);
}

beforeEach(async () => {
  computer = await FakeUsbComputer.make();
  bus = usbBusOf(computer);
});
afterEach(() => computer.remove());

/** All that is told until the first list is complete. */
async function listed(): Promise<{ ports: readonly UsbPort[]; diagnostics: readonly Diagnostic[] }> {
  const events: readonly PortEvent<'usb'>[] = await firstValueFrom(
    bus.events.pipe(
      takeWhile((event) => event.type !== 'listed', true),
      toArray(),
    ),
  );
  return {
    ports: events.flatMap((event) => (event.type === 'attached' ? [event.port] : [])),
    diagnostics: events.flatMap((event) => (event.type === 'diagnostics' ? event.diagnostics : [])),
  };
}

/** The path of the next port that is told of as `type`. */
function next(type: 'attached' | 'detached'): Promise<string> {
  return firstValueFrom(
    bus.events.pipe(
      filter((event) => event.type === 'attached' || event.type === 'detached'),
      filter((event) => event.type === type),
      map((event) => event.port.path),
    ),
  );
}

function said(code: string): Promise<Diagnostic | undefined> {
  return firstValueFrom(
    bus.events.pipe(
      filter((event) => event.type === 'diagnostics'),
      map(({ diagnostics }) => diagnostics.find((one) => one.code === code)),
    ),
  );
}

describe('the USB bus', () => {
  it('lists one port per interface, from the device tree alone', async () => {
    const two = [
      ...interfaceBytes({ class: [6, 1, 1] }),
      ...interfaceBytes({ number: 1, class: [8, 6, 80], endpoints: [] }),
    ];
    await computer.plug({
      place: '1-4.2',
      address: 7,
      descriptors: [...deviceBytes(0x04a9, 0x3270), ...configurationBytes(two, { interfaces: 2 })],
      strings: { manufacturer: 'Canon', product: 'EOS', serial: '0042' },
    });
    const { ports, diagnostics } = await listed();
    expect(ports).toEqual([
      {
        bus: 'usb',
        id: 'usb:1-4.2@7:0',
        path: '1-4.2:1.0',
        physical: 'usb:1-4.2',
        vendorId: 0x04a9,
        productId: 0x3270,
        deviceVersion: 0x0104,
        maker: 'Canon',
        model: 'EOS',
        serialNumber: '0042',
        interfaceNumber: 0,
        interfaceClass: 6,
        interfaceSubclass: 1,
        interfaceProtocol: 1,
      },
      expect.objectContaining({
        id: 'usb:1-4.2@7:1',
        path: '1-4.2:1.1',
        physical: 'usb:1-4.2',
        interfaceClass: 8,
      }),
    ]);
    expect([diagnostics, computer.handles]).toEqual([[], []]);
  });

  it('shows the setting in which an interface is after configuring', async () => {
    const settings = [
      ...interfaceBytes({ alternate: 1, class: [3, 0, 0] }),
      ...interfaceBytes({ alternate: 0, class: [7, 1, 2] }),
    ];
    await computer.plug({ descriptors: [...deviceBytes(), ...configurationBytes(settings)] });
    const [, first] = (await listed()).ports;
    expect(first).toMatchObject({ id: 'usb:1-1@2:0', interfaceClass: 7, interfaceProtocol: 2 });
    expect(first).not.toHaveProperty('alternateSetting');
  });

  it('shows a setting of another class as a port of its own, in front', async () => {
    const settings = [
      ...interfaceBytes({ alternate: 0, class: [7, 1, 2] }),
      ...interfaceBytes({ alternate: 1, class: [7, 1, 4] }),
    ];
    await computer.plug({ descriptors: [...deviceBytes(), ...configurationBytes(settings)] });
    expect(
      (await listed()).ports.map(({ id, path, alternateSetting }) => [id, path, alternateSetting]),
    ).toEqual([
      ['usb:1-1@2:0/1', '1-1:1.0', 1],
      ['usb:1-1@2:0', '1-1:1.0', undefined],
    ]);
  });

  it('shows the interfaces of the configuration in use', async () => {
    const second = configurationBytes(interfaceBytes({ class: [1, 2, 3] }), { value: 2 });
    await computer.plug({
      active: '2',
      descriptors: [...deviceBytes(1, 2, 2), ...configurationBytes(), ...second],
    });
    expect((await listed()).ports).toEqual([expect.objectContaining({ path: '1-1:2.0', interfaceClass: 1 })]);
  });

  it('leaves hubs out', async () => {
    const hub = [...deviceBytes()];
    hub[4] = 9;
    await computer.plug({ descriptors: [...hub, ...configurationBytes()] });
    await computer.plug({ place: '1-1.3', address: 3 });
    await computer.bind('usbhid', '1-1.3:1.0');
    expect((await listed()).ports.map(({ path }) => path)).toEqual(['1-1.3:1.0']);
  });

  it('tells two devices with one serial number apart', async () => {
    await computer.plug({ place: '1-1', strings: { serial: 'SAME' } });
    await computer.plug({ place: '1-2', address: 3, strings: { serial: 'SAME' } });
    const { ports } = await listed();
    expect(new Set(ports.map(({ id }) => id)).size).toBe(2);
    expect(ports.map(({ physical }) => physical)).toEqual(['usb:1-1', 'usb:1-2']);
  });

  it('keeps what is no text in a name away from terminals', async () => {
    await computer.plug({ strings: { product: '\u001b[2J\u0007 evil\u0000' } });
    expect((await listed()).ports[0]?.model).toBe('[2J  evil');
  });

  it('tells of what comes, goes, and comes again as another port', async () => {
    const watching = bus.events.subscribe();
    await firstValueFrom(bus.events.pipe(filter(({ type }) => type === 'listed')));
    const attached = next('attached');
    await computer.plug();
    expect(await attached).toBe('1-1:1.0');
    const detached = next('detached');
    await computer.unplug();
    expect(await detached).toBe('1-1:1.0');
    const again = firstValueFrom(bus.events.pipe(filter((event) => event.type === 'attached')));
    await computer.plug({ address: 3 });
    expect((await again).port.id).toBe('usb:1-1@3:0');
    watching.unsubscribe();
  });

  it('waits for the kernel to configure a device that is new', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await computer.plug({ active: '' });
      const first = listed();
      // The deadline of the look, and the pause until it is repeated.
      while (vi.getTimerCount() < 2) await new Promise(setImmediate);
      await computer.configure();
      await vi.advanceTimersByTimeAsync(100);
      expect((await first).ports.map(({ path }) => path)).toEqual(['1-1:1.0']);
    } finally {
      vi.useRealTimers();
    }
  });

  it('leaves nothing behind once nobody watches', async () => {
    await vi.waitUntil(() => watchers() === 0);
    const watching = bus.events.subscribe();
    await firstValueFrom(bus.events.pipe(filter(({ type }) => type === 'listed')));
    // The folder of the bus, and three on the way to it.
    expect(watchers()).toBe(4);
    watching.unsubscribe();
    // Handles are closed on the next turn of the event loop.
    await vi.waitUntil(() => watchers() === 0);
  });
});

function watchers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'FSEventWrap').length;
}

describe('what the USB bus says', () => {
  it('is that there is no USB', async () => {
    await on({ hasUsb: false });
    computer.isLibraryInstalled = false;
    const { ports, diagnostics } = await listed();
    expect(ports).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['usb.absent']);
  });

  it('is that the library is missing, while devices are seen', async () => {
    await computer.plug();
    computer.isLibraryInstalled = false;
    const { ports, diagnostics } = await listed();
    expect(ports).toHaveLength(1);
    expect(diagnostics).toEqual([
      expect.objectContaining({ code: 'usb.library-missing', remedy: 'npm install usb' }),
    ]);
  });

  it('is where rights are missing, until they are there', async () => {
    await computer.plug();
    await computer.plug({ place: '1-2', address: 3 });
    computer.denied.add(computer.node(3));
    const watching = bus.events.subscribe();
    const denied = await said('usb.access-denied');
    expect(denied?.message).toContain('1-2 (1209:0001)');
    expect(denied?.message).not.toContain('1-1');
    expect(denied?.remedy).toContain('koffer udev');
    const mended = firstValueFrom(
      bus.events.pipe(filter((event) => event.type === 'diagnostics' && event.diagnostics.length === 0)),
    );
    computer.denied.clear();
    await computer.touch(computer.node(3));
    await mended;
    watching.unsubscribe();
  });

  it('is that there are no nodes, and how often is looked therefore', async () => {
    await on({ hasNodes: false });
    await computer.plug();
    computer.denied.add(computer.node(2));
    const watching = bus.events.subscribe();
    const polled = await said('usb.polled');
    expect(polled?.message).toContain('every 2000 ms');
    expect((await listed()).diagnostics.map(({ code }) => code)).toEqual(['usb.nodes-missing', 'usb.polled']);
    watching.unsubscribe();
  });

  it('is that a device has no configuration', async () => {
    await computer.plug({ active: '' });
    const { ports, diagnostics } = await listed();
    expect(ports).toEqual([]);
    expect(diagnostics).toEqual([expect.objectContaining({ code: 'usb.not-configured' })]);
  });

  it.each<[string, readonly number[], number]>([
    [
      'announces more endpoints than it has',
      [...deviceBytes(), ...configurationBytes(interfaceBytes({ announced: 9 }))],
      1,
    ],
    ['is cut off in the middle', [...deviceBytes(), ...configurationBytes()].slice(0, -5), 1],
    [
      'has a descriptor of no length',
      [...deviceBytes(), ...configurationBytes([...interfaceBytes(), 0, 0, 0])],
      1,
    ],
    ['is noise', [1, 2, 3], 0],
    ['is nothing', [], 0],
  ])('names a device whose description %s, and the others are there', async (_, descriptors, ports) => {
    await computer.plug({ descriptors });
    await computer.plug({ place: '1-2', address: 3 });
    const found = await listed();
    expect(found.ports.map(({ path }) => path)).toEqual(ports === 1 ? ['1-1:1.0', '1-2:1.0'] : ['1-2:1.0']);
    expect(found.diagnostics.find(({ code }) => code === 'usb.descriptors')?.message).toContain('1-1');
  });
});
