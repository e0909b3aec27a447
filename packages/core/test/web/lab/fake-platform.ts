import type {
  WebHid,
  WebHidDevice,
  WebSerial,
  WebSerialPort,
  WebUsb,
  WebUsbDevice,
} from '@buergerkoffer/core/web';
import { CountedTarget, eventWith } from './browser-events.js';

/** What a browser throws. */
export function domError(name: string): DOMException {
  return new DOMException('as the browser words it', name);
}

/** A promise that rejects with what a browser throws. */
export function rejects(name: string): () => Promise<never> {
  return () => Promise.reject(name === 'TypeError' ? new TypeError('no') : domError(name));
}

/** `navigator.usb` with these devices. */
export class FakeUsb extends CountedTarget implements WebUsb {
  readonly devices: WebUsbDevice[];
  requestDevice: WebUsb['requestDevice'] = rejects('NotFoundError');

  constructor(...devices: WebUsbDevice[]) {
    super();
    this.devices = devices;
  }

  getDevices(): Promise<WebUsbDevice[]> {
    return Promise.resolve([...this.devices]);
  }

  connect(device: WebUsbDevice): void {
    this.devices.push(device);
    this.dispatchEvent(eventWith('connect', { device }));
  }

  disconnect(device: WebUsbDevice): void {
    this.devices.splice(this.devices.indexOf(device), 1);
    this.dispatchEvent(eventWith('disconnect', { device }));
  }
}

/** A device with one vendor interface: bulk IN 1, bulk OUT 2, packets of 64 bytes, and a second setting. */
export function fakeUsbDevice(changes: Partial<WebUsbDevice> = {}): WebUsbDevice {
  const endpoints = [
    { endpointNumber: 1, direction: 'in', type: 'bulk', packetSize: 64 },
    { endpointNumber: 2, direction: 'out', type: 'bulk', packetSize: 64 },
    { endpointNumber: 3, direction: 'in', type: 'isochronous', packetSize: 64 },
    { endpointNumber: 4, direction: 'in', type: 'interrupt', packetSize: 0 },
  ] as const;
  const setting = { interfaceClass: 0xff, interfaceSubclass: 1, interfaceProtocol: 2, endpoints };
  const interfaces = [
    {
      interfaceNumber: 0,
      alternates: [
        { alternateSetting: 0, ...setting },
        { alternateSetting: 1, ...setting },
      ],
    },
    { interfaceNumber: 1, alternates: [{ alternateSetting: 0, ...setting }] },
  ];
  const configuration = { configurationValue: 1, interfaces };
  const device = {
    vendorId: 0x1209,
    productId: 1,
    productName: 'Thing',
    opened: false,
    configuration,
    configurations: [configuration],
    open: () => {
      device.opened = true;
      return Promise.resolve();
    },
    close: () => {
      device.opened = false;
      return Promise.resolve();
    },
    selectConfiguration: () => Promise.resolve(),
    claimInterface: () => Promise.resolve(),
    releaseInterface: () => Promise.resolve(),
    selectAlternateInterface: () => Promise.resolve(),
    controlTransferIn: () => Promise.resolve({ status: 'ok' } as const),
    controlTransferOut: () => Promise.resolve({ status: 'ok', bytesWritten: 0 } as const),
    transferIn: () => new Promise<never>(() => undefined),
    transferOut: (_: number, { length }: Uint8Array) =>
      Promise.resolve({ status: 'ok', bytesWritten: length } as const),
    clearHalt: () => Promise.resolve(),
    ...changes,
  };
  return device;
}

/** `navigator.hid` with these devices. */
export class FakeHid extends CountedTarget implements WebHid {
  readonly devices: WebHidDevice[];
  requestDevice: WebHid['requestDevice'] = () => Promise.resolve([]);

  constructor(...devices: WebHidDevice[]) {
    super();
    this.devices = devices;
  }

  getDevices(): Promise<WebHidDevice[]> {
    return Promise.resolve([...this.devices]);
  }

