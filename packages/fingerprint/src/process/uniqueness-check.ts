import { compareMinutiae } from '../minutiae/compare-minutiae.js';
import type { Minutia } from '../minutiae/minutia.js';
import type { CapturedPrint, ComparisonVerdict, Duplicate, UniquenessVerdict } from './captured-print.js';
import type { EnrolledFinger } from './capture-target.js';
import type { EnrolmentPolicy } from './enrolment-policy.js';
import type { EnrolmentState } from './enrolment-state.js';

/** A print of some finger, as far as it is compared. */
export interface ComparedPrint {
  readonly finger: EnrolledFinger;
  readonly record: string;
  readonly minutiae: readonly Minutia[];
}

/** The accepted prints that a new one is compared with (4.6.2, step 4). */
export function acceptedForComparison({ tasks }: EnrolmentState): readonly ComparedPrint[] {
  return tasks.flatMap(({ state }) => (state.type === 'accepted' ? state.best.flatMap(compared) : []));
}

/**
 * Whether a print is of a finger that was captured under another name (CMP-FP-VER as recommended in 4.6.2, with the
 * threshold of the policy). `others` of the same finger are left out: that they match is as it should be.
 */
export function checkUniqueness(
  print: ComparedPrint,
  others: readonly ComparedPrint[],
  policy: EnrolmentPolicy,
): UniquenessVerdict {
  const foreign = others.filter(({ finger }) => finger !== print.finger);
  const duplicates = foreign.flatMap(({ finger, record, minutiae }): readonly Duplicate[] => {
    const { score, matched } = comparePrints(print.minutiae, minutiae, policy);
    return matched ? [{ finger, record, score }] : [];
  });
  return { ...policy.comparison, compared: foreign.length, duplicates };
}

/** One comparison, with the threshold of the policy. */
export function comparePrints(
  probe: readonly Minutia[],
  reference: readonly Minutia[],
  { comparison: { threshold } }: EnrolmentPolicy,
): ComparisonVerdict {
  const { score } = compareMinutiae(probe, reference);
  return { score, threshold, matched: score >= threshold };
}

function compared({ finger, record, material }: CapturedPrint): readonly ComparedPrint[] {
  return material === undefined ? [] : [{ finger, record, minutiae: material.minutiae }];
}
