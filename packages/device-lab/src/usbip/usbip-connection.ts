import { descriptorsOf } from '../usb/descriptors-of.js';
import { UsbEngine } from '../usb/usb-engine.js';
import type { VirtualUsbDevice } from '../usb/virtual-usb-device.js';
import { ByteQueue } from '../byte-queue.js';
import {
  OpReader,
  REFUSAL,
  writeImported,
  writeList,
  writeRefused,
  type ExportedDevice,
} from './op-codec.js';
import { UsbipSession, type Send } from './usbip-session.js';

/** Devices that a server offers; each gets power when a host imports it, and is imported by one host at a time. */
export class UsbipExports {
  readonly devices: readonly ExportedDevice[];
  readonly failed: ((error: unknown) => void) | undefined;
  readonly #imported = new Set<string>();

  /** `failed` hears what a device's code throws. Throws what a device's description is wrong at. */
  constructor(devices: readonly VirtualUsbDevice[], failed?: (error: unknown) => void) {
    this.failed = failed;
    this.devices = devices.map((device, index) => ({
      busId: `1-${index + 1}`,
      busNumber: 1,
      deviceNumber: index + 2, // 1 is the hub
      device,
      descriptors: descriptorsOf(device),
    }));
  }

  /** Gives the device to a host, or says why not. */
  import(busId: string): ExportedDevice | keyof typeof REFUSAL {
    const found = this.devices.find((one) => one.busId === busId);
    if (found === undefined) return 'noDevice';
    if (this.#imported.has(busId)) return 'busy';
    this.#imported.add(busId);
    return found;
  }

  /** The host is done with the device. */
  release(busId: string): void {
    this.#imported.delete(busId);
  }
}

/** What a connection needs of the socket that it runs on. */
export interface ConnectionEnds {
  readonly send: Send;
  /** The client has what it wants, and may be silent from now on. */
  readonly imported: () => void;
  /** Everything is said: the socket is to be closed when what was sent is out. */
  readonly close: () => void;
}

/** One connection of a USB/IP client to a server: lists devices, or imports one and uses it until either side ends. */
export class UsbipConnection {
  readonly #exports: UsbipExports;
  readonly #ends: ConnectionEnds;
  readonly #input = new ByteQueue();
  readonly #requests = new OpReader();
  #imported:
    { readonly session: UsbipSession; readonly engine: UsbEngine; readonly busId: string } | undefined;
  #over = false;

  constructor(exports: UsbipExports, ends: ConnectionEnds) {
    this.#exports = exports;
    this.#ends = ends;
  }

  /**
   * Takes bytes of the client, which belong to the connection from now on. Throws `InputError` with the offset of
   * the fault: then the socket is to be closed, and `end()` called.
   */
  receive(bytes: Uint8Array): void {
    if (this.#over) return;
    if (this.#imported !== undefined) {
      this.#imported.session.receive(bytes);
      return;
    }
    this.#input.push(bytes);
    const request = this.#requests.next(this.#input);
    if (request === undefined) return;
    if (request.type === 'import') this.#import(request.busId);
    else this.#finish(writeList(this.#exports.devices));
  }

  /** The connection is over: a device that was imported loses power and can be imported again. Idempotent. */
  end(): void {
    this.#over = true;
    const imported = this.#imported;
    this.#imported = undefined;
    if (imported === undefined) return;
    imported.session.end();
    imported.engine.powerDown();
    this.#exports.release(imported.busId);
  }

  #import(busId: string): void {
    const granted = this.#exports.import(busId);
    if (typeof granted === 'string') {
      this.#finish(writeRefused(REFUSAL[granted]));
      return;
    }
    const engine = this.#powerUp(granted);
    if (engine === undefined) {
      this.#exports.release(busId);
      this.#finish(writeRefused(REFUSAL.error));
      return;
    }
    const { busNumber, deviceNumber } = granted;
    const session = new UsbipSession(
      engine,
      busNumber * 0x10000 + deviceNumber,
      this.#ends.send,
      this.#input,
    );
    this.#imported = { session, engine, busId };
    this.#ends.imported();
    this.#ends.send(writeImported(granted));
    session.receive(new Uint8Array(0)); // what came together with the request
  }

  #powerUp({ device }: ExportedDevice): UsbEngine | undefined {
    const { failed } = this.#exports;
    try {
      return new UsbEngine(device, {
        vanished: () => {
          this.end();
          this.#ends.close();
        },
        ...(failed === undefined ? {} : { failed }),
      });
    } catch (error) {
      failed?.(error);
      return undefined;
    }
  }

  #finish(reply: Uint8Array): void {
    this.#over = true;
    this.#ends.send(reply);
    this.#ends.close();
  }
}
