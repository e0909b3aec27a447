import type { UsbSetup } from '@buergerkoffer/core';
import {
  fnv1a,
  patternBytes,
  readUsbQueued,
  USB_CONTROL_BYTES,
  USB_REFERENCE,
  USB_REQUEST,
  writeUsbCounts,
  type UsbCounts,
} from '@buergerkoffer/core/testing';
import { ByteReader, ByteWriter } from '@buergerkoffer/formats';
import type {
  UsbFunction,
  UsbHost,
  VirtualEndpoint,
  VirtualInterface,
  VirtualUsbDevice,
} from '../usb/virtual-usb-device.js';
import { Timers } from './timers.js';

/** How a USB reference device differs from another. */
export interface ReferenceUsbOptions {
  /** Which of two devices of one model it is. Default `first`. */
  readonly role?: 'first' | 'second';
  /** Default `high`. */
  readonly speed?: 'full' | 'high' | 'super';
}

const NOTHING_COUNTED: UsbCounts = {
  transfers: 0,
  bytes: 0,
  hash: fnv1a(new Uint8Array(0)),
  empty: 0,
  haltsCleared: 0,
};
const PACKET_SIZE = { full: 64, high: 512, super: 1024 } as const;

/** The device that the suite for USB transports talks to. */
export function referenceUsb({ role = 'first', speed = 'high' }: ReferenceUsbOptions = {}): VirtualUsbDevice {
  const { vendorId, productId, maker, model, serialNumber } = USB_REFERENCE;
  return {
    vendorId,
    productId,
    maker,
    model,
    serialNumber: serialNumber[role],
    speed,
    interfaces: interfaces(PACKET_SIZE[speed]),
    powerUp: (host) => new ReferenceUsb(host),
  };
}

function interfaces(packetSize: number): readonly VirtualInterface[] {
  const { interfaceNumber, endpoint } = USB_REFERENCE;
  const both = (number: number): readonly VirtualEndpoint[] => [
    { direction: 'in', number, type: 'bulk', packetSize },
    { direction: 'out', number, type: 'bulk', packetSize },
  ];
  const interrupt = {
    direction: 'in',
    number: endpoint.interrupt,
    type: 'interrupt',
    packetSize: 64,
  } as const;
  const first = { number: interfaceNumber.first, interfaceClass: 0xff };
  return [
    { ...first, endpoints: [...both(endpoint.bulk), { ...interrupt, interval: 4 }, ...both(endpoint.other)] },
    { ...first, alternateSetting: 1, endpoints: both(endpoint.bulk) },
    { number: interfaceNumber.sibling, interfaceClass: 0xff, endpoints: both(endpoint.sibling) },
  ];
}

class ReferenceUsb implements UsbFunction {
  readonly #first: ReferenceInterface;
  readonly #sibling: ReferenceInterface;
  #stored = new Uint8Array(0);

  constructor(host: UsbHost) {
    const { bulk, interrupt, other, sibling } = USB_REFERENCE.endpoint;
    this.#first = new ReferenceInterface(host, [bulk, interrupt, other]);
    this.#sibling = new ReferenceInterface(host, [sibling]);
  }

  controlIn(setup: UsbSetup, length: number): Uint8Array | undefined | Promise<Uint8Array> {
    if (setup.requestType !== 'vendor') return undefined;
    if (setup.request === USB_REQUEST.store) return this.#stored;
    return this.#addressed(setup)?.answer(setup, length);
  }

  controlOut(setup: UsbSetup, data: Uint8Array): boolean {
    if (setup.requestType !== 'vendor') return false;
    if (setup.request === USB_REQUEST.store && data.length <= USB_CONTROL_BYTES) {
      this.#stored = data.slice();
      return true;
    }
    return this.#addressed(setup)?.obey(setup, data) ?? false;
  }

  received(endpoint: number, data: Uint8Array): void | Promise<void> {
    return this.#owner(endpoint).received(endpoint, data);
  }

  haltCleared(_: 'in' | 'out', endpoint: number): void {
    this.#owner(endpoint).haltCleared();
  }

  powerDown(): void {
    this.#first.powerDown();
    this.#sibling.powerDown();
  }

