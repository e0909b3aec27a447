import { DeviceError, withDeadline } from '@buergerkoffer/core';
import { Subscription, type Observable } from 'rxjs';

/** So many events may wait: a photographer makes a few a second. */
const MAX_WAITING = 10_000;

/**
 * The events of a stream, one after another, for whoever works on each before the next. A stream that tells more than anybody
 * works on fails with `protocol`.
 */
export class EventQueue<T> {
  readonly #events: T[] = [];
  readonly #reading = new Subscription();
  #failure: { readonly error: unknown } | undefined;
  #waiting: (() => void) | undefined;

  /** Subscribes to `source` at once. */
  constructor(source: Observable<T>) {
    const reading = source.subscribe({
      next: (event) => {
        if (this.#events.length >= MAX_WAITING) this.#refuse();
        else this.#events.push(event);
        this.#waiting?.();
      },
      error: (error: unknown) => {
        this.#failure = { error };
        this.#waiting?.();
      },
    });
    this.#reading.add(reading);
  }

  /** The next event; undefined when none came for `ms` milliseconds. Rejects as the stream does, or with `signal.reason`. */
  async next(signal: AbortSignal, ms: number): Promise<T | undefined> {
    try {
      return await withDeadline('the next event', ms, (inner) => this.#next(inner), signal);
    } catch (error) {
      if (error instanceof DeviceError && error.code === 'timeout' && this.#failure?.error !== error)
        return undefined;
      throw error;
    }
  }

  stop(): void {
    this.#reading.unsubscribe();
  }

  #refuse(): void {
    this.#events.length = 0;
    this.#failure ??= {
      error: new DeviceError('protocol', `the camera tells more than ${MAX_WAITING} events at once`),
    };
    this.stop();
  }

  async #next(signal: AbortSignal): Promise<T> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) return event;
      if (this.#failure !== undefined) throw this.#failure.error;
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        const done = (): void => {
          signal.removeEventListener('abort', done);
          this.#waiting = undefined;
          resolve();
        };
        this.#waiting = done;
        signal.addEventListener('abort', done, { once: true });
      });
    }
  }
}
