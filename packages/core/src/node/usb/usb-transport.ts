import { Subscription, type Observable } from 'rxjs';
import { DeviceError } from '../../device-error.js';
import { DeviceLife } from '../../device-life.js';
import type {
  CallOptions,
  UsbEndpoint,
  UsbInResult,
  UsbOutResult,
  UsbSetup,
  UsbTransport,
} from '../../transport.js';
import type { ClaimedInterface, Outcome } from './claimed-interface.js';
import { InEndpoint } from './in-endpoint.js';
import { PendingCalls, type Call } from './pending-calls.js';
import { checkLength, checkSetup } from './usb-request.js';

/** Transfers out and control transfers end by the library's deadline; if it does not keep it, this much later. */
const GRACE_MS = 1_000;

/** What a transport is made of. */
export interface UsbTransportParts {
  readonly claimed: ClaimedInterface;
  readonly interfaceNumber: number;
  readonly endpoints: readonly UsbEndpoint[];
  /** For messages: `1-4:1.0`. */
  readonly path: string;
  /** Emits when the device has gone: without a transfer under way nothing else tells. */
  readonly gone: Observable<unknown>;
}

/** One claimed interface of a device that the library `usb` has opened. */
export class NodeUsbTransport implements UsbTransport {
  readonly interfaceNumber: number;
  readonly endpoints: readonly UsbEndpoint[];
  readonly ended;
  readonly #claimed: ClaimedInterface;
  readonly #path: string;
  readonly #calls = new PendingCalls();
  readonly #life: DeviceLife;
  readonly #inEndpoints: ReadonlyMap<number, InEndpoint>;
  /** Endpoints with a call under way, as `in1`. */
  readonly #busy = new Set<string>();