  #owner(endpoint: number): ReferenceInterface {
    return endpoint === USB_REFERENCE.endpoint.sibling ? this.#sibling : this.#first;
  }

  #addressed({ recipient, index }: UsbSetup): ReferenceInterface | undefined {
    if (recipient !== 'interface') return undefined;
    if (index === USB_REFERENCE.interfaceNumber.first) return this.#first;
    return index === USB_REFERENCE.interfaceNumber.sibling ? this.#sibling : undefined;
  }
}

/** One interface: what it was told, and what came. */
class ReferenceInterface {
  readonly #host: UsbHost;
  readonly #inEndpoints: readonly number[];
  readonly #timers = new Timers();
  #counts = NOTHING_COUNTED;
  #echoes = false;
  #vanishes = false;
  #hold: { readonly over: Promise<void>; readonly end: () => void } | undefined;
  #mark = 0;

  constructor(host: UsbHost, inEndpoints: readonly number[]) {
    this.#host = host;
    this.#inEndpoints = inEndpoints;
  }

  answer({ request, value }: UsbSetup, length: number): Uint8Array | undefined | Promise<Uint8Array> {
    switch (request) {
      case USB_REQUEST.count:
        return writeUsbCounts(this.#counts);
      case USB_REQUEST.mark:
        return new ByteWriter('little').u32(this.#mark).toBytes();
      case USB_REQUEST.wait:
        return this.#timers.pause(value).then(() => patternBytes(length, value));
      default:
        return undefined;
    }
  }

  /** Whether the request is understood. */
  obey({ request, value }: UsbSetup, data: Uint8Array): boolean {
    switch (request) {
      case USB_REQUEST.reset:
        this.#reset();
        return true;
      case USB_REQUEST.queue:
        return this.#queue(data);
      case USB_REQUEST.halt:
        this.#host.halt((value & 0x80) === 0 ? 'out' : 'in', value & 0x0f);
        return true;
      case USB_REQUEST.hold:
        this.#release();
        if (value === 1) this.#hold = hold();
        return true;
      case USB_REQUEST.echo:
        this.#echoes = value === 1;
        return true;
      case USB_REQUEST.vanish:
        if (value === 0) this.#vanishes = true;
        else {
          this.#timers.after(value, () => {
            this.#host.vanish();
          });
        }
        return true;
      case USB_REQUEST.mark:
        this.#mark = new ByteReader(data, { order: 'little' }).u32();
        return true;
      default:
        return false;
    }
  }

  async received(endpoint: number, data: Uint8Array): Promise<void> {
    if (this.#vanishes) {
      this.#host.vanish();
      return;
    }
    await this.#hold?.over;
    const { transfers, bytes, hash, empty, haltsCleared } = this.#counts;
    this.#counts = {
      transfers: transfers + 1,
      bytes: bytes + data.length,
      hash: fnv1a(data, hash),
      empty: empty + (data.length === 0 ? 1 : 0),
      haltsCleared,
    };
    if (this.#echoes) this.#host.send(endpoint, data);
  }

  haltCleared(): void {
    this.#counts = { ...this.#counts, haltsCleared: this.#counts.haltsCleared + 1 };
  }

  powerDown(): void {
    this.#timers.end();
  }

  #queue(data: Uint8Array): boolean {
    const { endpoint, length, seed, afterMs, zeroLengthEnd } = readUsbQueued(data);
    if (!this.#inEndpoints.includes(endpoint)) return false;
    const send = (): void => {
      this.#host.send(endpoint, patternBytes(length, seed), zeroLengthEnd);
    };
    if (afterMs === 0) send();
    else this.#timers.after(afterMs, send);
    return true;
  }

  #reset(): void {
    this.#timers.end();
    for (const endpoint of this.#inEndpoints) this.#host.discard(endpoint);
    this.#release();
    this.#echoes = false;
    this.#vanishes = false;
    this.#counts = NOTHING_COUNTED;
  }

  #release(): void {
    this.#hold?.end();
    this.#hold = undefined;
  }
}

function hold(): { readonly over: Promise<void>; readonly end: () => void } {
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
}
