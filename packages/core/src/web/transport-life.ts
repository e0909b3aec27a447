import { CALL_MS, withDeadline } from '../deadline.js';
import type { End } from '../device.js';
import { DeviceError } from '../device-error.js';
import type { CallOptions } from '../transport.js';

/** How long the browser may take to close, in milliseconds. */
const CLOSE_MS = 2_000;

/**
 * The life of an open transport: its calls have a deadline and end with it, the first end counts.
 *
 * What a browser cannot give stands here once. Its requests to a device have neither time-out nor cancel. A call
 * that passes its deadline or is aborted rejects at once, but the browser's request goes on:
 * - USB IN: the answer is kept, and is the next answer of that endpoint; no byte is lost and none comes twice.
 * - USB OUT and control, HID reports: what was handed over may still reach the device. The next OUT transfer of that
 *   endpoint waits for it within its own deadline; the answer of an abandoned control transfer or feature report is
 *   dropped.
 * - Serial: a write that was not finished is taken back; how much of it went out is not known.
 * `close()` ends everything, because closing the device ends what the browser has pending on it.
 */
export class TransportLife {
  readonly ended: Promise<End>;
  readonly #release: (end: End) => Promise<void>;
  readonly #calls = new Set<(reason: unknown) => void>();
  #tellEnd: (end: End) => void = () => undefined;
  #over: DeviceError | undefined;
  #closing: Promise<void> = Promise.resolve();

  /** `release` tells subscribers how it ended and gives the device back; it is called once. */
  constructor(release: (end: End) => Promise<void>) {
    this.#release = release;
    this.ended = new Promise((resolve) => {
      this.#tellEnd = resolve;
    });
  }

  /** Why the transport is over, or undefined while it lives. */
  get over(): DeviceError | undefined {
    return this.#over;
  }

  /**
   * The answer of `work`; rejects `timeout`, with `signal.reason`, or with the error of the transport's end. `work`
   * receives a signal that is aborted in all three cases, with that reason.
   */
  call<T>(
    what: string,
    { timeoutMs = CALL_MS, signal }: CallOptions = {},
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return withDeadline(what, timeoutMs, (late) => this.#untilEnd(work, late), signal);
  }

  /** Ends pending calls with `closed`, gives the device back, resolves then; every call returns the same promise. */
  close(): Promise<void> {
    if (this.#over === undefined) {
      const end = { reason: 'closed' } as const;
      this.#finish(end, new DeviceError('closed', 'the transport is closed'));
    }
    return this.#closing;
  }

  /** The device has gone: ends pending calls with `error` at once; a later `close()` resolves when all is released. */
  lose(error: DeviceError): void {
    if (this.#over !== undefined) return;
    const end = { reason: 'lost', error } as const;
    this.#finish(end, error);
    this.#tellEnd(end);
    // The browser refuses to close what is not there any more.
    this.#closing = this.#closing.catch(() => undefined);
  }

  #finish(end: End, error: DeviceError): void {
    this.#over = error;
    // In a turn of its own: whoever hears of the end and closes finds it begun.
    this.#closing = Promise.resolve()
      .then(() => withDeadline('closing', CLOSE_MS, () => this.#release(end)))
      .finally(() => {
        this.#tellEnd(end);
      });
    for (const stop of [...this.#calls]) stop(error);
  }

  #untilEnd<T>(work: (signal: AbortSignal) => Promise<T>, late: AbortSignal): Promise<T> {
    if (this.#over !== undefined) return Promise.reject(this.#over);
    return new Promise<T>((resolve, reject) => {
      const stopped = new AbortController();
      const stop = (reason: unknown): void => {
        settle();
        stopped.abort(reason);
        // The reason of an abort is the caller's: whatever it is, it is what the call rejects with.
        reject(reason);
      };
      const onLate = (): void => {
        stop(late.reason);
      };
      const settle = (): void => {
        this.#calls.delete(stop);
        late.removeEventListener('abort', onLate);
      };
      this.#calls.add(stop);
      late.addEventListener('abort', onLate, { once: true });
      const working = (async () => work(stopped.signal))();
      working.then(resolve, reject).finally(settle);
    });
  }
}
