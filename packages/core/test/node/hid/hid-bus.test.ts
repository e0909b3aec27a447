import { filter, firstValueFrom, takeWhile, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeviceError, type Diagnostic, type HidPort } from '@buergerkoffer/core';
import { hidBusOn, type HidSystem } from '../../../src/node/hid/hid-bus.js';
import { FakeDeviceTree, type HidThing } from '../../support/device-tree.js';
import { FakeHidHandle, fakeHidLibrary } from '../../support/fake-hid.js';

const bytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (byte) => parseInt(byte, 16));
/** One vendor-page collection with 4 bytes each way, and a keyboard beside it. */
const ONE = bytes('0600ff 0901 a101 7508 9504 8102 9102 b102 c0');
const TWO = bytes('0501 0906 a101 8501 7508 9508 8100 c0 0600ff 0920 a101 8502 9504 8102 c0');

const PAD: HidThing = {
  node: 'hidraw0',
  name: '0003:1209:0002.0001',
  uevent:
    'DRIVER=hid-generic\nHID_ID=0003:00001209:00000002\nHID_NAME=Lab Pad\nHID_PHYS=usb-1/input0\nHID_UNIQ=A1\n',
  descriptor: ONE,
  interfaceNumber: 2,
  usb: {
    place: '1-4.2',
    vendorId: 0x1209,
    productId: 2,
    manufacturer: 'Lab',
    product: 'Pad',
    serial: 'A1',
  },
};
const WIRELESS: HidThing = {
  node: 'hidraw1',
  name: '0005:1209:0010.0002',
  uevent: 'HID_ID=0005:00001209:00000010\nHID_NAME=Lab wireless\nHID_UNIQ=00:11:22\n',
  descriptor: TWO,
};

let tree: FakeDeviceTree;
let handles: FakeHidHandle[];
let system: HidSystem;

beforeEach(() => {
  tree = new FakeDeviceTree();
  handles = [];
  const library = fakeHidLibrary(() => {
    const handle = new FakeHidHandle();
    handles.push(handle);
    return Promise.resolve(handle);
  });
  system = { sysfs: tree.sysfs, dev: tree.dev, library };
});
afterEach(() => {
  tree.remove();
});

async function look(): Promise<{ ports: HidPort[]; diagnostics: Diagnostic[] }> {
  const events = await firstValueFrom(
    hidBusOn(system).events.pipe(
      takeWhile((event) => event.type !== 'listed', true),
      toArray(),
    ),
  );
  return {
    ports: events.flatMap((event) => (event.type === 'attached' ? [event.port] : [])),
    diagnostics: events.flatMap((event) => (event.type === 'diagnostics' ? event.diagnostics : [])),
  };
}

async function onlyPort(): Promise<HidPort> {
  const { ports } = await look();
  const [port] = ports;
  if (port === undefined) throw new Error('nothing is listed');
  return port;
}

