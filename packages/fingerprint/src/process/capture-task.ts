import type { CapturedPrint } from './captured-print.js';
import type { CaptureTarget, EnrolledFinger } from './capture-target.js';
import type { Veto } from './enrolment-command.js';

/** Why a task is done. */
export type TaskReason =
  /** The index fingers. */
  | 'planned'
  /** The fingers before it were not sufficient. */
  | 'alternative'
  /** A finger of a slap, alone. */
  | 'fallback'
  /** The same finger again after a PAD warning, with the counter at 3 (4.7). */
  | 'pad-warning'
  /** A second finger of a hand, because the other one is missing. */
  | 'additional';

/** One capture task: ACQ-FPS-SV-1 for a slap, ACQ-FPP-SV-2 for a finger. */
export interface CaptureTask {
  /** 1 for the first one. */
  readonly number: number;
  readonly target: CaptureTarget;
  readonly reason: TaskReason;
  /** What the counter of attempts began with, 1 or 3. */
  readonly firstCount: number;
  readonly attempts: readonly CaptureAttempt[];
  readonly state: TaskState;
}

/** How far a task is. */
export type TaskState =
  | { readonly type: 'open' }
  /** Its best prints are used. `fallback`: these fingers of the slap are captured alone as well. */
  | {
      readonly type: 'accepted';
      readonly best: readonly CapturedPrint[];
      readonly veto?: Veto;
      readonly fallback?: readonly EnrolledFinger[];
    }
  /** None of its prints is used: the operator's veto, or there was none. */
  | { readonly type: 'rejected'; readonly veto?: Veto; readonly fallback?: readonly EnrolledFinger[] }
  /** The operator wanted it again, or everything again. */
  | { readonly type: 'discarded' };

/** One attempt of a task. Times are in milliseconds since 1970. */
export interface CaptureAttempt {
  /** The counter of attempts, 1 to 3. */
  readonly count: number;
  /** Which device it was made with: its place among the sessions of the enrolment. */
  readonly session: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: AttemptOutcome;
}

/** What came of an attempt. */
export type AttemptOutcome =
  | { readonly type: 'captured'; readonly prints: readonly CapturedPrint[] }
  | { readonly type: 'failed'; readonly errorCode: AttemptError };

/** Why an attempt has no prints. */
export type AttemptError = 'too-few-fingers' | 'too-many-fingers' | 'timeout';

/** The prints of an attempt. */
export function printsOf({ outcome }: CaptureAttempt): readonly CapturedPrint[] {
  return outcome.type === 'captured' ? outcome.prints : [];
}

/** The name in the log of the print of `finger` from one attempt. */
export function recordName(task: number, count: number, code: number): string {
  return `FP-${task}-${count}-${code}`;
}
