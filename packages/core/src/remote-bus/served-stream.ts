import type { Observable, Subscription } from 'rxjs';
import type { Outbox } from './outbox.js';

/** Hears what a stream sends. */
export interface StreamReport<T> {
  value(item: T): void;
  done(): void;
  failed(error: unknown): void;
}

/** A stream that sends only what the other side has asked for; what comes meanwhile waits in its outbox. */
export class ServedStream<T> {
  readonly #outbox: Outbox<T>;
  readonly #report: StreamReport<T>;
  #credit: number;
  #watching: Subscription | undefined;
  #over = false;

  /** `credit`: how many items may be sent at first. */
  constructor(outbox: Outbox<T>, report: StreamReport<T>, credit: number) {
    this.#outbox = outbox;
    this.#report = report;
    this.#credit = credit;
  }

  start(items: Observable<T>): void {
    this.#watching = items.subscribe({
      next: (item) => {
        this.#next(item);
      },
      error: (error: unknown) => {
        this.#end(() => {
          this.#report.failed(error);
        });
      },
      complete: () => {
        this.#end(() => {
          this.#report.done();
        });
      },
    });
    // It may have ended while it was subscribed to.
    if (this.#over) this.#watching.unsubscribe();
  }

  /** The other side takes `count` items more. */
  grant(count: number): void {
    this.#credit += count;
    this.#flush();
  }

  /** Nobody wants the rest. */
  cancel(): void {
    this.#over = true;
    this.#watching?.unsubscribe();
  }

  #next(item: T): void {
    try {
      this.#outbox.put(item);
    } catch (error) {
      this.cancel();
      this.#report.failed(error);
      return;
    }
    this.#flush();
  }

  /** What waits is sent, however much was asked for: it is bounded, and nobody will ask once the transport is over. */
  drain(): void {
    this.#credit = Infinity;
    this.#flush();
  }

  /** The end is told after what waits. */
  #end(tell: () => void): void {
    if (this.#over) return;
    this.drain();
    this.#over = true;
    tell();
  }

  #flush(): void {
    while (!this.#over && this.#credit > 0) {
      const item = this.#outbox.take();
      if (item === undefined) return;
      this.#credit -= 1;
      this.#report.value(item);
    }
  }
}
