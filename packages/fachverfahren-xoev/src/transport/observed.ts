import { Observable } from 'rxjs';

/** What runs while it is subscribed: it tells values, waits, and stops when the signal says so. */
export type ObservedTask<T> = (emit: (value: T) => void, signal: AbortSignal) => Promise<void>;

/** A task as a cold observable; unsubscribing aborts its signal. */
export function observed<T>(task: ObservedTask<T>): Observable<T> {
  return new Observable<T>((subscriber) => {
    const controller = new AbortController();
    const emit = (value: T): void => {
      subscriber.next(value);
    };
    task(emit, controller.signal).then(
      () => {
        subscriber.complete();
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
    return () => {
      controller.abort(new DOMException('unsubscribed', 'AbortError'));
    };
  });
}
