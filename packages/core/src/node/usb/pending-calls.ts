import { DeviceError } from '../../device-error.js';
import type { CallOptions } from '../../transport.js';

/** Deadline of a call that names none, in milliseconds. */
const CALL_MS = 5_000;
/** The longest time a timer can run, 24.8 days: a longer one would fire at once. */
const LONGEST_MS = 2_147_483_647;

/** A call under way, as its work sees it: an `AbortSignal` would cost more than all the rest of a transfer. */
export interface Call {
  /** The deadline, as a time of `performance.now()`. */
  readonly endsAt: number;
  /** Whether nobody waits any more: the deadline passed, the caller aborted, or the transport ended. */
  readonly isOver: boolean;
  /** Throws the reason where nobody waits any more. */
  throwIfOver(): void;
  /** `listener` is called once when nobody waits any more; it takes the place of the last one, undefined of none. */
  onOver(listener: (() => void) | undefined): void;
}

/** The calls under way on one transport: each with its deadline and its abort, all of them ended together. */
export class PendingCalls {
  readonly #running = new Set<RunningCall>();
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
    const call = new RunningCall(performance.now() + timeoutMs);
    const ms = timeoutMs + graceMs;
    const timer = setTimeout(
      () => {
        call.end(new DeviceError('timeout', `${what} took longer than ${ms} ms`));
      },
      Math.min(ms, LONGEST_MS),
    );
    const abort = (): void => {
      call.end(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#running.add(call);
    try {
      return await Promise.race([call.over, work(call)]);
    } finally {
      clearTimeout(timer);
      this.#running.delete(call);
      signal?.removeEventListener('abort', abort);
    }
  }

  /** Ends every call with `error`, and refuses those that come. The first error stays. */
  end(error: DeviceError): void {
    this.#end ??= error;
    for (const call of this.#running) call.end(error);
  }
}

class RunningCall implements Call {
  readonly endsAt: number;
  /** Rejects with the reason when nobody waits any more, and settles in no other way. */
  readonly over: Promise<never>;
  #isOver = false;
  #reason: unknown;
  #listener: (() => void) | undefined;
  #reject: (reason: unknown) => void = () => undefined;

  constructor(endsAt: number) {
    this.endsAt = endsAt;
    this.over = new Promise((_, reject) => {
      this.#reject = reject;
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  throwIfOver(): void {
    if (this.#isOver) throw this.#reason;
  }

  onOver(listener: (() => void) | undefined): void {
    this.#listener = listener;
  }

  /** The first reason counts. */
  end(reason: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#reason = reason;
    this.#listener?.();
    this.#reject(reason);
  }
}