describe('the HID bus lists', () => {
  it('a USB device with the ids and names of its USB parent', async () => {
    tree.plugHid(PAD);
    expect(await look()).toEqual({
      ports: [
        {
          bus: 'hid',
          id: 'hid:0003:1209:0002.0001#0',
          path: `${tree.dev}/hidraw0`,
          physical: 'usb:1-4.2',
          vendorId: 0x1209,
          productId: 2,
          usagePage: 0xff00,
          usage: 1,
          interfaceNumber: 2,
          maker: 'Lab',
          model: 'Pad',
          serialNumber: 'A1',
        },
      ],
      diagnostics: [],
    });
  });

  it('one port for each top-level collection, on one path', async () => {
    tree.plugHid(WIRELESS);
    const { ports } = await look();
    expect(ports).toMatchObject([
      { usagePage: 1, usage: 6, model: 'Lab wireless', serialNumber: '00:11:22' },
      { usagePage: 0xff00, usage: 0x20 },
    ]);
    expect(new Set(ports.map(({ id }) => id)).size).toBe(2);
    expect(new Set(ports.map(({ path }) => path)).size).toBe(1);
    expect(ports.map(({ physical }) => physical)).toEqual([
      `hid:${tree.dev}/hidraw1`,
      `hid:${tree.dev}/hidraw1`,
    ]);
  });

  it('two devices of one model apart', async () => {
    tree.plugHid(PAD);
    tree.plugHid({
      ...PAD,
      node: 'hidraw1',
      name: '0003:1209:0002.0002',
      usb: { place: '1-5', vendorId: 0x1209, productId: 2, serial: 'A1' },
    });
    const { ports } = await look();
    expect(ports.map(({ physical }) => physical).sort()).toEqual(['usb:1-4.2', 'usb:1-5']);
    expect(new Set(ports.map(({ id }) => id)).size).toBe(2);
  });

  it('names without control characters, and believes the kernel, not a name that looks like one of its lines', async () => {
    tree.plugHid({
      ...WIRELESS,
      uevent:
        'HID_ID=0005:00001209:00000010\nHID_NAME=Bad\u001b[31m\u0007name\nHID_ID=0003:0000AAAA:0000BBBB\n',
    });
    const { ports } = await look();
    expect(ports[0]).toMatchObject({ vendorId: 0x1209, productId: 0x10, model: 'Bad [31m name' });
  });

  it('a device with a malformed descriptor without usages, and says so; the others are not affected', async () => {
    tree.plugHid({ ...WIRELESS, descriptor: bytes('0501 a101') });
    tree.plugHid(PAD);
    const { ports, diagnostics } = await look();
    expect(ports.map((port) => [port.path.slice(-7), port.usagePage]).sort()).toEqual([
      ['hidraw0', 0xff00],
      ['hidraw1', undefined],
    ]);
    expect(diagnostics).toMatchObject([{ code: 'hid.descriptor-malformed', severity: 'warning' }]);
  });

  it('nothing where the folder of a device vanishes while it is read', async () => {
    tree.plugHid(PAD);
    tree.plugHid({ ...WIRELESS, uevent: '' });
    expect((await look()).ports.map(({ path }) => path)).toEqual([`${tree.dev}/hidraw0`]);
  });

  it('nothing that has no node here, and tells the integrator', async () => {
    tree.plugHid(PAD);
    const { ports, diagnostics } = await firstLookAt({ ...system, dev: `${tree.root}/elsewhere` });
    expect(ports).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'hid.node-missing' }]);
  });

  it('nothing where the kernel shows no HID devices, and tells the integrator', async () => {
    const { ports, diagnostics } = await firstLookAt({ ...system, sysfs: `${tree.root}/elsewhere` });
    expect(ports).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: 'hid.absent', severity: 'info' }]);
  });
});

async function firstLookAt(other: HidSystem): ReturnType<typeof look> {
  const before = system;
  system = other;
  try {
    return await look();
  } finally {
    system = before;
  }
}

describe('the HID bus tells', () => {
  it('what comes and goes, and of a thing plugged in again at the same place under another id', async () => {
    tree.plugHid(PAD);
    const steps = [
      (): void => {
        tree.unplug('hidraw', 'hidraw0');
        tree.plugHid({ ...PAD, name: '0003:1209:0002.0002' });
      },
      (): void => {
        tree.unplug('hidraw', 'hidraw0');
      },
    ];
    const events = await firstValueFrom(
      hidBusOn(system).events.pipe(
        filter((event) => {
          if (event.type === 'attached' || event.type === 'detached') return true;
          if (event.type === 'listed') steps.shift()?.();
          return false;
        }),
        takeWhile((event) => {
          if (event.type === 'attached' && steps.length === 1) steps.shift()?.();
          return event.type !== 'detached' || event.port.id === 'hid:0003:1209:0002.0001#0';
        }, true),
        toArray(),
      ),
    );
    expect(events.map((event) => ('port' in event ? [event.type, event.port.id] : []))).toEqual([
      ['attached', 'hid:0003:1209:0002.0001#0'],
      ['detached', 'hid:0003:1209:0002.0001#0'],
      ['attached', 'hid:0003:1209:0002.0002#0'],
      ['detached', 'hid:0003:1209:0002.0002#0'],
    ]);
  });
});

