import { delay, withDeadline } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import type { UsbSetup } from '../../transport.js';
import { usbError, usbFaultOf } from './usb-errors.js';
import { NO_DEADLINE_MS, quietly, type LibraryDevice } from './usb-library.js';

/** How long the kernel may take to end the transfers of a claim that was dropped, in milliseconds; it takes 25. */
const END_MS = 2_000;

/** How a transfer ended. */
export type Outcome<T> =
  | { readonly type: 'done'; readonly value: T }
  | { readonly type: 'stall' }
  /** The library's deadline passed. */
  | { readonly type: 'cancelled' }
  /** Ended by {@link ClaimedInterface.interrupt}; how much went over the wire is not known. */
  | { readonly type: 'interrupted' }
  | { readonly type: 'failed'; readonly error: DeviceError };

/** How long a call that ends by itself may run. */
export interface Limit {
  /** A time of `performance.now()`. */
  readonly endsAt: number;
  /** Whether nobody waits any more: a call that has not begun must not begin. */
  readonly isOver: boolean;
}

/** An interface that was just claimed, and what is to be undone when it is given back. */
export interface Claim {
  /** An object of the library for this interface alone. */
  readonly device: LibraryDevice;
  readonly interfaceNumber: number;
  readonly alternateSetting: number;
  /** Whether a kernel driver was taken off it, which gets it back. */
  readonly kernelDriverDetached: boolean;
  /** For messages: `1-4:1.0`. */
  readonly path: string;
  /** Whether the device's node is still there. */
  isThere(): Promise<boolean>;
}

/** The kernel ends the transfers of a device before it takes its node away: so often it is looked for, with a pause in milliseconds. */
const LOOKS = 20;
const PAUSE_MS = 25;

/**
 * One claimed interface on the library's side: every call of the library goes through here, because while any of
 * them runs the library refuses to claim, release and close, and it cannot take a transfer back. What can is the
 * kernel: it ends the transfers of a claim that is dropped.
 */
export class ClaimedInterface {
  /** Resolves, if ever, when a call tells that the device has gone. */
  readonly lost: Promise<DeviceError>;
  readonly #claim: Claim;
  /** The last call on each endpoint and direction: the library knows one at a time. */
  readonly #onEndpoint = new Map<string, Promise<unknown>>();
  /** Calls that a dropped claim ends, and those that only end by themselves. */
  readonly #transfers = new Set<Promise<unknown>>();
  readonly #controls = new Set<Promise<unknown>>();
  #recovering: Promise<void> | undefined;
  #reclaiming: Promise<void> | undefined;
  #dropped = false;
  #over = false;
  #tellLost: (error: DeviceError) => void = ignore;

  constructor(claim: Claim) {
    this.#claim = claim;
    this.lost = new Promise((resolve) => {
      this.#tellLost = resolve;
    });
  }

