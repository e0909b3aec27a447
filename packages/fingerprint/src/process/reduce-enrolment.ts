import type { GreyImage } from '@buergerkoffer/formats';
import { allowedCommands } from './allowed-commands.js';
import { bestCapture } from './best-capture.js';
import type { AttemptError, AttemptOutcome, CaptureTask } from './capture-task.js';
import { isSufficient, warningsOf, type CapturedPrint } from './captured-print.js';
import type { EnrolmentCommand } from './enrolment-command.js';
import type { FingerFeedback } from './enrolment-event.js';
import { openTask, type CaptureDevice, type EnrolmentState } from './enrolment-state.js';
import { isPadAlarm } from './pad-result.js';
import { reduceCommand, startAgain, withFallback } from './reduce-command.js';
import {
  advance,
  after,
  beginAttempt,
  replaceTask,
  tell,
  type EnrolmentEffect,
  type Transition,
} from './transition.js';

/** What happened. */
export type EnrolmentInput =
  /** A device is there: the enrolment begins, or goes on after an interruption. */
  | { readonly type: 'device'; readonly device: CaptureDevice }
  /** The device is of no use any more. */
  | { readonly type: 'device-failed'; readonly errorCode: string }
  | { readonly type: 'command'; readonly command: EnrolmentCommand }
  /** The attempt gave a print for each finger of the target. */
  | { readonly type: 'captured'; readonly prints: readonly CapturedPrint[]; readonly slapImage?: GreyImage }
  /** The attempt gave nothing. */
  | { readonly type: 'attempt-failed'; readonly errorCode: AttemptError };

/**
 * The enrolment of fingerprints (TR-03121-3 Vol. 2 v6.0: 4.6, 4.7) as a function: what follows from an input in a
 * state, at the time `at` in milliseconds since 1970. An input that does not fit the state changes nothing.
 */
export function reduceEnrolment(state: EnrolmentState, input: EnrolmentInput, at: number): Transition {
  switch (input.type) {
    case 'device':
      return beginWith(state, input.device, at);
    case 'device-failed':
      return { state: interrupted(state, input.errorCode, at), effects: [] };
    case 'command':
      return reduceCommand(state, input.command, at);
    case 'captured': {
      const { prints, slapImage } = input;
      return afterAttempt(state, { type: 'captured', prints }, at, slapImage);
    }
    case 'attempt-failed':
      return afterAttempt(state, { type: 'failed', errorCode: input.errorCode }, at);
    default:
      return input satisfies never;
  }
}

function beginWith(before: EnrolmentState, device: CaptureDevice, at: number): Transition {
  const state: EnrolmentState = { ...before, sessions: [...before.sessions, { device, startedAt: at }] };
  const task = openTask(state);
  switch (state.phase.type) {
    case 'without-device':
      if (task === undefined) return startAgain(state, at);
      // A slap is no task for this device: its fingers are captured alone.
      if (task.target.slap !== undefined && device.kind === 'single-finger') {
        return advance(withFallback(state, task), at);
      }
      return beginAttempt(state, task, task.firstCount + task.attempts.length, at);
    case 'selecting-missing-fingers':
      return { state, effects: [tell({ type: 'LiveStatus', status: 'SelectMissingFingers' })] };
    case 'assessing':
      return { state, effects: task === undefined ? [] : askOperator(state, task) };
    case 'capturing':
    case 'finished':
      return { state: before, effects: [] };
    default:
      return state.phase satisfies never;
  }
}

/** The state after its device failed: what was captured is kept, the attempt that ran does not count. */
function interrupted(state: EnrolmentState, errorCode: string, at: number): EnrolmentState {
  const last = state.sessions.at(-1);
  if (last === undefined || state.phase.type === 'finished') return state;
  const sessions = [...state.sessions.slice(0, -1), { ...last, endedAt: at, errorCode }];
  return {
    ...state,
    sessions,
    ...(state.phase.type === 'capturing' ? { phase: { type: 'without-device' } } : {}),
  };
}

function afterAttempt(
  state: EnrolmentState,
  outcome: AttemptOutcome,
  at: number,
  slapImage?: GreyImage,
): Transition {
  const before = openTask(state);
  if (before === undefined || state.phase.type !== 'capturing') return { state, effects: [] };
  const { count, since } = state.phase;
  const attempt = { count, session: state.sessions.length - 1, startedAt: since, endedAt: at, outcome };
  const task: CaptureTask = { ...before, attempts: [...before.attempts, attempt] };
  const next = replaceTask(state, task);
  const told = intermediate(next, task, outcome, slapImage);
  const { sufficient } = bestCapture(task.target, task.attempts, state.purpose, state.policy);
  const isLast = sufficient || count >= state.policy.maxAttempts || isTimeout(outcome);
  if (!isLast) return after(told, beginAttempt(next, task, count + 1, at));
  const assessing: EnrolmentState = { ...next, phase: { type: 'assessing' } };
  return { state: assessing, effects: [...told, ...askOperator(assessing, task)] };
}

/** Nobody came within the time allowed: the operator decides at once. */
function isTimeout(outcome: AttemptOutcome): boolean {
  return outcome.type === 'failed' && outcome.errorCode === 'timeout';
}

function intermediate(
  state: EnrolmentState,
  task: CaptureTask,
  outcome: AttemptOutcome,
  slapImage: GreyImage | undefined,
): readonly EnrolmentEffect[] {
  if (outcome.type === 'failed') return amountMismatch(outcome.errorCode);
  const { prints } = outcome;
  const attempt = task.attempts.at(-1)?.count ?? task.firstCount;
  return [
    tell({
      type: 'IntermediateFingerFeedback',
      task: task.number,
      attempt,
      prints: prints.map((print) => feedbackOf(state, print)),
      ...(slapImage === undefined ? {} : { slapImage }),
      padAlarm: padAlarmOf(prints),
    }),
  ];
}

function amountMismatch(errorCode: AttemptError): readonly EnrolmentEffect[] {
  if (errorCode === 'timeout') return [];
  const mismatch = errorCode === 'too-few-fingers' ? 'TooLessFingersCaptured' : 'TooManyFingersCaptured';
  return [tell({ type: 'IntermediateFingerAmountMismatch', mismatch })];
}

/** The overall result of PAD: an alarm of any finger (5.5.2). */
function padAlarmOf(prints: readonly CapturedPrint[]): boolean | 'not-performed' {
  if (prints.some(({ pad }) => isPadAlarm(pad))) return true;
  return prints.some(({ pad }) => pad === 'not-performed') ? 'not-performed' : false;
}

function askOperator(state: EnrolmentState, task: CaptureTask): readonly EnrolmentEffect[] {
  const best = bestCapture(task.target, task.attempts, state.purpose, state.policy);
  const last = task.attempts.at(-1)?.outcome;
  return [
    tell({ type: 'LiveStatus', status: 'AssessQuality' }),
    tell({
      type: 'OperatorDecision',
      task: task.number,
      target: task.target,
      best: best.prints.map((print) => feedbackOf(state, print)),
      sufficient: best.sufficient,
      ...(last?.type === 'failed' ? { errorCode: last.errorCode } : {}),
      commands: allowedCommands(state),
    }),
  ];
}

function feedbackOf({ purpose, policy }: EnrolmentState, print: CapturedPrint): FingerFeedback {
  return {
    print,
    ...(purpose === 'enrolment' ? { threshold: policy.thresholds[print.finger] } : {}),
    sufficient: isSufficient(print, purpose, policy),
    warnings: warningsOf(print),
  };
}