describe('the HID bus opens', () => {
  it('a port, and frees it when it is closed', async () => {
    tree.plugHid(PAD);
    const port = await onlyPort();
    const bus = hidBusOn(system);
    const first = await bus.open(port, {});
    await expect(hidBusOn(system).open(port, {})).rejects.toMatchObject({ code: 'busy' });
    await first.close();
    await (await bus.open(port, {})).close();
    expect(handles.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  it('one collection of a device at a time, because they share the node', async () => {
    tree.plugHid(WIRELESS);
    const { ports } = await look();
    const bus = hidBusOn(system);
    const opened = await Promise.allSettled(ports.map((port) => bus.open(port, {})));
    expect(opened.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    for (const result of opened) if (result.status === 'fulfilled') await result.value.close();
  });

  it('the same node again as soon as the library has let go of the lost one', async () => {
    tree.plugHid(PAD);
    const port = await onlyPort();
    const bus = hidBusOn(system);
    const first = await bus.open(port, {});
    const [handle] = handles;
    let letGo: () => void = () => undefined;
    if (handle === undefined) throw new Error('nothing was opened');
    const letsGo = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    handle.onClose = () => letsGo;
    handle.unplug();
    await first.ended;
    const again = bus.open(port, {});
    letGo();
    await (await again).close();
    expect(handles.length).toBe(2);
  });

  it('not what has gone, or another thing that came to the same path', async () => {
    tree.plugHid(PAD);
    const port = await onlyPort();
    tree.unplug('hidraw', 'hidraw0');
    await expect(hidBusOn(system).open(port, {})).rejects.toMatchObject({ code: 'not-found' });
    tree.plugHid({ ...PAD, name: '0003:1209:0002.0009' });
    await expect(hidBusOn(system).open(port, {})).rejects.toMatchObject({ code: 'not-found' });
    await expect(hidBusOn(system).open({ ...port, path: '/dev/../etc/passwd' }, {})).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(handles).toEqual([]);
  });

  it('not what cannot be understood', async () => {
    tree.plugHid({ ...PAD, descriptor: bytes('c0') });
    await expect(hidBusOn(system).open(await onlyPort(), {})).rejects.toMatchObject({
      code: 'protocol',
      cause: { code: 'malformed', offset: 0 },
    });
  });

  it('again when udevd gives the rights a moment after the node came', async () => {
    tree.plugHid(PAD);
    let attempts = 0;
    const library = fakeHidLibrary(() => {
      attempts += 1;
      return attempts === 1
        ? Promise.reject(new Error('Permission denied'))
        : Promise.resolve(new FakeHidHandle());
    });
    const transport = await hidBusOn({ ...system, library }).open(await onlyPort(), {});
    await transport.close();
    expect(attempts).toBe(2);
  });

  it('nothing for a caller that no longer wants it, and lets go of what was opened too late', async () => {
    tree.plugHid(PAD);
    const port = await onlyPort();
    const late = new FakeHidHandle();
    let open: (handle: FakeHidHandle) => void = () => undefined;
    let asked: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const library = fakeHidLibrary(() => {
      asked();
      return new Promise((resolve) => {
        open = resolve;
      });
    });
    const aborting = new AbortController();
    const opening = hidBusOn({ ...system, library }).open(port, {}, aborting.signal);
    const rejected = expect(opening).rejects.toBe('enough');
    await begun;
    aborting.abort('enough');
    await rejected;
    await expect(hidBusOn(system).open(port, {})).rejects.toMatchObject({ code: 'busy' });
    const closed = new Promise<void>((resolve) => {
      late.onClose = () => {
        resolve();
        return Promise.resolve();
      };
    });
    open(late);
    await closed;
    await expect(hidBusOn(system).open(port, {}, AbortSignal.abort('no'))).rejects.toBe('no');
  });

  it('nothing where the library is missing, and says what to install', async () => {
    tree.plugHid(PAD);
    const missing = new DeviceError('unsupported', 'not installed', { remedy: 'npm install node-hid' });
    const library = { diagnostics: () => [], load: () => Promise.reject(missing) };
    const port = await onlyPort();
    await expect(hidBusOn({ ...system, library }).open(port, {})).rejects.toBe(missing);
    await (await hidBusOn(system).open(port, {})).close();
  });
});
