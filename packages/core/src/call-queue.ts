import { CALL_MS, withDeadline } from './deadline.js';
import { DeviceError } from './device-error.js';
import type { CallOptions } from './transport.js';

/**
 * Calls to hardware that takes one at a time. Each waits for those before it within its own deadline, and is never
 * begun once that has passed. A caller is answered at the deadline, on abort and at the transport's end, even when the
 * library's call hangs: the next one waits for that call all the same, and its `timeout` names it.
 */
export class CallQueue {
  readonly #callers = new Set<AbortController>();
  #last: Promise<void> = Promise.resolve();
  #running: string | undefined;
  #over: DeviceError | undefined;

  /** What the library is working on, also when its caller has gone. */
  get running(): string | undefined {
    return this.#running;
  }

  /** The answer of `work`; rejects `timeout`, with `signal.reason`, with the error of the end, or as `work` does. */
  async run<T>(
    what: string,
    options: CallOptions | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const outside = options?.signal;
    outside?.throwIfAborted();
    if (this.#over !== undefined) throw this.#over;
    const ms = options?.timeoutMs ?? CALL_MS;
    const caller = new AbortController();
    const onAbort = (): void => {
      caller.abort(outside?.reason);
    };
    outside?.addEventListener('abort', onAbort, { once: true });
    this.#callers.add(caller);
    try {
      return await withDeadline(what, ms, this.#inTurn(what, work), caller.signal);
    } catch (error) {
      throw this.#explained(error, what, ms);
    } finally {
      this.#callers.delete(caller);
      outside?.removeEventListener('abort', onAbort);
    }
  }

  /** Rejects what runs and waits with `error`, and everything from now on. */
  end(error: DeviceError): void {
    this.#over ??= error;
    for (const caller of this.#callers) caller.abort(error);
  }

  #inTurn<T>(what: string, work: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
    const before = this.#last;
    let finish: () => void = () => undefined;
    this.#last = new Promise((resolve) => {
      finish = resolve;
    });
    return async (signal) => {
      try {
        await before;
        signal.throwIfAborted();
        this.#running = what;
        return await work(signal);
      } finally {
        this.#running = undefined;
        finish();
      }
    };
  }

  #explained(error: unknown, what: string, ms: number): unknown {
    const isDeadline = error instanceof DeviceError && error.code === 'timeout' && error.cause === undefined;
    if (!isDeadline || this.#running === undefined) return error;
    const blocked = this.#running === what ? 'the device does not react' : `${this.#running} hangs`;
    return new DeviceError('timeout', `${what} took longer than ${ms} ms: ${blocked}`);
  }
}