  /** Without deadline: it ends with data, with an error, or by {@link interrupt}. `length` in whole packets. */
  transferIn(endpoint: number, length: number): Promise<Outcome<Uint8Array>> {
    const { device, path } = this.#claim;
    const call = async (): Promise<Uint8Array> => {
      const { data } = await device.transferIn(endpoint, length, NO_DEADLINE_MS);
      return bytesOf(data);
    };
    return this.#inTurn(`in${endpoint}`, () =>
      this.#run(this.#transfers, `transfer in ${endpoint} of ${path}`, call),
    );
  }

  /** How many bytes went out. */
  transferOut(endpoint: number, data: Uint8Array, limit: Limit): Promise<Outcome<number>> {
    const { device, path } = this.#claim;
    const call = async (): Promise<number> => {
      const { bytesWritten } = await device.transferOut(endpoint, data, msLeft(limit));
      return bytesWritten;
    };
    return this.#inTurn(`out${endpoint}`, () =>
      this.#run(this.#transfers, `transfer out ${endpoint} of ${path}`, call, limit),
    );
  }

  /** What the device answered, at most `length` bytes. */
  controlIn(setup: UsbSetup, length: number, limit: Limit): Promise<Outcome<Uint8Array>> {
    const { device, path } = this.#claim;
    const call = async (): Promise<Uint8Array> => {
      const { data } = await device.controlTransferIn(setup, length, msLeft(limit));
      return bytesOf(data);
    };
    return this.#run(this.#controls, `control transfer in of ${path}`, call, limit);
  }

  /** How many bytes went out. */
  controlOut(setup: UsbSetup, data: Uint8Array, limit: Limit): Promise<Outcome<number>> {
    const { device, path } = this.#claim;
    const call = async (): Promise<number> => {
      const { bytesWritten } = await device.controlTransferOut(setup, data, msLeft(limit));
      return bytesWritten;
    };
    return this.#run(this.#controls, `control transfer out of ${path}`, call, limit);
  }

  /** Clears the halt of an endpoint on both sides; the kernel allows the device 5 s. */
  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<Outcome<void>> {
    const { device, path } = this.#claim;
    const what = `clearing the halt of ${direction} ${endpoint} of ${path}`;
    return this.#inTurn(`${direction}${endpoint}`, () =>
      this.#run(this.#controls, what, () => device.clearHalt(direction, endpoint)),
    );
  }

  /**
   * Ends every transfer on the endpoints as `interrupted`; calls that come meanwhile wait. Resolves when the
   * interface is claimed again. Rejects `lost` where it could not be: somebody else took it, or it has gone.
   */
  interrupt(): Promise<void> {
    if (this.#over || this.#transfers.size === 0) return Promise.resolve();
    this.#recovering ??= this.#recover().finally(() => {
      this.#recovering = undefined;
    });
    return this.#recovering;
  }

  /**
   * Gives the interface back to the kernel and resolves then. Control transfers that still run end by their own
   * deadlines; the library's handle is closed after the last of them. Never rejects.
   */
  async release(): Promise<void> {
    const { device, interfaceNumber, kernelDriverDetached } = this.#claim;
    this.#over = true;
    await this.#reclaiming?.catch(ignore);
    this.#dropped = true;
    const isIdle = this.#transfers.size + this.#controls.size === 0;
    if (!isIdle) await quietly(() => device.detachKernelDriver(interfaceNumber));
    await withDeadline('ending the transfers', END_MS, () => allOf(this.#transfers)).catch(ignore);
    if (this.#controls.size === 0) {
      await withDeadline('closing', END_MS, () => this.#close(kernelDriverDetached)).catch(ignore);
    } else {
      if (kernelDriverDetached) await quietly(() => device.attachKernelDriver(interfaceNumber));
      void this.#close(false);
    }
  }

  async #recover(): Promise<void> {
    const { device, interfaceNumber, path } = this.#claim;
    this.#dropped = true;
    try {
      await withDeadline(`ending the transfers of ${path}`, END_MS, async () => {
        await device.detachKernelDriver(interfaceNumber);
        await allOf(this.#transfers);
      });
      await allOf(this.#controls);
      if (this.#over) return;
      this.#reclaiming = this.#reclaim();
      await this.#reclaiming;
      this.#dropped = false;
    } catch (error) {
      throw new DeviceError('lost', `${path} could not be claimed again`, { cause: error });
    }
  }

  async #reclaim(): Promise<void> {
    const { device, interfaceNumber, alternateSetting } = this.#claim;
    // Released as well, or the library would give up the new claim together with its memory of the old one.
    await device.releaseInterface(interfaceNumber);
    await device.claimInterface(interfaceNumber);
    // With the claim the kernel put the interface back to its first setting.
    if (alternateSetting !== 0) await device.selectAlternateInterface(interfaceNumber, alternateSetting);
  }

  async #close(attach: boolean): Promise<void> {
    const { device, interfaceNumber } = this.#claim;
    await allOf(this.#transfers);
    await allOf(this.#controls);
    // A claim outlives `close()` unless it is released.
    await quietly(() => device.releaseInterface(interfaceNumber));
    if (attach) await quietly(() => device.attachKernelDriver(interfaceNumber));
    await quietly(() => device.close());
  }

  /** After the call before it on this endpoint: one that was given up may still run. */
  #inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
    const before = this.#onEndpoint.get(key);
    const turn = before === undefined ? run() : before.then(run);
    this.#onEndpoint.set(key, turn);
    void turn.then(() => {
      if (this.#onEndpoint.get(key) === turn) this.#onEndpoint.delete(key);
    });
    return turn;
  }

  /** Never rejects. A call that nobody waits for any more, or that comes after the end, does not begin. */
  async #run<T>(
    running: Set<Promise<unknown>>,
    what: string,
    call: () => Promise<T>,
    limit?: Limit,
  ): Promise<Outcome<T>> {
    while (this.#recovering !== undefined) await this.#recovering.catch(ignore);
    if (limit?.isOver === true) return { type: 'interrupted' };
    if (this.#over) {
      return { type: 'failed', error: new DeviceError('closed', `${this.#claim.path} was closed`) };
    }
    const outcome = this.#outcome(what, call);
    running.add(outcome);
    await outcome;
    running.delete(outcome);
    return outcome;
  }

  async #hasGone(): Promise<boolean> {
    for (let look = 0; look < LOOKS; look += 1) {
      if (!(await this.#claim.isThere())) return true;
      await delay(PAUSE_MS);
    }
    return false;
  }

  async #outcome<T>(what: string, call: () => Promise<T>): Promise<Outcome<T>> {
    try {
      return { type: 'done', value: await call() };
    } catch (error) {
      const fault = usbFaultOf(error);
      if (fault === 'stall') return { type: 'stall' };
      if (this.#dropped && (fault === 'disconnected' || fault === 'cancelled')) {
        return { type: 'interrupted' };
      }
      if (fault === 'cancelled') return { type: 'cancelled' };
      // The endpoint is there, or it would not have been asked for: the library says so of a device that is going, too.
      const gone = fault === 'invalid-request' && (await this.#hasGone());
      const failure = gone
        ? new DeviceError('lost', `${what}: the device has gone`, { cause: error })
        : usbError(what, error);
      if (failure.code === 'lost') this.#tellLost(failure);
      return { type: 'failed', error: failure };
    }
  }
}

function bytesOf(data: DataView | undefined): Uint8Array {
  return data === undefined
    ? new Uint8Array(0)
    : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Milliseconds that are left, as the library takes them. */
function msLeft({ endsAt }: Limit): number {
  return Math.ceil(Math.min(Math.max(endsAt - performance.now(), 0), NO_DEADLINE_MS));
}

async function allOf(running: ReadonlySet<Promise<unknown>>): Promise<void> {
  await Promise.all(running);
}

function ignore(): void {
  // What cannot be given back any more has gone already.
}
