import type { UsbPort, UsbTransport } from '@buergerkoffer/core';
import type {
  WebUsb,
  WebUsbConfiguration,
  WebUsbDevice,
  WebUsbFilter,
  WebUsbInResult,
  WebUsbOutResult,
  WebUsbSetup,
} from '@buergerkoffer/core/web';
import { LabBus, plugUsb, type VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { browserError, CountedTarget, eventWith, NEVER, openOne } from './browser-events.js';

const NAMES = {
  lost: 'NotFoundError',
  'not-found': 'NotFoundError',
  closed: 'AbortError',
  protocol: 'NetworkError',
  busy: 'NetworkError',
};

/** `navigator.usb` of a browser whose computer is the lab; the person has given every device to the page. */
export class LabWebUsb extends CountedTarget implements WebUsb {
  readonly #bus = new LabBus('usb');
  readonly #devices = new Set<LabWebUsbDevice>();
  /** What `requestDevice` was asked for. */
  readonly asked: WebUsbFilter[][] = [];

  /** Plugs a device in; the returned function pulls the plug. */
  plug(device: VirtualUsbDevice, place: string): () => void {
    const plugged = plugUsb(this.#bus, device, { place });
    const made = new LabWebUsbDevice(this.#bus, device, plugged.ports);
    this.#devices.add(made);
    this.dispatchEvent(eventWith('connect', { device: made }));
    return () => {
      this.#devices.delete(made);
      made.gone = true;
      plugged.unplug();
      this.dispatchEvent(eventWith('disconnect', { device: made }));
    };
  }

  getDevices(): Promise<WebUsbDevice[]> {
    return Promise.resolve([...this.#devices]);
  }

  async requestDevice({ filters }: { filters: WebUsbFilter[] }): Promise<WebUsbDevice> {
    this.asked.push(filters);
    const [first] = await this.getDevices();
    if (first === undefined) throw new DOMException('no device selected', 'NotFoundError');
    return first;
  }
}

class LabWebUsbDevice implements WebUsbDevice {
  readonly vendorId;
  readonly productId;
  readonly manufacturerName;
  readonly productName;
  readonly serialNumber;
  readonly configuration: WebUsbConfiguration;
  readonly configurations: readonly WebUsbConfiguration[];
  opened = false;
  gone = false;
  readonly #bus: LabBus<'usb'>;
  readonly #ports: readonly UsbPort[];
  readonly #claimed = new Map<number, UsbTransport>();

  constructor(bus: LabBus<'usb'>, device: VirtualUsbDevice, ports: readonly UsbPort[]) {
    this.#bus = bus;
    this.#ports = ports;
    this.vendorId = device.vendorId;
    this.productId = device.productId;
    this.manufacturerName = device.maker;
    this.productName = device.model;
    this.serialNumber = device.serialNumber;
    this.configuration = configurationOf(device);
    this.configurations = [this.configuration];
  }

  open(): Promise<void> {
    return this.#present(() => {
      this.opened = true;
    });
  }

  close(): Promise<void> {
    return this.#present(async () => {
      this.opened = false;
      const claimed = [...this.#claimed.values()];
      this.#claimed.clear();
      for (const transport of claimed) await transport.close();
    });
  }

  selectConfiguration(): Promise<void> {
    return Promise.resolve();
  }

  claimInterface(interfaceNumber: number): Promise<void> {
    return this.#present(() => this.#claim(interfaceNumber, 0));
  }

  releaseInterface(interfaceNumber: number): Promise<void> {
    return this.#present(async () => {
      const transport = this.#claimed.get(interfaceNumber);
      this.#claimed.delete(interfaceNumber);
      await transport?.close();
    });
  }

  selectAlternateInterface(interfaceNumber: number, alternateSetting: number): Promise<void> {
    return this.#present(async () => {
      await openOne<'usb'>(this.#claimed.get(interfaceNumber)).close();
      await this.#claim(interfaceNumber, alternateSetting);
    });
  }

  controlTransferIn(setup: WebUsbSetup, length: number): Promise<WebUsbInResult> {
    return this.#present(async () =>
      inResult(await this.#controlled(setup).controlTransferIn(setup, length, NEVER)),
    );
  }

  controlTransferOut(setup: WebUsbSetup, data?: Uint8Array): Promise<WebUsbOutResult> {
    return this.#present(async () =>
      outResult(await this.#controlled(setup).controlTransferOut(setup, data, NEVER)),
    );
  }

  transferIn(endpoint: number, length: number): Promise<WebUsbInResult> {
    return this.#present(async () =>
      inResult(await this.#with('in', endpoint).transferIn(endpoint, length, NEVER)),
    );
  }

  transferOut(endpoint: number, data: Uint8Array): Promise<WebUsbOutResult> {
    return this.#present(async () =>
      outResult(await this.#with('out', endpoint).transferOut(endpoint, data, NEVER)),
    );
  }

  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void> {
    return this.#present(() => this.#with(direction, endpoint).clearHalt(direction, endpoint, NEVER));
  }

  async #claim(interfaceNumber: number, alternateSetting: number): Promise<void> {
    const port = this.#ports.find((one) => one.interfaceNumber === interfaceNumber);
    if (!this.opened || port === undefined) throw new DOMException('no such interface', 'NotFoundError');
    this.#claimed.set(interfaceNumber, await this.#bus.open(port, { alternateSetting }));
  }

  #controlled({ recipient, index }: WebUsbSetup): UsbTransport {
    const claimed = [...this.#claimed.values()];
    const found =
      recipient === 'interface'
        ? this.#claimed.get(index & 0xff)
        : recipient === 'endpoint'
          ? claimed.find(({ endpoints }) => endpoints.some(({ number }) => number === (index & 0x0f)))
          : claimed[0];
    return openOne<'usb'>(found);
  }

  #with(direction: 'in' | 'out', endpoint: number): UsbTransport {
    const found = [...this.#claimed.values()].find(({ endpoints }) =>
      endpoints.some((one) => one.direction === direction && one.number === endpoint),
    );
    return openOne<'usb'>(found);
  }

  async #present<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.gone) throw new DOMException('the device was disconnected', 'NotFoundError');
    try {
      return await work();
    } catch (error) {
      throw browserError(error, NAMES);
    }
  }
}

type InResult = Awaited<ReturnType<UsbTransport['transferIn']>>;
type OutResult = Awaited<ReturnType<UsbTransport['transferOut']>>;

function inResult(result: InResult): WebUsbInResult {
  if (result.status === 'stall') return { status: 'stall', data: null };
  const { buffer, byteOffset, byteLength } = result.data;
  return { status: 'ok', data: new DataView(buffer, byteOffset, byteLength) };
}

function outResult(result: OutResult): WebUsbOutResult {
  return result.status === 'stall' ? { status: 'stall', bytesWritten: 0 } : result;
}

function configurationOf({ interfaces }: VirtualUsbDevice): WebUsbConfiguration {
  const numbers = [...new Set(interfaces.map(({ number }) => number))];
  return {
    configurationValue: 1,
    interfaces: numbers.map((interfaceNumber) => ({
      interfaceNumber,
      alternates: interfaces
        .filter(({ number }) => number === interfaceNumber)
        .map((one) => ({
          alternateSetting: one.alternateSetting ?? 0,
          interfaceClass: one.interfaceClass,
          interfaceSubclass: one.interfaceSubclass ?? 0,
          interfaceProtocol: one.interfaceProtocol ?? 0,
          endpoints: one.endpoints.map(({ number, direction, type, packetSize }) => ({
            endpointNumber: number,
            direction,
            type,
            packetSize,
          })),
        })),
    })),
  };
}
