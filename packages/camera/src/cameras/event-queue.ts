import { DeviceError, withDeadline } from '@buergerkoffer/core';
import type { Observable, Subscription } from 'rxjs';

/** The events of a stream, one after another, for whoever works on each before the next. */
export class EventQueue<T> {
  readonly #events: T[] = [];
  readonly #reading: Subscription;
  #failure: { readonly error: unknown } | undefined;
  #waiting: (() => void) | undefined;

  /** Subscribes to `source` at once. */
  constructor(source: Observable<T>) {
    this.#reading = source.subscribe({
      next: (event) => {
        this.#events.push(event);
        this.#waiting?.();
      },
      error: (error: unknown) => {
        this.#failure = { error };
        this.#waiting?.();
      },
    });
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
