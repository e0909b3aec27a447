import { defer, from, mergeMap, Observable } from 'rxjs';
import type { DeliveryContext, DeliveryOptions, DeliveryPort, DeliveryProgress } from './delivery-port.js';
import { DeliveryRun, type DeliveryRunContext } from './delivery-run.js';
import { isFinal, isOutdated, letsOthersPass, type OutboxEntry } from './outbox-entry.js';
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
    return from(context.entries()).pipe(
      mergeMap((entries) => casesOf(entries)),
      mergeMap((ofCase) =>
        observed<DeliveryProgress>(
          (emit, signal) => deliverCase(ofCase, { context, port, options, line, emit, signal }),
          options.signal,
        ),
      ),
    );
  });
}

/** The submissions of one case, each only when those before it let it pass. */
async function deliverCase(ofCase: readonly OutboxEntry[], run: DeliveryRunContext): Promise<void> {
  let behind: string | undefined;
  for (const entry of ofCase) {
    if (behind !== undefined) {
      if (!isFinal(entry)) run.emit({ type: 'held', entry, behind });
      continue;
    }
    const isDone = isFinal(entry) && !isOutdated(entry, run.context.clock.now());
    const last = isDone ? entry : await new DeliveryRun(run).run(entry);
    // What another delivery has in hand goes on there, with all that is behind it.
    if (last === undefined) return;
    if (!letsOthersPass(last)) behind = last.submissionId;
  }
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
