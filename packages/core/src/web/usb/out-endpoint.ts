import { DeviceError } from '../../device-error.js';
import type { UsbOutResult } from '../../transport.js';

/**
 * What goes to one OUT endpoint, one transfer at a time. The browser's transfer cannot be taken back: one whose caller
 * has gone goes on, and the next one waits for it, so that bytes keep their order.
 */
export class OutEndpoint {
  readonly #request: (data: Uint8Array) => Promise<UsbOutResult>;
  #caller: AbortSignal | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** `request` hands the bytes to the browser. */
  constructor(request: (data: Uint8Array) => Promise<UsbOutResult>) {
    this.#request = request;
  }

  /** Sends `data`, or nothing when `signal` is aborted before its turn; rejects `busy` while somebody waits. */
  async send(data: Uint8Array, signal: AbortSignal): Promise<UsbOutResult> {
    if (this.#caller?.aborted === false) {
      throw new DeviceError('busy', 'a transfer on this endpoint is pending');
    }
    this.#caller = signal;
    const sending = this.#last.then(() => {
      signal.throwIfAborted();
      return this.#request(data);
    });
    this.#last = sending.catch(() => undefined);
    try {
      return await sending;
    } finally {
      if (this.#caller === signal) this.#caller = undefined;
    }
  }
}
