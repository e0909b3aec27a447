import { DeviceError } from '@buergerkoffer/core';
import { concat, map, merge, takeWhile, throwError, timer, type Observable } from 'rxjs';
import type { FingerprintEvent, FingerprintRequest, FingerprintScanner } from '../fingerprint-scanner.js';

/** How much longer than its patience a scanner may be silent, in milliseconds, before it counts as timed out. */
const GRACE_MS = 5_000;

/**
 * The events of one capture. It ends with `captured` or an error, whatever the scanner does: one that goes on when its
 * time is over is `timeout`, one that ends without a print `protocol`.
 */
export function captureAttempt(
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
