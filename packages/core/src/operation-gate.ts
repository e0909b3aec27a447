import { defer, Observable, Subscription } from 'rxjs';
import { withDeadline } from './deadline.js';
import { DeviceError } from './device-error.js';

/** How long the next operation waits for the release of the previous one. */
const RELEASE_MS = 5_000;

/**
 * One operation at a time on one device, and orderly endings: a second operation is `busy`, the next one waits
 * for the release of the previous one, `end()` ends what runs. Drivers and simulators hold one and run
 * everything through it.
 */
export class OperationGate {
  readonly #releaseMs: number;
  #running: { readonly name: string; readonly abort: (error: DeviceError) => void } | undefined;
  #releasing: Promise<unknown> = Promise.resolve();
  #ended: DeviceError | undefined;

  /** `releaseMs`: deadline for the hardware to be released, in milliseconds. */
  constructor(releaseMs: number = RELEASE_MS) {
    this.#releaseMs = releaseMs;
  }

  /**
   * A cold stream that runs `operation` alone. Errors `busy` when another operation runs, `closed` or `lost`
   * when the device has ended, also while it runs. Unsubscribing cancels.
   */
  stream<T>(name: string, operation: () => Observable<T>): Observable<T> {
    return new Observable<T>((subscriber) => {
      const refusal = this.#refusal(name);
      if (refusal !== undefined) {
        subscriber.error(refusal);
        return;
      }
      let work: Subscription | undefined;
      const early: T[] = [];
      let finish = (): void => undefined;
      const waiting = new AbortController();
      // First the operation is torn down (and registers its release), then the gate opens, then the subscriber
      // hears of the end: whoever starts the next operation on hearing it finds the gate open.
      const ending = new Subscription(() => {
        waiting.abort();
        work?.unsubscribe();
        if (this.#running === running) this.#running = undefined;
        finish();
      });
      const endWith = (last: () => void): void => {
        finish = last;
        ending.unsubscribe();
      };
      const fail = (error: unknown): void => {
        endWith(() => {
          subscriber.error(error);
        });
      };
      const running = { name, abort: fail };
      this.#running = running;
      subscriber.add(ending);
      this.#released(name, waiting.signal).then(() => {
        if (ending.closed) return;
        // What is emitted while subscribing is handed on afterwards: whoever leaves on hearing it can only then
        // be sure that all of the operation is torn down before the gate opens.
        const started = defer(operation).subscribe({
          next: (value) => {
            if (work === undefined) early.push(value);
            else subscriber.next(value);
          },
          error: (error: unknown) => {
            finish = () => {
              subscriber.error(error);
            };
          },
          complete: () => {
            finish = () => {
              subscriber.complete();
            };
          },
        });
        work = started;
        for (const value of early) subscriber.next(value);
        work.add(ending);
      }, fail);
    });
  }

  /**
   * One answer, alone: rejects `busy`, `closed` or `lost` like {@link stream}, with `signal.reason` when
   * aborted. `operation` receives a signal that ends it.
   */
  async call<T>(
    name: string,
    operation: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    const refusal = this.#refusal(name);
    if (refusal !== undefined) throw refusal;
    const inner = new AbortController();
    const running = {
      name,
      abort: (error: DeviceError): void => {
        inner.abort(error);
      },
    };
    this.#running = running;
    const both = signal === undefined ? inner.signal : AbortSignal.any([inner.signal, signal]);
    try {
      await this.#released(name, both);
      both.throwIfAborted();
      return await abortable(operation(both), both);
    } finally {
      if (this.#running === running) this.#running = undefined;
    }
  }

  /** Registers an asynchronous release of hardware; the next operation waits for it. Never throws. */
  release(work: Promise<unknown>): void {
    this.#releasing = Promise.allSettled([this.#releasing, work]);
  }

  /** Ends what runs with `error` and refuses everything from now on; resolves when the hardware is released. */
  async end(error: DeviceError): Promise<void> {
    this.#ended ??= error;
    this.#running?.abort(error);
    await this.#released('close');
  }

  #refusal(name: string): DeviceError | undefined {
    if (this.#ended !== undefined) return this.#ended;
    if (this.#running === undefined) return undefined;
    return new DeviceError('busy', `${name} was asked for while ${this.#running.name} is running`);
  }

  #released(name: string, signal?: AbortSignal): Promise<unknown> {
    const releasing = this.#releasing;
    const what = `${name}: the release of the previous operation`;
    return withDeadline(what, this.#releaseMs, () => releasing, signal);
  }
}

/** `work`, or a rejection with `signal.reason` as soon as the signal is aborted. */
function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}
