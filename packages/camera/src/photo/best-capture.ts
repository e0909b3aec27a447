import type { PhotoAssessment } from './assessment.js';

/** A photo among several, as far as choosing goes. */
export interface Capture {
  readonly assessment: PhotoAssessment;
  /** When it was taken, as ISO 8601 text that sorts by time; absent where the camera did not say. */
  readonly takenAt?: string;
}

/**
 * The best of several captures: the most mandatory criteria that are OK, then the most optional ones, then the newest
 * (BSI TR-03121-3 Vol. 2 v6.0, 5.4.1.1.2). The first of equals; `undefined` for none.
 */
export function bestCapture<C extends Capture>(captures: readonly C[]): C | undefined {
  return captures.reduce<C | undefined>(
    (best, next) => (best === undefined || compare(next, best) > 0 ? next : best),
    undefined,
  );
}

function compare(a: Capture, b: Capture): number {
  return (
    okCount(a, true) - okCount(b, true) ||
    okCount(a, false) - okCount(b, false) ||
    byTime(a.takenAt, b.takenAt)
  );
}

function okCount({ assessment }: Capture, isMandatory: boolean): number {
  return assessment.criteria.filter((one) => one.isMandatory === isMandatory && one.verdict === 'ok').length;
}

function byTime(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined || a === b) return 0;
  return a > b ? 1 : -1;
}
