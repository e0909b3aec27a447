import { symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filter, firstValueFrom, takeWhile, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeviceError, type Diagnostic, type SerialPort } from '@buergerkoffer/core';
import {
  serialBusOn,
  type SerialBusOptions,
  type SerialSystem,
} from '../../../src/node/serial/serial-bus.js';
import type { SerialSettings } from '../../../src/node/serial/serial-library.js';
import { FakeDeviceTree, type TtyThing } from '../../support/device-tree.js';
import { FakeSerialHandle, fakeSerialLibrary } from '../../support/fake-serial.js';

const MODEM: TtyThing = {
  node: 'ttyACM0',
  driver: 'cdc_acm',
  usb: {
    place: '1-4',
    address: 7,
    vendorId: 0x1209,
    productId: 3,
    manufacturer: 'Lab',
    product: 'Modem',
    serial: 'M1',
  },
};

let tree: FakeDeviceTree;
let opened: SerialSettings[];
let handles: FakeSerialHandle[];
let system: SerialSystem;

beforeEach(() => {
  tree = new FakeDeviceTree();
  opened = [];
  handles = [];
  const library = fakeSerialLibrary((settings) => {
    const handle = new FakeSerialHandle();
    opened.push(settings);
    handles.push(handle);
    return Promise.resolve(handle);
  });
  system = { sysfs: tree.sysfs, dev: tree.dev, library };
});
afterEach(() => {
  tree.remove();
});

async function look(
  options: SerialBusOptions = {},
  at: SerialSystem = system,
): Promise<{ ports: SerialPort[]; diagnostics: Diagnostic[] }> {
  const events = await firstValueFrom(
    serialBusOn(at, options).events.pipe(
      takeWhile((event) => event.type !== 'listed', true),
      toArray(),
    ),
  );
  return {
    ports: events.flatMap((event) => (event.type === 'attached' ? [event.port] : [])),
    diagnostics: events.flatMap((event) => (event.type === 'diagnostics' ? event.diagnostics : [])),
  };
}

async function onlyPort(options: SerialBusOptions = {}): Promise<SerialPort> {
  const [port] = (await look(options)).ports;
  if (port === undefined) throw new Error('nothing is listed');
  return port;
}

describe('the serial bus lists', () => {
  it('a line of a USB device with the ids and names of that', async () => {
    tree.plugTty(MODEM);
    expect(await look()).toEqual({
      ports: [
        {
          bus: 'serial',
          id: `serial:${tree.dev}/ttyACM0@1.7`,
          path: `${tree.dev}/ttyACM0`,
          physical: 'usb:1-4',
          vendorId: 0x1209,
          productId: 3,
          maker: 'Lab',
          model: 'Modem',
          serialNumber: 'M1',
        },
      ],
      diagnostics: [],
    });
  });

  it('a line of a converter, whose folder is one deeper', async () => {
    const usb = { place: '1-4.1', vendorId: 0x0403, productId: 0x6001 };
    tree.plugTty({ node: 'ttyUSB0', converter: true, driver: 'ftdi_sio', usb });
    expect((await look()).ports).toMatchObject([
      { physical: 'usb:1-4.1', vendorId: 0x0403, productId: 0x6001 },
    ]);
  });

  it('a line on the board that has hardware, and none that has not', async () => {
    tree.plugTty({ node: 'ttyS0', driver: 'serial8250', attributes: { type: '4' } });
    tree.plugTty({ node: 'ttyS1', driver: 'serial8250', attributes: { type: '0' } });
    tree.addConsole('tty0');
    const { ports } = await look();
    expect(ports).toEqual([
      {
        bus: 'serial',
        id: `serial:${tree.dev}/ttyS0`,
        path: `${tree.dev}/ttyS0`,
        physical: `serial:${tree.dev}/ttyS0`,
      },
    ]);
  });

  it('no line without a driver', async () => {
    tree.plugTty({ node: 'rfcomm0' });
    expect((await look()).ports).toEqual([]);
  });

  it('a line that somebody names while there is a character device', async () => {
    const link = join(tree.root, 'pty');
    const file = join(tree.root, 'file');
    symlinkSync('/dev/null', link);
    writeFileSync(file, '');
    const { ports } = await look({ extraPaths: [link, file, join(tree.root, 'nothing')] });
    expect(ports).toEqual([
      { bus: 'serial', id: `serial:${link}@/dev/null`, path: link, physical: `serial:${link}` },
    ]);
  });

  it('a line once that is both listed and named', async () => {
    tree.plugTty(MODEM);
    const link = join(tree.root, 'by-id');
    symlinkSync(join(tree.dev, 'ttyACM0'), link);
    expect((await look({ extraPaths: [link, join(tree.dev, 'ttyACM0')] })).ports.length).toBe(1);
  });

  it('nothing that has no node here, or where there is no device tree, and tells the integrator', async () => {
    tree.plugTty(MODEM);
    const withoutNodes = await look({}, { ...system, dev: `${tree.root}/elsewhere` });
    const withoutTree = await look({}, { ...system, sysfs: `${tree.root}/elsewhere` });
    expect([withoutNodes.ports, withoutTree.ports]).toEqual([[], []]);
    expect(withoutNodes.diagnostics).toMatchObject([{ code: 'serial.node-missing' }]);
    expect(withoutTree.diagnostics).toMatchObject([{ code: 'serial.absent' }]);
  });
});

