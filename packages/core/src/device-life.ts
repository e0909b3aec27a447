import type { End } from './device.js';
import { DeviceError } from './device-error.js';
import { OperationGate } from './operation-gate.js';

/**
 * The life of one open device, as drivers and simulators need it: operations run through `gate`, `close()`
 * ends them in order, `lose()` ends them at once because the hardware has gone.
 */
export class DeviceLife {
  readonly gate = new OperationGate();
  readonly ended: Promise<End>;
  readonly #release: () => Promise<void>;
  #end: (end: End) => void = () => undefined;
  #closing: Promise<void> | undefined;
  #lost: DeviceError | undefined;

  /** `release` gives the hardware back; it is called once, on close or loss, and may fail after a loss. */
  constructor(release: () => Promise<void> = () => Promise.resolve()) {
    this.#release = release;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Why the device is over, or undefined while it lives. */
  get over(): DeviceError | undefined {
    return (
      this.#lost ??
      (this.#closing === undefined ? undefined : new DeviceError('closed', 'the device is closed'))
    );
  }

  /** Ends what runs with `closed`, releases the hardware, resolves then; every call returns the same promise. */
  close(): Promise<void> {
    return (
      this.#closing ??
      this.#finishOnce(new DeviceError('closed', 'the device was closed'), { reason: 'closed' })
    );
  }

  /** The hardware has gone: ends what runs with `error` at once; a later `close()` has nothing left to do. */
  lose(error: DeviceError = new DeviceError('lost', 'the device has gone')): void {
    if (this.#closing !== undefined) return;
    this.#lost = error;
    this.#end({ reason: 'lost', error });
    this.#finishOnce(error, { reason: 'lost', error }).catch(() => undefined);
  }

  /** Known as closing before anything ends: whoever closes on hearing of an ending finds it begun. */
  #finishOnce(error: DeviceError, end: End): Promise<void> {
    let follow: (finished: Promise<void>) => void = () => undefined;
    this.#closing = new Promise<void>((resolve) => {
      follow = resolve;
    });
    const finished = this.#finish(error, end);
    follow(end.reason === 'lost' ? finished.catch(() => undefined) : finished);
    return this.#closing;
  }

  async #finish(error: DeviceError, end: End): Promise<void> {
    try {
      await this.gate.end(error);
    } finally {
      try {
        await this.#release();
      } finally {
        this.#end(end);
      }
    }
  }
}
