import type { MissingReason, Veto } from './enrolment-command.js';
import type { QualityDecider } from './captured-print.js';

/**
 * What TR-03121-3 Vol. 2 v6.0 wants logged of fingerprints (5.11, 5.12.1), as plain data under the guideline's
 * names. The names are from its text; the schema gid5v1.xsd was not to be had, so that nesting and the closed lists of
 * words are not validated. Times are ISO 8601 in UTC, durations in milliseconds, `fc` finger codes of ISO/IEC
 * 19794-4:2005 (46: both index fingers).
 */
export interface FingerLog {
  /** Globally unique. */
  readonly TransactionId: string;
  /** The transaction that this one belongs to. */
  readonly ParentTransactionId?: string;
  /** Behördenkennziffer. */
  readonly Location?: string;
  readonly ApplicationProfile: 'GID_SupervisedFingerprintAcquisition' | 'GID_BiometricDataSelection';
  /** Whether there was a legal basis to take fingerprints. */
  readonly FingerprintCaptureAllowed: boolean;
  /** One for each device that was used; none where no prints may be taken. */
  readonly FingerAcquisition: readonly FingerAcquisition[];
  /** Absent in control verifications and where the enrolment was cancelled. */
  readonly FingerSelection?: FingerSelection;
  /** In control verifications only. */
  readonly Verification?: readonly FingerComparison[];
}

/** What was done with one device. */
export interface FingerAcquisition {
  readonly StartTime: string;
  readonly EndTime: string;
  readonly Software: readonly SoftwareComponent[];
  readonly Hardware: {
    readonly Vendor: string;
    readonly Name: string;
    readonly Version?: string;
    readonly ConfigurationInformation: readonly { readonly type: 'PixelDensity'; readonly value: number }[];
  };
  readonly FingerCaptureMode: 'plain';
  /** How long the scanner waits for a finger. */
  readonly Timeout: number;
  /** What the operator's screen was given to show. */
  readonly UserInterface: { readonly LiveScreen: boolean; readonly PADAlert: boolean };
  /** Nothing here counts persons. */
  readonly MultiplePersonDetectionInformation: 'not-performed';
  /** Every missing finger; in the last acquisition. */
  readonly FingerMissing: readonly { readonly fc: number; readonly reason: MissingReason }[];
  readonly FingerCapture: readonly FingerCapture[];
  /** Why it ended before the enrolment did: see {@link LOG_ERROR_CODES}. */
  readonly ErrorCode?: string;
  /** In the last acquisition, where there is any. */
  readonly Records?: { readonly BinaryRecord: readonly BinaryRecord[] };
}

/** A program or algorithm that took part. */
export interface SoftwareComponent {
  readonly Name: string;
  readonly Version: string;
  /** MD5 of its model. */
  readonly Model?: string;
}

/** One capture task. */
export interface FingerCapture {
  readonly fc: number;
  /** Number of attempts. */
  readonly count: number;
  readonly duration: number;
  readonly Decision: 'accepted' | 'rejected' | 'discarded' | 'interrupted';
  /** The attempt that was selected as best; absent where the index fingers of a slap are of two attempts. */
  readonly BestCapture?: number;
  readonly FingerRecordReference: readonly RecordReference[];
  readonly Veto?: Veto;
  readonly FingerCaptureAttempt: readonly FingerCaptureAttempt[];
}

/** One attempt. */
export interface FingerCaptureAttempt {
  /** The counter of attempts. */
  readonly number: number;
  readonly duration: number;
  /** Whether it gave the prints asked for, of whatever quality. */
  readonly acceptableCapture: boolean;
  readonly rejectionReason?: 'other';
  readonly errorCode?: string;
  /** The segmentation found another number of fingers. */
  readonly SegmentationError?: string;
  readonly FingerRecordReference: readonly RecordReference[];
  readonly FingerQuality: readonly FingerQualityLog[];
  readonly UniquenessCheck: readonly UniquenessCheck[];
  readonly PADInformation: PADInformation;
}

/** Which record belongs to which finger. */
export interface RecordReference {
  readonly fc: number;
  readonly record: string;
}

/** The quality of one print. */
export interface FingerQualityLog {
  readonly Software: QualityDecider;
  readonly duration: number;
  readonly fc: number;
  /** 0 to 100, 255 where it could not be computed. */
  readonly result: number;
  /** 0 to 100; absent in control verifications. */
  readonly threshold?: number;
  readonly ErrorCode?: string;
}

/** One print against all others. The reached FMR is not known. */
export interface UniquenessCheck {
  readonly fc: number;
  readonly Software: SoftwareComponent;
  readonly threshold: number;
  readonly compared: number;
  readonly Duplicates: readonly { readonly fc: number; readonly record: string; readonly score: number }[];
  readonly ErrorCode?: string;
}

/** What was said of presentation attacks. That nothing was is said, too. */
export type PADInformation =
  | { readonly performed: false }
  | {
      readonly performed: true;
      /** Whether any finger has an alarm. */
      readonly result: boolean;
      readonly Probe: readonly {
        readonly fc: number;
        readonly record: string;
        readonly value: number;
        readonly lowerBound: 0;
        readonly upperBound: 1;
        readonly upperThreshold: number;
      }[];
    };

/** A print; its data is there for the selected ones only. */
export interface BinaryRecord {
  readonly id: string;
  readonly type: 'icao-cbeff-bit-bdb-19794-4';
  /** When it was captured. */
  readonly timestamp: string;
  /** The biometric information template, Base64. */
  readonly BinaryData?: string;
}

/** Which prints there were, and which were taken. */
export interface FingerSelection {
  readonly selectionBasis: readonly string[];
  readonly preSelected: readonly string[];
  readonly selected: readonly string[];
}

/** One comparison of a control verification. */
export interface FingerComparison {
  readonly fc: number;
  readonly record: string;
  readonly Software: SoftwareComponent;
  readonly score: number;
  readonly threshold: number;
  readonly matched: boolean;
}

/** Every error code of a log, and what it means. */
export const LOG_ERROR_CODES: Readonly<Record<string, string>> = {
  'too-few-fingers': 'fewer fingers than asked for lay on the glass',
  'too-many-fingers': 'more fingers than asked for lay on the glass',
  timeout: 'no print within the time allowed, or no answer of the operator',
  lost: 'the scanner has gone',
  closed: 'the scanner was closed while it was in use',
  protocol: 'the scanner answered what it must not',
  busy: 'the scanner was in use elsewhere',
  unsupported: 'the scanner cannot do what was asked',
  'access-denied': 'the scanner may not be opened',
  'not-found': 'there is no such scanner',
  attention: 'the scanner needs a hand',
  'invalid-request': 'the scanner was asked for what does not exist',
  'quality-failed': 'the quality of the print could not be computed',
  'comparison-failed': 'the print could not be compared',
  unexpected: 'a bug: report it',
};
