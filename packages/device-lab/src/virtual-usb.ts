import {
  delay,
  DeviceError,
  DeviceLife,
  type CallOptions,
  type UsbEndpoint,
  type UsbPort,
  type UsbSetup,
  type UsbTransport,
} from '@buergerkoffer/core';
import type { FaultScript } from '@buergerkoffer/core/simulation';
import { InPipe, TRANSFER_MS } from './in-pipe.js';
import type { VirtualHardware } from './lab-bus.js';
import { lossOf, onAbort } from './signals.js';

/** What a virtual USB function can do with its host. */
export interface UsbHost {
  /** Queues one message on the IN endpoint `endpoint`. */
  send(endpoint: number, message: Uint8Array): void;
  /** Halts an endpoint: transfers on it stall until the host clears the halt. */
  halt(direction: 'in' | 'out', endpoint: number): void;
  /** Pulls its own plug. */
  vanish(): void;
}

/** One USB interface as its device implements it. */
export interface UsbFunction {
  readonly endpoints: readonly UsbEndpoint[];
  /** A control request to the device; undefined stalls, as for everything unknown. */
  controlIn?(setup: UsbSetup, length: number): Uint8Array | undefined;
  /** False stalls. */
  controlOut?(setup: UsbSetup, data: Uint8Array): boolean;
  /** Bytes on a bulk or interrupt OUT endpoint. */
  received?(endpoint: number, data: Uint8Array): void;
}

/** Faults that a virtual USB function knows, by operation `in`, `out` and `control`: stall, time-out, vanish. */
export interface VirtualUsbOptions {
  readonly faults?: FaultScript;
}

/** A USB interface whose device is `make`: called once for each time it is opened. */
export function virtualUsb(
  port: UsbPort,
  make: (host: UsbHost) => UsbFunction,
  options: VirtualUsbOptions = {},
): VirtualHardware<'usb'> {
  return {
    port,
    connect: (_, unplugged) =>
      Promise.resolve(new VirtualUsbTransport(port, make, unplugged, options.faults)),
  };
}

class VirtualUsbTransport implements UsbTransport {
  readonly interfaceNumber: number;
  readonly endpoints: readonly UsbEndpoint[];
  readonly ended;
  readonly #life = new DeviceLife();
  readonly #over = new AbortController();
  readonly #function: UsbFunction;
  readonly #faults: FaultScript | undefined;
  readonly #pipes = new Map<number, InPipe>();
  readonly #halted = new Set<string>();

  constructor(
    port: UsbPort,
    make: (host: UsbHost) => UsbFunction,
    unplugged: AbortSignal,
    faults: FaultScript | undefined,
  ) {
    this.interfaceNumber = port.interfaceNumber;
    this.ended = this.#life.ended;
    this.#faults = faults;
    this.#function = make({
      send: (endpoint, message) => {
        this.#pipes.get(endpoint)?.send(message);
      },
      halt: (direction, endpoint) => {
        this.#halted.add(`${direction}${endpoint}`);
      },
      vanish: () => {
        this.#lose(new DeviceError('lost', `${port.path} has gone`));
      },
    });
    this.endpoints = this.#function.endpoints;
    for (const endpoint of this.endpoints) {
      if (endpoint.direction === 'in') this.#pipes.set(endpoint.number, new InPipe(endpoint.packetSize));
    }
    onAbort(unplugged, () => {
      this.#lose(lossOf(unplugged));
    });
  }

  async controlTransferIn(setup: UsbSetup, length: number, options: CallOptions = {}) {
    if (await this.#stalls('control', options)) return { status: 'stall' } as const;
    const data = this.#function.controlIn?.(setup, length);
    return data === undefined
      ? ({ status: 'stall' } as const)
      : ({ status: 'ok', data: data.slice(0, length) } as const);
  }

  async controlTransferOut(setup: UsbSetup, data = new Uint8Array(0), options: CallOptions = {}) {
    if (await this.#stalls('control', options)) return { status: 'stall' } as const;
    const taken = this.#function.controlOut?.(setup, data.slice()) ?? false;
    return taken ? ({ status: 'ok', bytesWritten: data.length } as const) : ({ status: 'stall' } as const);
  }

  async transferIn(endpoint: number, length: number, options: CallOptions = {}) {
    const pipe = this.#pipes.get(endpoint);
    if (pipe === undefined) throw noEndpoint('in', endpoint);
    if ((await this.#stalls('in', options)) || this.#halted.has(`in${endpoint}`)) {
      this.#halted.add(`in${endpoint}`);
      return { status: 'stall' } as const;
    }
    return { status: 'ok', data: await pipe.receive(length, options, this.#over.signal) } as const;
  }

  async transferOut(endpoint: number, data: Uint8Array, options: CallOptions = {}) {
    if (!this.endpoints.some((e) => e.direction === 'out' && e.number === endpoint)) {
      throw noEndpoint('out', endpoint);
    }
    if ((await this.#stalls('out', options)) || this.#halted.has(`out${endpoint}`)) {
      this.#halted.add(`out${endpoint}`);
      return { status: 'stall' } as const;
    }
    this.#function.received?.(endpoint, data.slice());
    return { status: 'ok', bytesWritten: data.length } as const;
  }

  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void> {
    this.#halted.delete(`${direction}${endpoint}`);
    return this.#life.over === undefined ? Promise.resolve() : Promise.reject(this.#life.over);
  }

  close(): Promise<void> {
    this.#over.abort(new DeviceError('closed', 'the interface was closed'));
    return this.#life.close();
  }

  /** Whether this call stalls by script; also refuses on an ended transport, waits out a scripted time-out. */
  async #stalls(operation: string, options: CallOptions): Promise<boolean> {
    options.signal?.throwIfAborted();
    if (this.#life.over !== undefined) throw this.#life.over;
    const fault = this.#faults?.take(operation);
    if (fault === undefined) return false;
    switch (fault.type) {
      case 'stall':
        return true;
      case 'vanish': {
        const error = new DeviceError('lost', 'the device has gone');
        this.#lose(error);
        throw error;
      }
      case 'time-out': {
        const ends = [this.#over.signal, ...(options.signal === undefined ? [] : [options.signal])];
        await delay(options.timeoutMs ?? TRANSFER_MS, AbortSignal.any(ends));
        throw new DeviceError('timeout', 'the device did not answer in time');
      }
      default:
        throw new DeviceError('unsupported', `a USB interface cannot show the fault ${fault.type}`);
    }
  }

  #lose(error: DeviceError): void {
    this.#life.lose(error);
    this.#over.abort(error);
  }
}

function noEndpoint(direction: string, number: number): DeviceError {
  return new DeviceError('invalid-request', `the interface has no ${direction} endpoint ${number}`);
}
