import type { UsbSetup } from '@buergerkoffer/core';
import { descriptorsOf, type UsbDescriptors } from './descriptors-of.js';
import { Pipes } from './pipes.js';
import { standardIn, standardOut, type DeviceState } from './standard-requests.js';
import { TurnQueue } from '../turn-queue.js';
import { DONE, STALL, type Answered, type Unlink, type UsbAnswer, type UsbTransfer } from './usb-transfer.js';
import type { UsbFunction, UsbHost, VirtualUsbDevice } from './virtual-usb-device.js';

/** Who hears of what the device does by itself. */
export interface EngineOptions {
  /** The device pulled its own plug; it has no power any more. */
  readonly vanished?: () => void;
  /** What the device's code threw; its host saw a stall. */
  readonly failed?: (error: unknown) => void;
}

const GONE: UsbAnswer = { status: 'gone' };
const DISABLED: UsbAnswer = { status: 'disabled' };

/**
 * The device's side of the bus: runs a virtual device from the moment it gets power, answers the standard requests
 * on endpoint 0, keeps settings and halts, and takes the transfers of whatever host there is: a transport of this
 * process, or a kernel behind USB/IP. Several transfers may be pending on each endpoint; they are answered in order.
 */
export class UsbEngine {
  readonly device: VirtualUsbDevice;
  readonly descriptors: UsbDescriptors;
  readonly #options: EngineOptions;
  readonly #pipes: Pipes;
  readonly #control: TurnQueue<UsbAnswer>;
  #function: UsbFunction = {};
  #powered = true;

  /** Gives the device power. Throws what its description is wrong at, or its `powerUp` throws. */
  constructor(device: VirtualUsbDevice, options: EngineOptions = {}) {
    this.device = device;
    this.descriptors = descriptorsOf(device);
    this.#options = options;
    const failed = (error: unknown): void => {
      options.failed?.(error);
    };
    this.#control = new TurnQueue<UsbAnswer>((error) => {
      failed(error);
      return STALL;
    }, true);
    this.#pipes = new Pipes(device, { received: (endpoint, data) => this.#received(endpoint, data), failed });
    this.#function = device.powerUp(this.#host());
  }

  /**
   * Hands one transfer to the device. `answered` hears the answer once, perhaps before this returns; OUT data is
   * the device's from now on. The returned function takes the transfer back, and loses nothing that the device sent.
   */
  submit(transfer: UsbTransfer, answered: Answered): Unlink {
    if (!this.#powered) return refused(answered, GONE);
    switch (transfer.type) {
      case 'control-in':
        return this.#control.submit(() => this.#controlIn(transfer.setup, transfer.length), answered);
      case 'control-out':
        return this.#control.submit(() => this.#controlOut(transfer.setup, transfer.data), answered);
      case 'in': {
        const pipe = this.#configuredPipes?.in(transfer.endpoint);
        return pipe?.receive(transfer.length, answered) ?? refused(answered, DISABLED);
      }
      case 'out': {
        const pipe = this.#configuredPipes?.out(transfer.endpoint);
        return pipe?.submit(transfer.data, answered) ?? refused(answered, DISABLED);
      }
      default:
        return transfer satisfies never;
    }
  }

  /** Halts an endpoint of the chosen settings now, as a host's SET_FEATURE does. */
  halt(direction: 'in' | 'out', endpoint: number): void {
    this.#pipes.of(direction, endpoint)?.halt();
  }

  /** The plug is pulled: whatever is pending is answered `gone`, the device's timers end. Idempotent. */
  powerDown(): void {
    if (!this.#powered) return;
    this.#powered = false;
    this.#control.end(GONE);
    this.#pipes.end(GONE);
    try {
      this.#function.powerDown?.();
    } catch (error) {
      this.#options.failed?.(error);
    }
  }

  get #state(): DeviceState {
    return { descriptors: this.descriptors, pipes: this.#pipes, function: this.#function };
  }

  get #configuredPipes(): Pipes | undefined {
    return this.#pipes.configured ? this.#pipes : undefined;
  }

  /** What the device can do to its host; nothing any more when the plug is pulled. */
  #host(): UsbHost {
    return {
      send: (endpoint, message, zeroLengthEnd) => {
        this.#pipes.check('in', endpoint);
        if (this.#powered) this.#pipes.in(endpoint)?.send(message, zeroLengthEnd);
      },
      discard: (endpoint) => {
        this.#pipes.check('in', endpoint);
        this.#pipes.in(endpoint)?.discard();
      },
      halt: (direction, endpoint) => {
        this.#pipes.check(direction, endpoint);
        if (direction === 'in') this.#pipes.in(endpoint)?.sendHalt();
        else this.#pipes.out(endpoint)?.halt();
      },
      vanish: () => {
        // A device may vanish while it gets power: whoever plugs it in hears of it afterwards.
        queueMicrotask(() => {
          if (!this.#powered) return;
          this.powerDown();
          this.#options.vanished?.();
        });
      },
    };
  }

  #received(endpoint: number, data: Uint8Array): void | Promise<void> {
    if (this.#function.received === undefined) this.#pipes.out(endpoint)?.halt();
    else return this.#function.received(endpoint, data);
  }

  #controlIn(setup: UsbSetup, length: number): UsbAnswer | Promise<UsbAnswer> {
    const answer = (data: Uint8Array | undefined): UsbAnswer =>
      data === undefined ? STALL : { status: 'ok', data: data.slice(0, length) };
    return mapped(
      setup.requestType === 'standard'
        ? standardIn(setup, this.#state)
        : this.#function.controlIn?.(setup, length),
      answer,
    );
  }

  #controlOut(setup: UsbSetup, data: Uint8Array): UsbAnswer | Promise<UsbAnswer> {
    return mapped(
      setup.requestType === 'standard'
        ? standardOut(setup, this.#state)
        : (this.#function.controlOut?.(setup, data) ?? false),
      (done) => (done ? DONE : STALL),
    );
  }
}

/** `then` of a value that is there, or that comes. */
function mapped<T>(value: T | Promise<T>, then: (value: T) => UsbAnswer): UsbAnswer | Promise<UsbAnswer> {
  return value instanceof Promise ? value.then(then) : then(value);
}

function refused(answered: Answered, answer: UsbAnswer): Unlink {
  answered(answer);
  return () => undefined;
}
