import { dayOfLaw } from '../day-of-law.js';
import { possibleBirthDays } from '../model/index.js';
import type { Policy } from '../model/index.js';
import { requirementsFor } from '../requirements.js';
import type { Requirements } from '../requirements.js';
import { STEPS } from '../steps.js';
import type { Step, StepId } from '../step.js';
import { activeServices } from './case-state.js';
import type { CaseState } from './case-state.js';

/** Day of the application: the day on which the person was identified, until then the day of the request. */
export function appliedOn(state: CaseState): string | undefined {
  const at = state.identity.state === 'established' ? state.identity.at : state.requestedAt;
  return at === undefined ? undefined : dayOfLaw(at);
}

/** What the application takes from this person, `undefined` before the request and for a birth after it. */
export function requirementsOf(state: CaseState): Requirements | undefined {
  const on = appliedOn(state);
  if (state.born === undefined || on === undefined) return undefined;
  if (possibleBirthDays(state.born).earliest > on) return undefined;
  return requirementsFor({ born: state.born, on });
}

/** Whether a step has been done; a step in doubt or returned has not. */
export function isDone(state: CaseState, step: StepId): boolean {
  const services = activeServices(state);
  switch (step) {
    case 'eligibility':
      return services.length > 0 && services.every((service) => state.eligibility[service]?.granted === true);
    case 'scheduling':
      return state.scheduledFor !== undefined;
    case 'preload':
      return state.preloaded.length > 0;
    case 'self-test':
      return state.selfTest !== undefined;
    case 'identification':
      return state.identity.state === 'established';
    case 'capacity':
      return state.representation !== undefined;
    case 'register':
      return state.register !== undefined;
    case 'data':
      return state.holder !== undefined;
    case 'photo':
      return state.photo !== undefined;
    case 'fingers':
      return state.fingers.state === 'decided';
    case 'signature':
      return state.signature !== undefined;
    case 'information':
      return state.informed.length > 0;
    case 'pin-letter':
      return state.pinLetter !== undefined;
    case 'fuehrungszeugnis':
      return state.fuehrungszeugnis !== undefined;
    case 'fee':
      return services.every((service) => state.fees[service] !== undefined);
    case 'form':
      return state.forms.length > 0;
    case 'review':
      return state.review.state === 'accepted';
    case 'confirmation':
      return state.confirmedAt !== undefined;
    case 'sealing':
      return state.submission !== undefined;
    case 'hand-over':
      return state.submission?.answer?.result === 'ack';
    case 'erasure':
      return state.phase === 'erased';
    default:
      return step satisfies never;
  }
}

/** Whether a step belongs to this case: `not` when its service was not asked for or a rule leaves it out. */
export function necessity(
  state: CaseState,
  step: Step,
  policy: Policy | undefined,
): 'required' | 'optional' | 'not' {
  if (step.service !== undefined && !activeServices(state).includes(step.service)) return 'not';
  if (step.id === 'pin-letter' && requirementsOf(state)?.pinLetter.value !== 'handed-over') return 'not';
  if (step.id === 'review') return policy?.fourEyes === true ? 'required' : 'optional';
  const mayBeLeftOut = step.skip.some((skip) => skip.by === 'clerk' && skip.recordedAs === undefined);
  return mayBeLeftOut ? 'optional' : 'required';
}

/** Required steps before this one, directly or further back, that have not been done, in the usual order. */
export function openBefore(state: CaseState, step: Step, policy: Policy | undefined): readonly Step[] {
  const before = allBefore(step);
  return STEPS.filter(
    (each) => before.has(each.id) && necessity(state, each, policy) === 'required' && !isDone(state, each.id),
  );
}

function allBefore(step: Step): ReadonlySet<StepId> {
  return new Set(step.after.flatMap((id) => [id, ...allBefore(stepById(id))]));
}

function stepById(id: StepId): Step {
  const step = STEPS.find((each) => each.id === id);
  if (step === undefined) throw new TypeError(`no step ${id}`);
  return step;
}
