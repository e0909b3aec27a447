import { describe, expect, it } from 'vitest';
import { DeviceError, type Bus, type BusKind, type PortEvent } from '@buergerkoffer/core';
import { webHidBus, webSerialBus, webUsbBus } from '@buergerkoffer/core/web';
import {
  domError,
  FakeHid,
  FakeHidDevice,
  FakeLine,
  FakeSerial,
  FakeUsb,
  fakeUsbDevice,
  rejects,
} from './lab/fake-platform.js';

/** What a bus tells, in words, until the test unsubscribes. */
function watched<K extends BusKind>(bus: Bus<K>): { readonly said: string[]; readonly stop: () => void } {
  const said: string[] = [];
  const watch = bus.events.subscribe((event: PortEvent<K>) => {
    if (event.type === 'diagnostics') said.push(...event.diagnostics.map(({ code }) => code));
    else
      said.push(event.type === 'listed' ? 'listed' : `${event.type} ${event.port.path.replace(/\d+/, 'N')}`);
  });
  return {
    said,
    stop: () => {
      watch.unsubscribe();
    },
  };
}

/** Lets every promise that can settle do so. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

async function failure(call: Promise<unknown>): Promise<DeviceError> {
  const error: unknown = await call.then(
    () => new Error('it did not fail'),
    (e: unknown) => e,
  );
  if (!(error instanceof DeviceError)) throw error;
  return error;
}

describe('a bus of the browser', () => {
  it('lists one port per USB interface, HID collection and serial line, then what comes and goes', async () => {
    const [device, other] = [fakeUsbDevice(), fakeUsbDevice()];
    const usb = new FakeUsb(device);
    const { said } = watched(webUsbBus(usb));
    await turn();
    usb.connect(other);
    usb.disconnect(device);
    const usbPort = ['webusb:N:0', 'webusb:N:1'];
    expect(said).toEqual([
      ...usbPort.map((path) => `attached ${path}`),
      'listed',
      ...usbPort.map((path) => `attached ${path}`),
      ...usbPort.map((path) => `detached ${path}`),
    ]);
    const hid = watched(webHidBus(new FakeHid(new FakeHidDevice())));
    const serial = watched(webSerialBus(new FakeSerial(new FakeLine())));
    await turn();
    expect(hid.said).toEqual(['attached webhid:N:0', 'attached webhid:N:1', 'listed']);
    expect(serial.said).toEqual(['attached webserial:N', 'listed']);
  });

  it('gives one object one id, whichever bus sees it, and another object another one', async () => {
    const device = fakeUsbDevice();
    const usb = new FakeUsb(device, fakeUsbDevice());
    const ids = async () => {
      const found: string[] = [];
      const watch = webUsbBus(usb).events.subscribe((event) => {
        if (event.type === 'attached') found.push(event.port.id);
      });
      await turn();
      watch.unsubscribe();
      return found;
    };
    const first = await ids();
    expect(new Set(first).size).toBe(4);
    expect(await ids()).toEqual(first);
  });

  it('does not list what was unplugged while the browser listed', async () => {
    const device = fakeUsbDevice();
    const usb = new FakeUsb(device);
    const { said } = watched(webUsbBus(usb));
    usb.disconnect(device);
    await turn();
    expect(said).toEqual(['listed']);
  });

  it('keeps no listener when the last one has stopped watching', async () => {
    const usb = new FakeUsb(fakeUsbDevice());
    const bus = webUsbBus(usb);
    const [one, two] = [watched(bus), watched(bus)];
    await turn();
    one.stop();
    expect(usb.listeners).toBe(2);
    two.stop();
    expect(usb.listeners).toBe(0);
  });

  it('is empty and says why, when the page is not allowed to use it', async () => {
    const usb = new FakeUsb();
    usb.getDevices = rejects('SecurityError');
    const { said } = watched(webUsbBus(usb));
    await turn();
    expect(said).toEqual(['usb.access-denied', 'listed']);
  });

  it('is empty and says why, when the browser fails to list', async () => {
    const usb = new FakeUsb();
    usb.getDevices = rejects('UnknownError');
    const { said } = watched(webUsbBus(usb));
    await turn();
    expect(said).toEqual(['usb.failed', 'listed']);
  });

  it('is empty in a browser without the API, and asking there is unsupported', async () => {
    for (const bus of [webUsbBus(), webHidBus(), webSerialBus()]) {
      const { said } = watched<BusKind>(bus);
      expect(said).toEqual([`${bus.kind}.api-missing`, 'listed']);
    }
    expect((await failure(webHidBus().request([{ vendorId: 1 }]))).code).toBe('unsupported');
  });
});

describe('asking the person', () => {
  it('attaches what was chosen, and answers with the port that matches', async () => {
    const device = fakeUsbDevice();
    const usb = new FakeUsb();
    usb.requestDevice = () => {
      usb.devices.push(device);
      return Promise.resolve(device);
    };
    const bus = webUsbBus(usb);
    const { said } = watched(bus);
    await turn();
    const port = await bus.request([{ interfaceNumber: 1, vendorId: 0x1209 }]);
    expect(port).toMatchObject({ interfaceNumber: 1, model: 'Thing' });
    expect(said).toEqual(['listed', 'attached webusb:N:0', 'attached webusb:N:1']);
  });

  it('asks at once, while the click is handled', () => {
    const usb = new FakeUsb();
    let asked = false;
    usb.requestDevice = () => {
      asked = true;
      return Promise.reject(domError('NotFoundError'));
    };
    void webUsbBus(usb).request([{ vendorId: 1 }]);
    expect(asked).toBe(true);
  });

  it('answers with undefined when the person chose nothing', async () => {
    expect(await webUsbBus(new FakeUsb()).request([{ vendorId: 1 }])).toBeUndefined();
    expect(await webHidBus(new FakeHid()).request([{ vendorId: 1 }])).toBeUndefined();
    expect(await webSerialBus(new FakeSerial()).request([{ vendorId: 1 }])).toBeUndefined();
  });

  it.each([
    ['SecurityError', 'access-denied'],
    ['NotSupportedError', 'unsupported'],
    ['TypeError', 'invalid-request'],
    ['UnknownError', 'protocol'],
  ])('%s is %s', async (name, code) => {
    const hid = new FakeHid();
    hid.requestDevice = rejects(name);
    expect(await failure(webHidBus(hid).request([{ vendorId: 1 }]))).toMatchObject({ code });
  });

  it('says that a click and a permission are needed, where the browser refuses to ask', async () => {
    const hid = new FakeHid();
    hid.requestDevice = rejects('SecurityError');
    const { remedy } = await failure(webHidBus(hid).request([{ vendorId: 1 }]));
    expect(remedy).toMatch(/click handler.*Permissions-Policy: hid/);
  });

  it('does not ask for nothing', async () => {
    const { code, path } = await failure(webUsbBus(new FakeUsb()).request([{}]));
    expect([code, path]).toEqual(['invalid-request', 'matches']);
  });

  it('leaves out of the filters what the browser refuses or does not know', async () => {
    const asked: unknown[] = [];
    const [usb, hid, serial] = [new FakeUsb(), new FakeHid(), new FakeSerial()];
    usb.requestDevice = ({ filters }) => (asked.push(filters), Promise.reject(domError('NotFoundError')));
    hid.requestDevice = ({ filters }) => (asked.push(filters), Promise.resolve([]));
    serial.requestPort = (options) => (asked.push(options), Promise.reject(domError('NotFoundError')));
    await webUsbBus(usb).request([
      { vendorId: 1, productId: 2, interfaceClass: 3, interfaceSubclass: 4, interfaceProtocol: 5 },
      { productId: 2, interfaceSubclass: 4, interfaceProtocol: 5 },
    ]);
    await webHidBus(hid).request([{ vendorId: 1, productId: 2, usagePage: 3, usage: 4 }, { usagePage: 3 }]);
    await webHidBus(hid).request([{ vendorId: 1 }, { usage: 4, productId: 2 }]);
    await webSerialBus(serial).request([{ vendorId: 1, productId: 2 }, { vendorId: 3 }]);
    await webSerialBus(serial).request([{ vendorId: 1 }, { productId: 2 }]);
    expect(asked).toEqual([
      [{ vendorId: 1, productId: 2, classCode: 3, subclassCode: 4, protocolCode: 5 }, {}],
      [{ vendorId: 1, productId: 2, usagePage: 3, usage: 4 }, { usagePage: 3 }],
      [],
      { filters: [{ usbVendorId: 1, usbProductId: 2 }, { usbVendorId: 3 }] },
      {},
    ]);
  });
});
