import type { CaseEvent, CaseEventType, Policy } from '../model/index.js';
import { STEPS } from '../steps.js';
import { activeServices } from './case-state.js';
import type { CasePhase, CaseState } from './case-state.js';
import { checkContent } from './content-guards.js';
import { openBefore } from './progress.js';
import { ALLOWED, refuse } from './refusal.js';
import type { Verdict } from './refusal.js';

/**
 * Whether an event may be written now. Asked before it becomes durable; an event that was accepted once is folded
 * whatever later rules say. Without a policy only the law is asked.
 */
export function allowed(state: CaseState, event: CaseEvent, policy?: Policy): Verdict {
  const checks = [checkPhase, checkService, checkOrder, checkContent];
  for (const check of checks) {
    const verdict = check(state, event, policy);
    if (!verdict.allowed) return verdict;
  }
  return ALLOWED;
}

const AFTER_CONFIRMATION: Readonly<Record<Exclude<CasePhase, 'new' | 'open'>, readonly CaseEventType[]>> = {
  confirmed: ['sealed', 'form-printed', 'cancelled', 'erased'],
  sealed: ['handed-over', 'erased'],
  rejected: ['handed-over', 'erased'],
  'handed-over': ['erased'],
  cancelled: ['erased'],
  erased: [],
};

function checkPhase(state: CaseState, event: CaseEvent): Verdict {
  if (event.type === 'requested') {
    return state.phase === 'new' ? ALLOWED : refuse('duplicate', 'Der Fall ist schon angelegt.');
  }
  switch (state.phase) {
    case 'new':
      return refuse('wrong-phase', 'Der Fall ist noch nicht angelegt.');
    case 'open':
      return event.type === 'sealed' || event.type === 'handed-over'
        ? refuse('wrong-phase', 'Der Antrag ist noch nicht bestätigt.')
        : ALLOWED;
    default:
      return AFTER_CONFIRMATION[state.phase].includes(event.type)
        ? ALLOWED
        : refuse('wrong-phase', PHASE_TEXT[state.phase]);
  }
}

const PHASE_TEXT: Readonly<Record<keyof typeof AFTER_CONFIRMATION, string>> = {
  confirmed: 'Der Antrag ist bestätigt und wird nicht mehr geändert.',
  sealed: 'Der Fall ist versiegelt; nur die Behörde kann ihn lesen.',
  rejected: 'Das Fachverfahren hat den Fall zurückgewiesen; er kann erneut übergeben werden.',
  'handed-over': 'Der Fall ist übergeben.',
  cancelled: 'Der Fall ist abgebrochen.',
  erased: 'Der Fall ist gelöscht.',
};

/** Whether the step of this event belongs to a service that goes on. */
function checkService(state: CaseState, event: CaseEvent): Verdict {
  const service =
    event.type === 'fee-charged'
      ? event.service
      : STEPS.find((each) => each.events.includes(event.type))?.service;
  if (service === undefined || activeServices(state).includes(service)) return ALLOWED;
  return state.services.includes(service)
    ? refuse('not-eligible', 'Diese Leistung wurde abgelehnt.')
    : refuse('not-eligible', 'Diese Leistung ist nicht Teil des Falles.');
}

function checkOrder(state: CaseState, event: CaseEvent, policy: Policy | undefined): Verdict {
  const step = STEPS.find((each) => each.events.includes(event.type));
  if (step === undefined || step.id === 'erasure') return ALLOWED;
  const [open] = openBefore(state, step, policy);
  return open === undefined ? ALLOWED : refuse('step-missing', `Zuerst: ${open.title}.`, { step: open.id });
}
