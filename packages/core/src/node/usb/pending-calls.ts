import { withDeadline } from '../../deadline.js';
import type { DeviceError } from '../../device-error.js';
import type { CallOptions } from '../../transport.js';

/** Deadline of a call that names none, in milliseconds. */
const CALL_MS = 5_000;

/** What a call under way is given. */
export interface Call {
  /** Aborted at the deadline, by the caller's signal, and when the transport ends. */
  readonly signal: AbortSignal;
  /** The deadline, as a time of `performance.now()`. */
  readonly endsAt: number;
}

/** The calls under way on one transport: each with its deadline and its abort, all of them ended together. */
export class PendingCalls {
  readonly #running = new Set<AbortController>();
  #end: DeviceError | undefined;

  /**
   * The answer of `work`. Rejects `timeout` at the deadline, `graceMs` later where the work keeps it by itself;
   * with `signal.reason` when aborted; with the error of {@link end} once that was called.
   */
  async run<T>(
    what: string,
    options: CallOptions,
    work: (call: Call) => Promise<T>,
    graceMs = 0,
  ): Promise<T> {
    if (this.#end !== undefined) throw this.#end;
    const { signal, timeoutMs = CALL_MS } = options;
    signal?.throwIfAborted();
    const ending = new AbortController();
    const abort = (): void => {
      ending.abort(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#running.add(ending);
    const endsAt = performance.now() + timeoutMs;
    try {
      return await withDeadline(
        what,
        timeoutMs + graceMs,
        (inner) => work({ signal: inner, endsAt }),
        ending.signal,
      );
    } finally {
      this.#running.delete(ending);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Ends every call with `error`, and refuses those that come. The first error stays. */
  end(error: DeviceError): void {
    this.#end ??= error;
    for (const ending of this.#running) ending.abort(error);
  }
}
