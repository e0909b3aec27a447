import { concat, defer, from, mergeMap, Observable } from 'rxjs';
import type { DeliveryContext, DeliveryOptions, DeliveryPort, DeliveryProgress } from './delivery-port.js';
import { DeliveryRun } from './delivery-run.js';
import type { OutboxEntry } from './outbox-entry.js';
import { WaitingLine } from './waiting-line.js';

/** Submissions that are on the line at the same moment; those that wait take no place. */
const PARALLEL_ATTEMPTS = 3;

/** The progress of all pending submissions; one that fails or waits holds up no other case. */
export function deliverEntries(
  context: DeliveryContext,
  port: DeliveryPort,
  options: DeliveryOptions,
): Observable<DeliveryProgress> {
  return defer(() => {
    const line = new WaitingLine(PARALLEL_ATTEMPTS);
    return from(context.pending()).pipe(
      mergeMap((entries) => casesOf(entries)),
      mergeMap((ofCase) =>
        concat(
          ...ofCase.map((entry) =>
            observed<DeliveryProgress>(
              (emit, signal) => new DeliveryRun({ context, port, options, line, emit, signal }).run(entry),
              options.signal,
            ),
          ),
        ),
      ),
    );
  });
}

function casesOf(entries: readonly OutboxEntry[]): readonly (readonly OutboxEntry[])[] {
  const cases = new Map<string, OutboxEntry[]>();
  for (const entry of entries) cases.set(entry.caseId, [...(cases.get(entry.caseId) ?? []), entry]);
  return [...cases.values()];
}

/** Runs a task as a cold observable; unsubscribing aborts it, an abort from outside ends it with the signal's reason. */
function observed<T>(
  task: (emit: (value: T) => void, signal: AbortSignal) => Promise<void>,
  outer: AbortSignal | undefined,
): Observable<T> {
  return new Observable<T>((subscriber) => {
    const own = new AbortController();
    const signal = outer === undefined ? own.signal : AbortSignal.any([own.signal, outer]);
    task((value) => {
      subscriber.next(value);
    }, signal).then(
      () => {
        subscriber.complete();
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
    return () => {
      own.abort(new DOMException('unsubscribed', 'AbortError'));
    };
  });
}
