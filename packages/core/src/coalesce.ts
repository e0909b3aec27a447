import { Observable, type MonoTypeOperatorFunction } from 'rxjs';
import { TokenBucket } from './token-bucket.js';

/** How a stream is calmed. */
export interface CoalesceOptions {
  /** Values that pass at once after a time of quiet. */
  readonly burst: number;
  /** In a flood the latest value passes this often, in milliseconds. */
  readonly everyMs: number;
}

/** What people and their hands do passes at once; a flood reaches a screen 20 times a second. */
const CALM: CoalesceOptions = { burst: 20, everyMs: 50 };

/**
 * Hands on each value at once while they come seldom, and the latest one every `everyMs` in a flood: what comes in
 * between is never seen. No timer runs except while a value waits; the end is not delayed.
 */
export function coalesce<T>({ burst, everyMs }: CoalesceOptions = CALM): MonoTypeOperatorFunction<T> {
  return (values) =>
    new Observable<T>((subscriber) => {
      const bucket = new TokenBucket(burst, everyMs);
      let waiting: { readonly value: T } | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const pass = (): void => {
        timer = undefined;
        if (waiting === undefined) return;
        const waitMs = bucket.take();
        if (waitMs > 0) {
          timer = setTimeout(pass, waitMs);
          return;
        }
        const { value } = waiting;
        waiting = undefined;
        subscriber.next(value);
      };
      subscriber.add(() => {
        clearTimeout(timer);
      });
      subscriber.add(
        values.subscribe({
          next: (value) => {
            waiting = { value };
            if (timer === undefined) pass();
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            if (waiting !== undefined) subscriber.next(waiting.value);
            subscriber.complete();
          },
        }),
      );
    });
}
