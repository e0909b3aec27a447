import type { CaptureTask } from './capture-task.js';
import { isSufficient, worthOf, type CapturedPrint } from './captured-print.js';
import { fingersOf, type EnrolledFinger } from './capture-target.js';
import type { Veto } from './enrolment-command.js';
import type { EnrolmentState } from './enrolment-state.js';
import { isPadAlarm } from './pad-result.js';

/** The accepted print of a finger. */
export interface Standing {
  readonly finger: EnrolledFinger;
  readonly print: CapturedPrint;
  /** Number of the task that it comes from. */
  readonly task: number;
  /** Whether the quality assessment calls it sufficient. */
  readonly sufficient: boolean;
  /** Whether it counts as sufficient: by its quality or by the operator's word. */
  readonly good: boolean;
  readonly veto?: Veto;
}

/** Whether the finger can be captured. */
export function isAvailable(state: EnrolmentState, finger: EnrolledFinger): boolean {
  return !state.missing.some((missing) => missing.finger === finger);
}

/** Whether a task for the finger, alone or in a slap, came to its end. */
export function isTried(state: EnrolmentState, finger: EnrolledFinger): boolean {
  return state.tasks.some((task) => isDone(task) && fingersOf(task.target).includes(finger));
}

/** Whether the task came to its end and counts. */
export function isDone({ state }: CaptureTask): boolean {
  return state.type === 'accepted' || state.type === 'rejected';
}

/**
 * The print that stands for the finger, out of all that were accepted: one without PAD alarm before one with, then a
 * good one before one that is not, then the last of the good ones (a single finger replaces the slap's) or the best
 * of the others.
 */
export function standingOf(state: EnrolmentState, finger: EnrolledFinger): Standing | undefined {
  const [first, ...others] = state.tasks.flatMap((task) => standingIn(task, finger, state));
  if (first === undefined) return undefined;
  return others.reduce((best, next) => (isBetter(next, best, state) ? next : best), first);
}

function standingIn(task: CaptureTask, finger: EnrolledFinger, state: EnrolmentState): readonly Standing[] {
  if (task.state.type !== 'accepted') return [];
  const { best, veto } = task.state;
  const print = best.find((one) => one.finger === finger);
  if (print === undefined) return [];
  const sufficient = isSufficient(print, state.purpose, state.policy);
  const good = sufficient || veto?.type === 'OK';
  return [{ finger, print, task: task.number, sufficient, good, ...(veto === undefined ? {} : { veto }) }];
}

function isBetter(next: Standing, best: Standing, { purpose }: EnrolmentState): boolean {
  const isAlarm = isPadAlarm(next.print.pad);
  if (isAlarm !== isPadAlarm(best.print.pad)) return !isAlarm;
  if (next.good !== best.good) return next.good;
  return next.good || worthOf(next.print, purpose) >= worthOf(best.print, purpose);
}
