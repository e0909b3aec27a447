import { printsOf, type CaptureAttempt } from './capture-task.js';
import { isSufficient, worthOf, type CapturedPrint, type Purpose } from './captured-print.js';
import { fingersOf, type CaptureTarget } from './capture-target.js';
import type { EnrolmentPolicy } from './enrolment-policy.js';

/** The best of several attempts at one target. */
export interface BestCapture {
  /** At most one print for each finger of the target, right first; none where no attempt gave one. */
  readonly prints: readonly CapturedPrint[];
  /** Whether there is a sufficient print for each finger of the target. */
  readonly sufficient: boolean;
}

/**
 * The best capture out of several (5.4.5.1.3). A slap in which each finger is sufficient wins as it is; otherwise
 * each finger has its best print. Of equal ones the later counts, as the guideline has it for rolled prints.
 */
export function bestCapture(
  target: CaptureTarget,
  attempts: readonly CaptureAttempt[],
  purpose: Purpose,
  policy: EnrolmentPolicy,
): BestCapture {
  const fingers = fingersOf(target);
  const isGood = (print: CapturedPrint): boolean => isSufficient(print, purpose, policy);
  const captures = attempts.map(printsOf);
  const whole = captures.find((prints) => prints.length === fingers.length && prints.every(isGood));
  const prints =
    whole ??
    fingers.flatMap((finger) =>
      bestOf(
        captures.flat().filter((print) => print.finger === finger),
        purpose,
      ),
    );
  return { prints, sufficient: prints.length === fingers.length && prints.every(isGood) };
}

function bestOf(prints: readonly CapturedPrint[], purpose: Purpose): readonly CapturedPrint[] {
  const [first, ...others] = prints;
  if (first === undefined) return [];
  return [
    others.reduce((best, print) => (worthOf(print, purpose) >= worthOf(best, purpose) ? print : best), first),
  ];
}
