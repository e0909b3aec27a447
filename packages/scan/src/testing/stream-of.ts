import { Observable } from 'rxjs';

/** The iteration as a stream: subscribing pulls until the end, unsubscribing leaves the loop. */
export function streamOf<T>(iterable: AsyncIterable<T>): Observable<T> {
  return new Observable<T>((subscriber) => {
    const iterator = iterable[Symbol.asyncIterator]();
    const pull = (): void => {
      iterator.next().then(
        (result) => {
          if (result.done === true) subscriber.complete();
          else {
            subscriber.next(result.value);
            if (!subscriber.closed) pull();
          }
        },
        (error: unknown) => {
          subscriber.error(error);
        },
      );
    };
    pull();
    return () => {
      iterator.return?.().catch(() => undefined);
    };
  });
}
