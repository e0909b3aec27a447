import type { CaptureTask, TaskReason, TaskState } from './capture-task.js';
import { withoutMaterial, type CapturedPrint } from './captured-print.js';
import { fingersOf, type CaptureTarget } from './capture-target.js';
import { allowedCommands } from './allowed-commands.js';
import type { ProcessEvent } from './enrolment-event.js';
import type { EnrolmentState } from './enrolment-state.js';
import { nextStep } from './next-step.js';

/** What follows from an input: the next state, and what is to be done in the world. */
export interface Transition {
  readonly state: EnrolmentState;
  readonly effects: readonly EnrolmentEffect[];
}

/** What is to be done, in order. */
export type EnrolmentEffect =
  | { readonly type: 'tell'; readonly event: ProcessEvent }
  /**
   * Makes an attempt at the task with the device in use, `count` on its counter; answered by `captured`,
   * `attempt-failed` or `device-failed`.
   */
  | { readonly type: 'capture'; readonly task: CaptureTask; readonly count: number }
  /** Ends the capture that runs; it is not answered any more. */
  | { readonly type: 'stop-capture' }
  /** Takes the picture now. */
  | { readonly type: 'force-capture' };

/** Begins what comes next, or ends the enrolment. No task is open. */
export function advance(state: EnrolmentState, at: number): Transition {
  const step = nextStep(state);
  if (step.type === 'capture') return beginTask(state, step, at);
  const selected = new Set(step.selected.map(({ print }) => print.record));
  return finish(state, 'Success', at, selected);
}

/** Opens a task and begins its first attempt. */
export function beginTask(
  state: EnrolmentState,
  plan: { readonly target: CaptureTarget; readonly reason: TaskReason; readonly firstCount: number },
  at: number,
): Transition {
  const { target, reason, firstCount } = plan;
  const number = state.tasks.length + 1;
  const task: CaptureTask = { number, target, reason, firstCount, attempts: [], state: { type: 'open' } };
  return beginAttempt({ ...state, tasks: [...state.tasks, task] }, task, firstCount, at);
}

/** Begins an attempt of the open task. */
export function beginAttempt(
  state: EnrolmentState,
  task: CaptureTask,
  count: number,
  at: number,
): Transition {
  const { target, reason, number } = task;
  const capturing: EnrolmentState = { ...state, phase: { type: 'capturing', count, since: at } };
  return {
    state: capturing,
    effects: [
      tell({
        type: 'ExpectedFingers',
        target,
        fingers: fingersOf(target),
        reason,
        attempt: count,
        task: number,
        commands: allowedCommands(capturing),
      }),
      { type: 'capture', task, count },
    ],
  };
}

/** Ends the open task; of its prints only the best keep their images, and only where they are accepted. */
export function closeTask(state: EnrolmentState, task: CaptureTask, end: TaskState): EnrolmentState {
  return replaceTask(state, { ...withoutImages(task), state: end });
}

/** Every task as if it had never counted; what is known of it stays in the log. */
export function discardAll(state: EnrolmentState): EnrolmentState {
  const tasks = state.tasks.map((task): CaptureTask => ({
    ...withoutImages(task),
    state: { type: 'discarded' },
  }));
  return { ...state, tasks };
}

/** Ends the enrolment; only the prints of the records that are `kept` keep their images. */
export function finish(
  state: EnrolmentState,
  result: 'Success' | 'Canceled',
  at: number,
  kept: ReadonlySet<string> = new Set(),
): Transition {
  const keep = (print: CapturedPrint): CapturedPrint =>
    kept.has(print.record) ? print : withoutMaterial(print);
  const tasks = state.tasks.map((task): CaptureTask => {
    const end = task.state;
    if (end.type !== 'accepted') return withoutImages(task);
    return { ...withoutImages(task), state: { ...end, best: end.best.map(keep) } };
  });
  const sessions = state.sessions.map((session) => ({ endedAt: at, ...session }));
  return { state: { ...state, tasks, sessions, phase: { type: 'finished', result } }, effects: [] };
}

/** The state with `task` in the place of the last one. */
export function replaceTask(state: EnrolmentState, task: CaptureTask): EnrolmentState {
  return { ...state, tasks: [...state.tasks.slice(0, -1), task] };
}

/** An effect that tells `event`. */
export function tell(event: ProcessEvent): EnrolmentEffect {
  return { type: 'tell', event };
}

/** The transition with `effects` before its own. */
export function after(effects: readonly EnrolmentEffect[], transition: Transition): Transition {
  return { ...transition, effects: [...effects, ...transition.effects] };
}

function withoutImages(task: CaptureTask): CaptureTask {
  const attempts = task.attempts.map((attempt) => {
    if (attempt.outcome.type !== 'captured') return attempt;
    const prints = attempt.outcome.prints.map(withoutMaterial);
    return { ...attempt, outcome: { type: 'captured' as const, prints } };
  });
  return { ...task, attempts };
}
