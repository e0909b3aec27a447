import type { ComparisonVerdict } from '../process/captured-print.js';
import type { EnrolledFinger } from '../process/capture-target.js';
import type { EnrolmentState } from '../process/enrolment-state.js';
import { standingOf } from '../process/standing.js';

/** What the control verification says of one print. */
export interface VerifiedFinger {
  readonly finger: EnrolledFinger;
  /** `not-captured` where the finger is missing, or the operator took none of its prints. */
  readonly outcome: 'verified' | 'not-verified' | 'not-captured';
  readonly comparison?: ComparisonVerdict;
}

/** The outcome for every finger that was to be verified; unless all are `verified`, the fingers are enrolled again. */
export function verifiedFingers(state: EnrolmentState): readonly VerifiedFinger[] {
  return state.verified.map((finger): VerifiedFinger => {
    const comparison = standingOf(state, finger)?.print.verification;
    if (comparison === undefined) return { finger, outcome: 'not-captured' };
    return { finger, outcome: comparison.matched ? 'verified' : 'not-verified', comparison };
  });
}