  disconnect(device: WebHidDevice): void {
    this.devices.splice(this.devices.indexOf(device), 1);
    this.dispatchEvent(eventWith('disconnect', { device }));
  }
}

/** A device with two collections: output report 1 of 4 bytes, feature reports 2 of 3 bytes. */
export class FakeHidDevice extends CountedTarget implements WebHidDevice {
  readonly vendorId = 0x1209;
  readonly productId = 2;
  readonly productName = 'Pad';
  readonly collections: WebHidDevice['collections'] = [
    {
      usagePage: 0xff00,
      usage: 1,
      outputReports: [
        {
          reportId: 1,
          items: [
            { reportSize: 8, reportCount: 3 },
            { reportSize: 1, reportCount: 5 },
          ],
        },
      ],
    },
    {
      usagePage: 0x0d,
      usage: 2,
      featureReports: [{ reportId: 2, items: [{ reportSize: 4, reportCount: 6 }] }],
    },
  ];
  opened = false;
  readonly sent: Uint8Array[] = [];

  open(): Promise<void> {
    this.opened = true;
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.opened = false;
    return Promise.resolve();
  }

  sendReport(_: number, data: Uint8Array): Promise<void> {
    this.sent.push(data);
    return Promise.resolve();
  }

  sendFeatureReport(_: number, data: Uint8Array): Promise<void> {
    return this.sendReport(0, data);
  }

  receiveFeatureReport(reportId: number): Promise<DataView> {
    return Promise.resolve(new DataView(Uint8Array.of(reportId, 7, 8, 9).buffer));
  }
}

/** `navigator.serial` with these lines. */
export class FakeSerial extends CountedTarget implements WebSerial {
  readonly ports: WebSerialPort[];
  requestPort: WebSerial['requestPort'] = rejects('NotFoundError');

  constructor(...ports: WebSerialPort[]) {
    super();
    this.ports = ports;
  }

  getPorts(): Promise<WebSerialPort[]> {
    return Promise.resolve([...this.ports]);
  }
}

/** A line whose streams the test holds: each error gives a new one, as long as the line is there. */
export class FakeLine implements WebSerialPort {
  readonly connected = true;
  readonly written: number[] = [];
  readonly options: unknown[] = [];
  /** Chunks that were written and drained by closing the stream. */
  drained = 0;
  isOpen = false;
  source: ReadableStreamDefaultController<Uint8Array> | undefined;
  /** What a write waits for, where it waits. */
  hold: Promise<void> = Promise.resolve();
  #readable: ReadableStream<Uint8Array> | null = null;
  #writable: WritableStream<Uint8Array> | null = null;
  #gone = false;

  get readable(): ReadableStream<Uint8Array> | null {
    if (!this.isOpen || this.#gone) return null;
    this.#readable ??= new ReadableStream({
      start: (controller) => {
        this.source = controller;
      },
      cancel: () => {
        this.#readable = null;
      },
    });
    return this.#readable;
  }

  get writable(): WritableStream<Uint8Array> | null {
    if (!this.isOpen || this.#gone) return null;
    this.#writable ??= new WritableStream({
      write: async (bytes, { signal }) => {
        await Promise.race([
          this.hold,
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              reject(signal.reason);
            });
          }),
        ]);
        this.written.push(...bytes);
      },
      close: () => {
        this.drained = this.written.length;
        this.#writable = null;
      },
      abort: async () => {
        // The browser throws away what is in the buffers first.
        await new Promise((resolve) => setTimeout(resolve));
        this.#writable = null;
      },
    });
    return this.#writable;
  }

  getInfo(): object {
    return { usbVendorId: 0x0403, usbProductId: 0x6001 };
  }

  open(options: unknown): Promise<void> {
    this.options.push(options);
    this.isOpen = true;
    return Promise.resolve();
  }

  async close(): Promise<void> {
    await Promise.all([this.#readable?.cancel(), this.#writable?.abort()]);
    this.isOpen = false;
  }

  /** The stream fails with this error; `gone`: for good. */
  fail(name: string, gone = false): void {
    this.#gone = gone;
    this.#readable = null;
    this.source?.error(domError(name));
  }
}