describe('the serial bus tells', () => {
  it('what comes and goes, in the folder of the kernel and at the paths that were named', async () => {
    const link = join(tree.root, 'pty+1');
    const steps: (() => void)[] = [
      (): void => {
        tree.plugTty(MODEM);
      },
      (): void => {
        symlinkSync('/dev/null', link);
      },
      (): void => {
        tree.unplug('tty', 'ttyACM0');
      },
      (): void => {
        unlinkSync(link);
      },
    ];
    const events = await firstValueFrom(
      serialBusOn(system, { extraPaths: [link] }).events.pipe(
        filter((event) => event.type !== 'diagnostics'),
        takeWhile((event) => {
          steps.shift()?.();
          return !(event.type === 'detached' && event.port.path === link);
        }, true),
        toArray(),
      ),
    );
    expect(events.map((event) => ('port' in event ? [event.type, event.port.path] : [event.type]))).toEqual([
      ['listed'],
      ['attached', join(tree.dev, 'ttyACM0')],
      ['attached', link],
      ['detached', join(tree.dev, 'ttyACM0')],
      ['detached', link],
    ]);
  });
});

describe('the serial bus opens', () => {
  it('a line as it is asked to, 8N1 without flow control where nothing is said, for nobody else', async () => {
    tree.plugTty(MODEM);
    const port = await onlyPort();
    const bus = serialBusOn(system);
    const plain = await bus.open(port, { baudRate: 12_345 });
    const other = await bus.open(port, {
      baudRate: 9_600,
      dataBits: 7,
      stopBits: 2,
      parity: 'even',
      rtscts: true,
    });
    await Promise.all([plain.close(), other.close()]);
    const path = port.path;
    expect(opened).toEqual([
      { path, baudRate: 12_345, dataBits: 8, stopBits: 1, parity: 'none', rtscts: false, lock: true },
      { path, baudRate: 9_600, dataBits: 7, stopBits: 2, parity: 'even', rtscts: true, lock: true },
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 31])('no line at %d baud', async (baudRate) => {
    tree.plugTty(MODEM);
    await expect(serialBusOn(system).open(await onlyPort(), { baudRate })).rejects.toMatchObject({
      code: 'invalid-request',
      path: 'baudRate',
    });
  });

  it('a line that was named', async () => {
    const link = join(tree.root, 'pty');
    symlinkSync('/dev/null', link);
    const options = { extraPaths: [link] };
    const port = await onlyPort(options);
    await (await serialBusOn(system, options).open(port, { baudRate: 9_600 })).close();
    await expect(serialBusOn(system).open(port, { baudRate: 9_600 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('not what has gone, or another thing that came to the same path', async () => {
    tree.plugTty(MODEM);
    const port = await onlyPort();
    tree.unplug('tty', 'ttyACM0');
    await expect(serialBusOn(system).open(port, { baudRate: 9_600 })).rejects.toMatchObject({
      code: 'not-found',
    });
    tree.plugTty({ ...MODEM, usb: { place: '1-4', address: 8, vendorId: 1, productId: 2 } });
    await expect(serialBusOn(system).open(port, { baudRate: 9_600 })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(opened).toEqual([]);
  });

  it('again when udevd gives the rights a moment after the node came', async () => {
    tree.plugTty(MODEM);
    let attempts = 0;
    const library = fakeSerialLibrary(() => {
      attempts += 1;
      return attempts === 1
        ? Promise.reject(new Error('Error: Permission denied, cannot open'))
        : Promise.resolve(new FakeSerialHandle());
    });
    const line = await serialBusOn({ ...system, library }).open(await onlyPort(), { baudRate: 9_600 });
    await line.close();
    expect(attempts).toBe(2);
  });

  it('nothing for a caller that no longer wants it, and lets go of what was opened too late', async () => {
    tree.plugTty(MODEM);
    const port = await onlyPort();
    const late = new FakeSerialHandle();
    const aborting = new AbortController();
    const closed = new Promise<void>((resolve) => {
      late.onClose = () => {
        resolve();
        return Promise.resolve();
      };
    });
    const library = fakeSerialLibrary(() => {
      aborting.abort('enough');
      return Promise.resolve(late);
    });
    const opening = serialBusOn({ ...system, library }).open(port, { baudRate: 9_600 }, aborting.signal);
    await expect(opening).rejects.toBe('enough');
    await closed;
  });

  it('nothing where the library is missing, and says what to install', async () => {
    tree.plugTty(MODEM);
    const missing = new DeviceError('unsupported', 'not installed', { remedy: 'npm install serialport' });
    const library = { diagnostics: () => [], load: () => Promise.reject(missing) };
    const opening = serialBusOn({ ...system, library }).open(await onlyPort(), { baudRate: 9_600 });
    await expect(opening).rejects.toBe(missing);
  });
});
