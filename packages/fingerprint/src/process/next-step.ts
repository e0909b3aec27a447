import type { TaskReason } from './capture-task.js';
import { worthOf } from './captured-print.js';
import {
  FINGERS_IN_ORDER,
  HANDS,
  INDEX_FINGERS,
  type CaptureTarget,
  type EnrolledFinger,
} from './capture-target.js';
import { currentDevice, type EnrolmentState } from './enrolment-state.js';
import { isPadAlarm } from './pad-result.js';
import { isAvailable, isDone, isTried, standingOf, type Standing } from './standing.js';

/** What an enrolment does next. */
export type NextStep =
  | {
      readonly type: 'capture';
      readonly target: CaptureTarget;
      readonly reason: TaskReason;
      readonly firstCount: number;
    }
  /** Nothing more is to be captured: these prints are selected, at most two, each of another finger. */
  | { readonly type: 'done'; readonly selected: readonly Standing[] };

/**
 * The next step of ACQ-FP2P-SV-1 (two-finger devices, TR-03121-3 Vol. 2 v6.0, 4.6) or ACQ-FP2P-SV-2 (single-finger
 * devices, 4.7), or of a control verification (3.9.1.2). No task is open.
 */
export function nextStep(state: EnrolmentState): NextStep {
  if (!state.captureAllowed) return { type: 'done', selected: [] };
  const first = nextIndexFingers(state);
  if (first !== undefined) return first;
  if (state.purpose === 'verification') return nextVerified(state);
  const selected: Standing[] = [];
  for (const hand of HANDS) {
    const step = nextOf(state, FINGERS_IN_ORDER[hand], 'alternative');
    if (step.capture !== undefined) return step.capture;
    if (step.selected !== undefined) selected.push(step.selected);
  }
  const additional = nextAdditional(state, selected);
  if (additional?.capture !== undefined) return additional.capture;
  if (additional?.selected !== undefined) selected.push(additional.selected);
  return { type: 'done', selected };
}

/** Two-finger devices take the index fingers first: as a slap, alone where one is missing or the slap was given up. */
function nextIndexFingers(state: EnrolmentState): NextStep | undefined {
  if (currentDevice(state)?.kind !== 'two-finger') return nextFallback(state);
  const wanted = INDEX_FINGERS.filter((finger) => isWanted(state, finger) && isAvailable(state, finger));
  if (wanted.length === 2 && !wanted.some((finger) => isTried(state, finger))) {
    return { type: 'capture', target: { slap: 'both-index' }, reason: 'planned', firstCount: 1 };
  }
  const [single, another] = wanted;
  const isAlone = single !== undefined && another === undefined;
  return isAlone && !isTried(state, single) ? capture(single, 'planned') : nextFallback(state);
}

/** The fingers of a slap that are to be captured alone, right first. */
function nextFallback(state: EnrolmentState): NextStep | undefined {
  for (const { number, state: end } of state.tasks) {
    if (end.type !== 'accepted' && end.type !== 'rejected') continue;
    const open = end.fallback?.find(
      (finger) =>
        isAvailable(state, finger) &&
        !state.tasks.some((task) => task.number > number && task.target.finger === finger && isDone(task)),
    );
    if (open !== undefined) return capture(open, 'fallback');
  }
  return undefined;
}

function isWanted({ purpose, verified }: EnrolmentState, finger: EnrolledFinger): boolean {
  return purpose === 'enrolment' || verified.includes(finger);
}

/** The references one after the other; every one is compared once. */
function nextVerified(state: EnrolmentState): NextStep {
  const open = state.verified.find((finger) => isAvailable(state, finger) && !isTried(state, finger));
  if (open !== undefined) return capture(open, 'planned');
  const selected = state.verified.flatMap((finger) => standingOf(state, finger) ?? []);
  return { type: 'done', selected };
}

/** What is to do for one of the two prints: a capture, or its selection; neither where there is no finger. */
interface PrintStep {
  readonly capture?: NextStep;
  readonly selected?: Standing;
}

/**
 * The first finger that is good; else the best of all. A finger that was captured before counts with its print.
 * On a single-finger device a finger with a PAD warning is captured once more, with the counter at 3.
 */
function nextOf(state: EnrolmentState, fingers: readonly EnrolledFinger[], reason: TaskReason): PrintStep {
  const standings: Standing[] = [];
  for (const finger of fingers.filter((one) => isAvailable(state, one))) {
    if (!isTried(state, finger)) {
      return { capture: capture(finger, INDEX_FINGERS.includes(finger) ? 'planned' : reason) };
    }
    const standing = standingOf(state, finger);
    if (standing === undefined) continue;
    if (standing.good) return afterPadWarning(state, standing);
    standings.push(standing);
  }
  const best = bestOf(standings, state);
  return best === undefined ? {} : afterPadWarning(state, best);
}

function afterPadWarning(state: EnrolmentState, selected: Standing): PrintStep {
  const { finger, print } = selected;
  const isRepeated = state.tasks.some(
    (task) => task.reason === 'pad-warning' && task.target.finger === finger && isDone(task),
  );
  if (currentDevice(state)?.kind !== 'single-finger' || !isPadAlarm(print.pad) || isRepeated)
    return { selected };
  return { capture: { ...capture(finger, 'pad-warning'), firstCount: state.policy.maxAttempts } };
}

/** Of equal ones the first in the order of fingers. */
function bestOf(standings: readonly Standing[], { purpose }: EnrolmentState): Standing | undefined {
  const [first, ...others] = standings;
  if (first === undefined) return undefined;
  return others.reduce(
    (best, next) => (worthOf(next.print, purpose) > worthOf(best.print, purpose) ? next : best),
    first,
  );
}

/** Where a whole hand is missing, one more finger of the other hand. */
function nextAdditional(state: EnrolmentState, [first]: readonly Standing[]): PrintStep | undefined {
  const hands = HANDS.map((hand) => FINGERS_IN_ORDER[hand].filter((finger) => isAvailable(state, finger)));
  const there = hands.filter((fingers) => fingers.length > 0);
  const [fingers = []] = there;
  if (there.length !== 1 || fingers.length < 2 || first === undefined) return undefined;
  return nextOf(
    state,
    fingers.filter((finger) => finger !== first.finger),
    'additional',
  );
}

function capture(finger: EnrolledFinger, reason: TaskReason): NextStep & { readonly type: 'capture' } {
  return { type: 'capture', target: { finger }, reason, firstCount: 1 };
}