  constructor({ claimed, interfaceNumber, endpoints, path, gone }: UsbTransportParts) {
    this.interfaceNumber = interfaceNumber;
    this.endpoints = endpoints;
    this.#claimed = claimed;
    this.#path = path;
    const inEndpoints = endpoints.filter(({ direction }) => direction === 'in');
    this.#inEndpoints = new Map(inEndpoints.map((one) => [one.number, new InEndpoint(claimed, one)]));
    const watch = new Subscription();
    this.#life = new DeviceLife(async () => {
      watch.unsubscribe();
      await claimed.release();
    });
    this.ended = this.#life.ended;
    void claimed.lost.then((error) => {
      this.lose(error);
    });
    watch.add(
      gone.subscribe({
        next: () => {
          this.lose();
        },
        // Transfers still tell.
        error: () => undefined,
      }),
    );
  }

  controlTransferIn(setup: UsbSetup, length: number, options: CallOptions = {}): Promise<UsbInResult> {
    return this.#control('control transfer in', setup, length, options, async (call) => {
      const outcome = await this.#claimed.controlIn(setup, length, call);
      return this.#answered(outcome, (data) => ({ status: 'ok', data }) as const);
    });
  }

  controlTransferOut(
    setup: UsbSetup,
    data: Uint8Array = new Uint8Array(0),
    options: CallOptions = {},
  ): Promise<UsbOutResult> {
    return this.#control('control transfer out', setup, data.length, options, async (call) => {
      const outcome = await this.#claimed.controlOut(setup, data, call);
      return this.#answered(outcome, (bytesWritten) => ({ status: 'ok', bytesWritten }) as const);
    });
  }

  transferIn(endpoint: number, length: number, options: CallOptions = {}): Promise<UsbInResult> {
    return this.#alone('in', endpoint, options, async (call) => {
      checkLength(length);
      const outcome = await this.#inEndpoint(endpoint).read(length, call);
      return this.#answered(outcome, (data) => ({ status: 'ok', data }) as const);
    });
  }

  transferOut(endpoint: number, data: Uint8Array, options: CallOptions = {}): Promise<UsbOutResult> {
    return this.#alone(
      'out',
      endpoint,
      options,
      async (call) => {
        call.onOver(() => {
          this.#interrupt();
        });
        const outcome = await this.#claimed.transferOut(endpoint, data, call);
        call.onOver(undefined);
        return this.#answered(outcome, (bytesWritten) => ({ status: 'ok', bytesWritten }) as const);
      },
      GRACE_MS,
    );
  }

  clearHalt(direction: 'in' | 'out', endpoint: number, options: CallOptions = {}): Promise<void> {
    return this.#alone(direction, endpoint, options, async () => {
      if (direction === 'in') await this.#inEndpoint(endpoint).clear();
      const outcome = await this.#claimed.clearHalt(direction, endpoint);
      const answer = this.#answered(outcome, () => undefined);
      if (answer !== undefined) throw new DeviceError('protocol', `${this.#path} refuses to clear a halt`);
    });
  }

  close(): Promise<void> {
    const closed = this.#life.close();
    this.#calls.end(new DeviceError('closed', `${this.#path} was closed`));
    return closed;
  }

  /** The device has gone: ends everything with `lost`. */
  lose(error = new DeviceError('lost', `${this.#path} has gone`)): void {
    this.#life.lose(error);
    this.#calls.end(error);
  }

  /** Runs `work` as the only call on an endpoint and direction. */
  async #alone<T>(
    direction: 'in' | 'out',
    number: number,
    options: CallOptions,
    work: (call: Call) => Promise<T>,
    graceMs = 0,
  ): Promise<T> {
    this.#refuseIfOver(options);
    const key = `${direction}${number}`;
    const what = `transfer ${direction} ${number} of ${this.#path}`;
    if (!this.endpoints.some((one) => one.direction === direction && one.number === number)) {
      throw new DeviceError('invalid-request', `${this.#path} has no ${direction} endpoint ${number}`);
    }
    if (this.#busy.has(key)) throw new DeviceError('busy', `a ${what} is under way already`);
    this.#busy.add(key);
    try {
      return await this.#calls.run(what, options, work, graceMs);
    } finally {
      this.#busy.delete(key);
    }
  }

  /** Only for numbers that {@link #alone} has checked. */
  #inEndpoint(number: number): InEndpoint {
    const endpoint = this.#inEndpoints.get(number);
    if (endpoint === undefined) throw new DeviceError('invalid-request', `no in endpoint ${number}`);
    return endpoint;
  }

  /** Control transfers queue in the kernel; several may be under way. */
  async #control<T>(
    what: string,
    setup: UsbSetup,
    length: number,
    options: CallOptions,
    work: (call: Call) => Promise<T>,
  ): Promise<T> {
    this.#refuseIfOver(options);
    checkSetup(setup, length, this);
    return this.#calls.run(`${what} of ${this.#path}`, options, work, GRACE_MS);
  }

  #refuseIfOver({ signal }: CallOptions): void {
    if (this.#life.over !== undefined) throw this.#life.over;
    signal?.throwIfAborted();
  }

  /** The kernel takes back only all transfers of an interface: pending ones in are asked for again. */
  #interrupt(): void {
    if (this.#life.over !== undefined) return;
    this.#claimed.interrupt().catch((error: unknown) => {
      this.lose(DeviceError.from(error, 'lost', `${this.#path} has gone`));
    });
  }

  #answered<T, R>(outcome: Outcome<T>, answer: (value: T) => R): R | { readonly status: 'stall' } {
    switch (outcome.type) {
      case 'done':
        return answer(outcome.value);
      case 'stall':
        return { status: 'stall' };
      case 'cancelled':
        throw new DeviceError('timeout', `the device at ${this.#path} did not take or answer it in time`);
      case 'interrupted':
        throw new DeviceError(
          'protocol',
          `a transfer of ${this.#path} was interrupted because another one was aborted`,
          { remedy: 'begin the exchange anew: how much of it the device has taken is not known' },
        );
      case 'failed':
        throw outcome.error;
      default:
        return outcome satisfies never;
    }
  }
}
