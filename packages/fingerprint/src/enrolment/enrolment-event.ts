import type { DeviceError } from '@buergerkoffer/core';
import type { MissingFinger } from '../process/enrolment-command.js';
import type { ProcessEvent, ScannerEvent } from '../process/enrolment-event.js';
import type { EnrolmentState } from '../process/enrolment-state.js';
import type { FingerLog } from '../process/finger-log.js';
import type { EnrolledPrint } from './enrolled-print.js';
import type { VerifiedFinger } from './verified-finger.js';

/** What happens in an enrolment; the last one is `Result`, or an error after `Interrupted`. */
export type EnrolmentEvent = ProcessEvent | ScannerEvent | EnrolmentInterrupted | EnrolmentResult;

/** The device failed, or nobody decided in time. The stream ends with `error`; `state` can be resumed. */
export interface EnrolmentInterrupted {
  readonly type: 'Interrupted';
  readonly error: DeviceError;
  /** Holds the images captured so far: keep it in memory. */
  readonly state: EnrolmentState;
  /** What is to be logged if nobody resumes it. */
  readonly log: FingerLog;
}

/** The end of an enrolment or control verification. */
export interface EnrolmentResult {
  readonly type: 'Result';
  readonly result: 'Success' | 'Canceled';
  /** Of an enrolment: none, one or two prints, each of another finger. */
  readonly prints: readonly EnrolledPrint[];
  /** Of a control verification: one for each print that was to be verified. */
  readonly verified: readonly VerifiedFinger[];
  readonly missing: readonly MissingFinger[];
  readonly log: FingerLog;
}
