import { DeviceError } from '@buergerkoffer/core';
import { InPipe } from './in-pipe.js';
import { OutPipe } from './out-pipe.js';
import type { UsbAnswer } from './usb-transfer.js';
import type { VirtualEndpoint, VirtualInterface, VirtualUsbDevice } from './virtual-usb-device.js';

/** What the pipes hand to the device's code. */
export interface PipeEnds {
  received(endpoint: number, data: Uint8Array): void | Promise<void>;
  failed(error: unknown): void;
}

const DISABLED: UsbAnswer = { status: 'disabled' };

/** The endpoints of a device in the settings that its host has chosen, and whether it is configured at all. */
export class Pipes {
  readonly #device: VirtualUsbDevice;
  readonly #ends: PipeEnds;
  readonly #settings = new Map<number, VirtualInterface>();
  readonly #in = new Map<number, InPipe>();
  readonly #out = new Map<number, OutPipe>();
  #configured = false;

  constructor(device: VirtualUsbDevice, ends: PipeEnds) {
    this.#device = device;
    this.#ends = ends;
    for (const { number } of device.interfaces) {
      if (!this.#settings.has(number)) this.select(number, 0);
    }
  }

  get configured(): boolean {
    return this.#configured;
  }

  /** SET_CONFIGURATION: the first keeps what the device sent before it; each further one resets every endpoint. */
  configure(configured: boolean): void {
    if (this.#configured) {
      for (const number of this.#settings.keys()) this.select(number, 0);
    }
    this.#configured = configured;
  }

  /** The alternate setting of an interface; undefined where the device has no such interface. */
  settingOf(interfaceNumber: number): number | undefined {
    const setting = this.#settings.get(interfaceNumber);
    return setting === undefined ? undefined : settingNumber(setting);
  }

  /** Chooses an alternate setting: its endpoints are fresh, what was pending is given back. False: there is none. */
  select(interfaceNumber: number, setting: number): boolean {
    const chosen = this.#device.interfaces.find(
      (one) => one.number === interfaceNumber && settingNumber(one) === setting,
    );
    if (chosen === undefined) return false;
    const before = this.#settings.get(interfaceNumber);
    this.#settings.set(interfaceNumber, chosen);
    const ended = (before?.endpoints ?? []).map((endpoint) => this.#remove(endpoint));
    for (const endpoint of chosen.endpoints) this.#add(endpoint);
    for (const pipe of ended) pipe?.end(DISABLED);
    return true;
  }

  /** An IN endpoint of the chosen settings. */
  in(number: number): InPipe | undefined {
    return this.#in.get(number);
  }

  /** An OUT endpoint of the chosen settings. */
  out(number: number): OutPipe | undefined {
    return this.#out.get(number);
  }

  /** An endpoint by direction and number. */
  of(direction: 'in' | 'out', number: number): InPipe | OutPipe | undefined {
    return direction === 'in' ? this.#in.get(number) : this.#out.get(number);
  }

  /** Refuses, as `invalid-request`, an endpoint that no setting of the device has. */
  check(direction: 'in' | 'out', number: number): void {
    const known = this.#device.interfaces.some(({ endpoints }) =>
      endpoints.some((endpoint) => endpoint.direction === direction && endpoint.number === number),
    );
    if (!known) throw new DeviceError('invalid-request', `the device has no ${direction} endpoint ${number}`);
  }

  /** Gives every pending transfer back with `answer`. */
  end(answer: UsbAnswer): void {
    for (const pipe of [...this.#in.values(), ...this.#out.values()]) pipe.end(answer);
  }

  #add({ direction, number, packetSize }: VirtualEndpoint): void {
    if (direction === 'in') {
      this.#in.set(number, new InPipe(packetSize));
      return;
    }
    const ends = this.#ends;
    const take = (data: Uint8Array): void | Promise<void> => ends.received(number, data);
    this.#out.set(
      number,
      new OutPipe(take, (error) => {
        ends.failed(error);
      }),
    );
  }

  #remove({ direction, number }: VirtualEndpoint): InPipe | OutPipe | undefined {
    const pipe = this.of(direction, number);
    (direction === 'in' ? this.#in : this.#out).delete(number);
    return pipe;
  }
}

function settingNumber({ alternateSetting = 0 }: VirtualInterface): number {
  return alternateSetting;
}
