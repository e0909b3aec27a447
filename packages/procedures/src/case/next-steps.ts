import type { Policy } from '../model/index.js';
import { STEPS } from '../steps.js';
import type { Step } from '../step.js';
import type { CasePhase, CaseState } from './case-state.js';
import { isDone, necessity, openBefore } from './progress.js';

/** A step that can be done now. */
export interface NextStep {
  readonly step: Step;
  readonly necessity: 'required' | 'optional';
}

/** Steps that can be done now, required ones first, each group in the usual order; empty when the case has ended. */
export function nextSteps(state: CaseState, policy?: Policy): readonly NextStep[] {
  const open = STEPS.filter((step) => belongsTo(step, state.phase))
    .filter((step) => !isDone(state, step.id) && isReachable(state, step, policy))
    .map((step) => ({ step, necessity: necessity(state, step, policy) }));
  return [...open.filter(is('required')), ...open.filter(is('optional'))];
}

/** After the confirmation the phase alone says what comes next: a cancelled case is erased without a hand-over. */
function isReachable(state: CaseState, step: Step, policy: Policy | undefined): boolean {
  return state.phase !== 'open' || openBefore(state, step, policy).length === 0;
}

function is(wanted: NextStep['necessity']) {
  return (next: { step: Step; necessity: NextStep['necessity'] | 'not' }): next is NextStep =>
    next.necessity === wanted;
}

function belongsTo({ id }: Step, phase: CasePhase): boolean {
  switch (phase) {
    case 'open':
      return id !== 'sealing' && id !== 'hand-over' && id !== 'erasure';
    case 'confirmed':
      return id === 'sealing' || id === 'form';
    case 'sealed':
    case 'rejected':
      return id === 'hand-over';
    case 'handed-over':
      return id === 'erasure';
    case 'cancelled':
      return id === 'erasure';
    case 'new':
    case 'erased':
      return false;
    default:
      return phase satisfies never;
  }
}
