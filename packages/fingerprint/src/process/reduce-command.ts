import { allowedCommands } from './allowed-commands.js';
import { bestCapture } from './best-capture.js';
import type { CaptureTask } from './capture-task.js';
import { isSufficient } from './captured-print.js';
import { fingersOf, isEnrolledFinger } from './capture-target.js';
import type { EnrolmentCommand, MissingFinger, Veto } from './enrolment-command.js';
import type { RefusalReason } from './enrolment-event.js';
import { openTask, type EnrolmentState } from './enrolment-state.js';
import { standingOf } from './standing.js';
import {
  advance,
  after,
  beginTask,
  closeTask,
  discardAll,
  finish,
  tell,
  type Transition,
} from './transition.js';

/** What follows from a command of the operator. */
export function reduceCommand(state: EnrolmentState, command: EnrolmentCommand, at: number): Transition {
  if (!allowedCommands(state).includes(command.command)) {
    const manual = command.command === 'Capture' && state.phase.type === 'capturing';
    return refused(state, command, manual ? 'no-manual-capture' : 'not-allowed-now');
  }
  const task = openTask(state);
  switch (command.command) {
    case 'Cancel':
      return after(stopCapture(state), finish(state, 'Canceled', at));
    case 'Capture':
      return { state, effects: [{ type: 'force-capture' }] };
    case 'SelectMissingFingers':
      return selectMissing(state, command, at);
    case 'DiscardAll':
      return startAgain(discardAll(state), at);
    case 'Continue':
      return task === undefined ? refused(state, command, 'not-allowed-now') : goOn(state, task, command, at);
    case 'Discard':
      if (task === undefined) return refused(state, command, 'not-allowed-now');
      return beginTask(closeTask(state, task, { type: 'discarded' }), { ...task, firstCount: 1 }, at);
    case 'UseSingleFingerAcquisitionFallback':
      if (task === undefined) return refused(state, command, 'not-allowed-now');
      return after(stopCapture(state), advance(withFallback(state, task), at));
    default:
      return command satisfies never;
  }
}

/** The slap's task at its end, its fingers that are not sufficient yet (or both) to be captured alone. */
export function withFallback(state: EnrolmentState, task: CaptureTask): EnrolmentState {
  const { purpose, policy } = state;
  const { prints } = bestCapture(task.target, task.attempts, purpose, policy);
  const isGood = (finger: string): boolean =>
    prints.some((print) => print.finger === finger && isSufficient(print, purpose, policy));
  const fingers = fingersOf(task.target);
  const poor = fingers.filter((finger) => !isGood(finger));
  const fallback = poor.length === 0 ? fingers : poor;
  return closeTask(
    state,
    task,
    prints.length === 0 ? { type: 'rejected', fallback } : { type: 'accepted', best: prints, fallback },
  );
}

/** Asks for missing fingers where the operator is to name them, else begins at once. */
export function startAgain(state: EnrolmentState, at: number): Transition {
  if (!state.asksForMissing || !state.captureAllowed) return advance(state, at);
  return {
    state: { ...state, missing: [], phase: { type: 'selecting-missing-fingers' } },
    effects: [tell({ type: 'LiveStatus', status: 'SelectMissingFingers' })],
  };
}

type Continue = Extract<EnrolmentCommand, { command: 'Continue' }>;
type SelectMissing = Extract<EnrolmentCommand, { command: 'SelectMissingFingers' }>;

function goOn(state: EnrolmentState, task: CaptureTask, command: Continue, at: number): Transition {
  const { purpose, policy } = state;
  const { prints, sufficient } = bestCapture(task.target, task.attempts, purpose, policy);
  const { veto } = command;
  const canOverrule =
    veto === undefined ||
    (prints.length > 0 && (veto.type === 'NOK' || (!sufficient && purpose === 'enrolment')));
  if (!canOverrule) return refused(state, command, 'nothing-to-overrule');
  const given: { readonly veto?: Veto } = veto === undefined ? {} : { veto };
  const isRejected = prints.length === 0 || veto?.type === 'NOK';
  return advance(
    closeTask(
      state,
      task,
      isRejected ? { type: 'rejected', ...given } : { type: 'accepted', best: prints, ...given },
    ),
    at,
  );
}

function selectMissing(state: EnrolmentState, command: SelectMissing, at: number): Transition {
  const { missing } = command;
  if (!canBeMissing(state, missing)) return refused(state, command, 'wrong-missing-fingers');
  const task = openTask(state);
  // Nothing happened in the task that is open, as far as any: it is planned anew.
  const tasks = task === undefined ? state.tasks : state.tasks.slice(0, -1);
  return after(stopCapture(state), advance({ ...state, tasks, missing }, at));
}

/** Whether each finger is named once and none has an accepted print. */
function canBeMissing(state: EnrolmentState, missing: readonly MissingFinger[]): boolean {
  const fingers = missing.map(({ finger }) => finger);
  if (new Set(fingers).size !== fingers.length) return false;
  return fingers.every((finger) => !isEnrolledFinger(finger) || standingOf(state, finger) === undefined);
}

function stopCapture({ phase }: EnrolmentState): Transition['effects'] {
  return phase.type === 'capturing' ? [{ type: 'stop-capture' }] : [];
}

function refused(state: EnrolmentState, { command }: EnrolmentCommand, reason: RefusalReason): Transition {
  return {
    state,
    effects: [tell({ type: 'CommandRefused', command, reason, commands: allowedCommands(state) })],
  };
}
