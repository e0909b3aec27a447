import type { GreyImage } from '@buergerkoffer/formats';
import type { Minutia } from '../minutiae/minutia.js';
import type { FeedbackFault } from '../nfiq2/feedback.js';
import type { EnrolledFinger } from './capture-target.js';
import type { EnrolmentPolicy } from './enrolment-policy.js';
import { isPadAlarm, type PadResult } from './pad-result.js';

/** Stands for a quality that could not be computed (5.4.5). */
export const FAILED_QUALITY = 255;

/** One print of one attempt, with all that is known about it. */
export interface CapturedPrint {
  /** Its name in the log, unique in one acquisition. */
  readonly record: string;
  readonly finger: EnrolledFinger;
  /** The image and what was found in it; absent once nobody needs it any more. */
  readonly material?: PrintMaterial;
  readonly quality: QualityVerdict;
  readonly uniqueness: UniquenessVerdict;
  readonly pad: PadResult | 'not-performed';
  /** The comparison with the print that is verified; in control verifications only. */
  readonly verification?: ComparisonVerdict;
}

/** What is personal about a print. */
export interface PrintMaterial {
  /** 8-bit grey, one upright fingertip, uncompressed, at the resolution of the scanner. */
  readonly image: GreyImage & { readonly resolutionPpi: number };
  readonly minutiae: readonly Minutia[];
}

/** The quality of a print, and what decided it. */
export interface QualityVerdict {
  /** 0 to 100, or {@link FAILED_QUALITY}. */
  readonly value: number;
  readonly decidedBy: QualityDecider;
  readonly durationMs: number;
  /** What is wrong with the image. */
  readonly faults: readonly FeedbackFault[];
  /** Why there is no value. */
  readonly errorCode?: string;
}

/** What computed a quality; see `PrintQuality` of `@buergerkoffer/fingerprint/nfiq2`. */
export interface QualityDecider {
  readonly algorithm: string;
  readonly version: string;
  readonly modelHash: string;
  readonly minutiaeSource: string;
  readonly conformant: boolean;
}

/** What the uniqueness check found: other fingers whose prints are like this one. */
export interface UniquenessVerdict {
  readonly algorithm: string;
  readonly version: string;
  /** The score where a match begins. */
  readonly threshold: number;
  /** How many other prints it was compared with. */
  readonly compared: number;
  readonly duplicates: readonly Duplicate[];
  /** Why nothing was compared. */
  readonly errorCode?: string;
}

/** A print of another finger that matches. */
export interface Duplicate {
  readonly finger: EnrolledFinger;
  readonly record: string;
  readonly score: number;
}

/** One comparison with a print of the same finger. */
export interface ComparisonVerdict {
  readonly score: number;
  readonly threshold: number;
  readonly matched: boolean;
}

/** What makes a print good enough: the thresholds of an enrolment, or the match of a control verification. */
export type Purpose = 'enrolment' | 'verification';

/** Whether the print is good enough by itself. In control verifications no thresholds of quality apply (3.8). */
export function isSufficient(print: CapturedPrint, purpose: Purpose, policy: EnrolmentPolicy): boolean {
  if (purpose === 'verification') return print.verification?.matched ?? false;
  const { value } = print.quality;
  return value !== FAILED_QUALITY && value >= policy.thresholds[print.finger];
}

/** What prints of one finger are ordered by, higher is better; a failed quality is below all others. */
export function worthOf(print: CapturedPrint, purpose: Purpose): number {
  if (purpose === 'verification') return print.verification?.score ?? -1;
  return print.quality.value === FAILED_QUALITY ? -1 : print.quality.value;
}

/** Whether the operator is to be warned of this print. */
export function warningsOf(print: CapturedPrint): readonly PrintWarning[] {
  return [
    ...(print.uniqueness.duplicates.length > 0 ? (['same-finger-twice'] as const) : []),
    ...(isPadAlarm(print.pad) ? (['presentation-attack'] as const) : []),
    ...(print.verification?.matched === false ? (['not-verified'] as const) : []),
  ];
}

/** What the operator is warned of; it never keeps an image back. */
export type PrintWarning = 'same-finger-twice' | 'presentation-attack' | 'not-verified';

/** The print without what is personal about it. */
export function withoutMaterial({ material: _, ...facts }: CapturedPrint): CapturedPrint {
  return facts;
}
