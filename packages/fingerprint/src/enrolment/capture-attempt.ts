import { DeviceError } from '@buergerkoffer/core';
import {
  catchError,
  concat,
  concatMap,
  defer,
  EMPTY,
  finalize,
  map,
  merge,
  of,
  takeWhile,
  throwError,
  timer,
  type Observable,
} from 'rxjs';
import type {
  FingerprintCaptured,
  FingerprintEvent,
  FingerprintRequest,
  FingerprintScanner,
} from '../fingerprint-scanner.js';
import type { ProcessEvent, ScannerEvent } from '../process/enrolment-event.js';
import type { EnrolmentInput } from '../process/reduce-enrolment.js';

/** What an attempt gives: something to tell, and in the end what the process is to know. */
export type AttemptEvent =
  | { readonly type: 'tell'; readonly event: ProcessEvent | ScannerEvent }
  | { readonly type: 'end'; readonly input: EnrolmentInput };

/** Judges what was captured; given up when `signal` is aborted. */
export type Assess = (captured: FingerprintCaptured, signal: AbortSignal) => Promise<EnrolmentInput>;

/** How much longer than its patience a scanner may be silent, in milliseconds, before it counts as timed out. */
const GRACE_MS = 5_000;

/**
 * One attempt: the capture and its assessment. That nobody came in time is its result; any other failure of the
 * scanner is an error.
 */
export function captureAttempt(
  scanner: FingerprintScanner,
  request: FingerprintRequest & { readonly patienceMs: number },
  assess: Assess,
): Observable<AttemptEvent> {
  return defer(() => {
    const ended = new AbortController();
    return boundedCapture(scanner, request).pipe(
      concatMap((event) => attemptEvents(event, (captured) => assess(captured, ended.signal))),
      catchError((error: unknown): Observable<AttemptEvent> => {
        if (!(error instanceof DeviceError && error.code === 'timeout')) throw error;
        return of({ type: 'end', input: { type: 'attempt-failed', errorCode: 'timeout' } });
      }),
      finalize(() => {
        ended.abort(new DeviceError('closed', 'the attempt has ended'));
      }),
    );
  });
}

/**
 * The events of one capture. It ends with `captured` or an error, whatever the scanner does: one that goes on when its
 * time is over is `timeout`, one that ends without a print `protocol`.
 */
function boundedCapture(
  scanner: FingerprintScanner,
  request: FingerprintRequest & { readonly patienceMs: number },
): Observable<FingerprintEvent> {
  const withoutPrint = throwError(
    () => new DeviceError('protocol', 'the scanner ended the capture without a print'),
  );
  const silent = timer(request.patienceMs + GRACE_MS).pipe(
    map((): never => {
      throw new DeviceError('timeout', 'the scanner did not end the capture when its time was over');
    }),
  );
  return merge(concat(scanner.capture(request), withoutPrint), silent).pipe(
    takeWhile((event) => event.type !== 'captured', true),
  );
}

function attemptEvents(
  event: FingerprintEvent,
  assess: (captured: FingerprintCaptured) => Promise<EnrolmentInput>,
): Observable<AttemptEvent> {
  switch (event.type) {
    case 'waiting':
      return EMPTY;
    case 'guidance':
      return of(told({ type: 'LiveStatus', status: event.status }));
    case 'preview': {
      const { type: _, ...frame } = event;
      return of(told({ type: 'LiveImage', ...frame }));
    }
    case 'retry':
      return of(told({ type: 'Retry', reason: event.reason }));
    case 'captured':
      return concat(
        of(told({ type: 'LiveStatus', status: 'PerformingQA' })),
        defer(() => assess(event)).pipe(map((input): AttemptEvent => ({ type: 'end', input }))),
      );
    default:
      return event satisfies never;
  }
}

function told(event: ProcessEvent | ScannerEvent): AttemptEvent {
  return { type: 'tell', event };
}
