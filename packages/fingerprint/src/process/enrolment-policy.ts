import { MATCH_THRESHOLD, MATCHER, MATCHER_VERSION } from '../minutiae/compare-minutiae.js';
import { NIST_MODEL_HASH } from '../nfiq2/forest/nist-forest.js';
import type { EnrolledFinger } from './capture-target.js';

/** The numbers of an enrolment, as dated data: a new edition of the guideline is a new policy. */
export interface EnrolmentPolicy {
  readonly id: string;
  /** Where the numbers stand. */
  readonly source: string;
  /** First day of its use, `YYYY-MM-DD`. */
  readonly validFrom: string;
  /** Attempts of one capture task before the best of them is shown to the operator. */
  readonly maxAttempts: number;
  /** The quality that the thresholds are made for; a result of another algorithm is told as such. */
  readonly quality: {
    readonly algorithm: 'NFIQ2';
    readonly version: string;
    /** MD5 of the model. */
    readonly modelHash: string;
  };
  /** The least quality of a sufficient print, 0 to 100. */
  readonly thresholds: Readonly<Record<EnrolledFinger, number>>;
  /** The comparison of the uniqueness check and of the control verification, and the score where a match begins. */
  readonly comparison: { readonly algorithm: string; readonly version: string; readonly threshold: number };
}

/**
 * Plain prints for enrolment as TR-03121-3 Vol. 2 v6.0 has them (4.6.2, 5.4.5.1.4). The guideline names the latest
 * NFIQ 2.2; what is measured here is v2.3, whose scores differ. It states the year 2023 and no day.
 */
export const TR_03121_GID_6_0: EnrolmentPolicy = {
  id: 'TR-03121-3-GID-6.0-enrolment-plain',
  source: 'BSI TR-03121-3 Vol. 2 v6.0, Table 5.4',
  validFrom: '2023-01-01',
  maxAttempts: 3,
  quality: { algorithm: 'NFIQ2', version: '2.3', modelHash: NIST_MODEL_HASH },
  thresholds: {
    'right-thumb': 30,
    'right-index': 30,
    'right-middle': 20,
    'right-ring': 10,
    'left-thumb': 30,
    'left-index': 30,
    'left-middle': 20,
    'left-ring': 10,
  },
  comparison: { algorithm: MATCHER, version: MATCHER_VERSION, threshold: MATCH_THRESHOLD },
};

/** The policies of this release, oldest first. */
export const ENROLMENT_POLICIES: readonly EnrolmentPolicy[] = [TR_03121_GID_6_0];

/** The policy in use on `day` (`YYYY-MM-DD`), undefined before the first one. */
export function enrolmentPolicyOn(day: string): EnrolmentPolicy | undefined {
  return ENROLMENT_POLICIES.findLast(({ validFrom }) => validFrom <= day);
}
