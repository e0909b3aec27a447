import type { Clock } from '@buergerkoffer/core';
import type { Observable } from 'rxjs';
import type { EnrolmentCommand, MissingFinger } from '../process/enrolment-command.js';
import type { EnrolmentPolicy } from '../process/enrolment-policy.js';
import type { EnrolmentState } from '../process/enrolment-state.js';
import type { LogContext } from '../process/finger-log-of.js';
import type { EnrolmentEvent } from './enrolment-event.js';
import type { QualityAssessor } from './quality-assessor.js';

/** Who decides: what a user interface sends, or a function that answers events. */
export type Operator = Observable<EnrolmentCommand> | DecidingOperator;

/** Asked at every event; what it answers is given as a command. */
export type DecidingOperator = (
  event: EnrolmentEvent,
) => EnrolmentCommand | undefined | Promise<EnrolmentCommand | undefined>;

/** How prints are captured, judged and logged. */
export interface AcquisitionOptions {
  readonly operator: Operator;
  /** Fingers that are known to be missing. Without it the operator is asked, which is where the process begins. */
  readonly missing?: readonly MissingFinger[];
  /** Default {@link nfiq2Assessor} without a forest: the embedded estimate, which is not NFIQ 2. */
  readonly assessor?: QualityAssessor;
  /** Default the newest one. */
  readonly policy?: EnrolmentPolicy;
  /** Asks the scanner for live images. Default true. */
  readonly previews?: boolean;
  /** How long the scanner waits for a finger, in milliseconds. Default 60,000. */
  readonly patienceMs?: number;
  /** How long a decision of the operator is waited for, in milliseconds. Default 15 minutes. */
  readonly operatorPatienceMs?: number;
  /** What the log says beside the acquisition. The default is a transaction of its own. */
  readonly log?: Partial<LogContext>;
  /** What an interrupted acquisition left; it goes on from there, with this device. */
  readonly resume?: EnrolmentState;
  /** Default the computer's own. */
  readonly clock?: Clock;
}

/** What an enrolment must be told. */
export interface EnrolmentOptions extends AcquisitionOptions {
  /** Age of the applicant in full years: under {@link LEAST_AGE} no prints are taken. */
  readonly ageYears: number;
}

/** From this age on prints are taken (Regulation (EU) 2019/1157 Art. 3 (7), TR-03121-3 Vol. 2, 2.1). */
export const LEAST_AGE = 6;
