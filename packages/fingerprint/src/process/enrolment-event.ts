import type { GreyImage } from '@buergerkoffer/formats';
import type { LiveQuality } from '../live-quality/live-quality.js';
import type { LiveStatus, RetryReason } from '../live-status.js';
import type { AttemptError, TaskReason } from './capture-task.js';
import type { CapturedPrint, PrintWarning } from './captured-print.js';
import type { CaptureTarget, EnrolledFinger } from './capture-target.js';
import type { CommandName } from './enrolment-command.js';

/**
 * What happens in an enrolment, for the operator's screen: the feedback elements of the HLBS service "Fingerprint
 * Acquisition" (TR-03121-2-2, 8.4.4) by their names, and what it leaves to the system. What is said of PAD is for
 * the operator alone.
 */
export type ProcessEvent =
  | { readonly type: 'LiveStatus'; readonly status: LiveStatus }
  | ExpectedFingers
  | {
      readonly type: 'IntermediateFingerAmountMismatch';
      readonly mismatch: 'TooLessFingersCaptured' | 'TooManyFingersCaptured';
    }
  | IntermediateFingerFeedback
  | OperatorDecision
  | CommandRefused;

/** What is to be laid on the glass now. */
export interface ExpectedFingers {
  readonly type: 'ExpectedFingers';
  readonly target: CaptureTarget;
  readonly fingers: readonly EnrolledFinger[];
  readonly reason: TaskReason;
  /** The counter of attempts, 1 to 3. */
  readonly attempt: number;
  readonly task: number;
  readonly commands: readonly CommandName[];
}

/** The prints of one attempt, with all that helps to judge them. */
export interface IntermediateFingerFeedback {
  readonly type: 'IntermediateFingerFeedback';
  readonly task: number;
  readonly attempt: number;
  readonly prints: readonly FingerFeedback[];
  /** The whole slap, for a slap. */
  readonly slapImage?: GreyImage;
  /** Whether any finger has a PAD alarm; `not-performed` where the scanner has no such subsystem. */
  readonly padAlarm: boolean | 'not-performed';
}

/** One print, as the operator is shown it. */
export interface FingerFeedback {
  readonly print: CapturedPrint;
  /** The least sufficient quality; in control verifications there is none. */
  readonly threshold?: number;
  readonly sufficient: boolean;
  readonly warnings: readonly PrintWarning[];
}

/** The operator decides what becomes of the task. */
export interface OperatorDecision {
  readonly type: 'OperatorDecision';
  readonly task: number;
  readonly target: CaptureTarget;
  /** The best capture; empty where no attempt gave a print. */
  readonly best: readonly FingerFeedback[];
  readonly sufficient: boolean;
  /** Why the last attempt gave no print. */
  readonly errorCode?: AttemptError;
  readonly commands: readonly CommandName[];
}

/** A command that is not allowed now, or says what cannot be; nothing has changed. */
export interface CommandRefused {
  readonly type: 'CommandRefused';
  readonly command: CommandName;
  readonly reason: RefusalReason;
  readonly commands: readonly CommandName[];
}

/** Why a command was refused. */
export type RefusalReason =
  | 'not-allowed-now'
  /** The scanner takes pictures by itself only. */
  | 'no-manual-capture'
  /** A veto that overrules nothing: OK for what is sufficient, or for what was not captured or cannot be verified. */
  | 'nothing-to-overrule'
  /** A finger is named twice, or has an accepted print. */
  | 'wrong-missing-fingers';

/** What the scanner says while it looks. */
export type ScannerEvent =
  | {
      readonly type: 'LiveImage';
      readonly image: GreyImage;
      /** What the scanner makes of it; see `LiveQuality`. */
      readonly quality?: LiveQuality;
    }
  /** The person lays the finger down again; no attempt is counted. */
  | { readonly type: 'Retry'; readonly reason: RetryReason };
