import { InputError } from '@buergerkoffer/formats';
import { dayOfLaw } from '../day-of-law.js';
import { eligibility } from '../eligibility/eligibility.js';
import { outcomeOf, possibleBirthDays } from '../model/index.js';
import type { CaseEvent, Policy } from '../model/index.js';
import { applicationFrom } from './application-from.js';
import { activeServices } from './case-state.js';
import type { CaseState } from './case-state.js';
import { applyEvent } from './fold-case.js';
import { requirementsOf } from './progress.js';
import { ALLOWED, refuse } from './refusal.js';
import type { Verdict } from './refusal.js';

type EventOf<T extends CaseEvent['type']> = Extract<CaseEvent, { type: T }>;

/** Whether what the event says fits the law, the policy and what the case already holds. */
export function checkContent(state: CaseState, event: CaseEvent, policy: Policy | undefined): Verdict {
  switch (event.type) {
    case 'eligibility-decided':
      return eligibilityDecided(state, event);
    case 'scheduled':
      return policy?.fourEyes === true && new Set(event.team).size < 2
        ? refuse('four-eyes', 'Besuche machen immer zwei Personen.', { citation: policy.id })
        : ALLOWED;
    case 'identified':
      return state.selfTest === 'no-go'
        ? refuse('step-missing', 'Die Prüfung des Koffers ist nicht bestanden.', { step: 'self-test' })
        : ALLOWED;
    case 'capacity-assessed':
      return capacityAssessed(state, event, policy);
    case 'data-recorded':
      return event.holder.birth.date === state.born
        ? ALLOWED
        : refuse('inconsistent', 'Das Geburtsdatum weicht von der Anmeldung ab; bitte den Fall neu anlegen.');
    case 'finger-captured':
      return requirementsOf(state)?.fingers.value === 'no'
        ? refuse('age', 'Unter 6 Jahren werden keine Fingerabdrücke genommen.', {
            citation: '§ 9 Abs. 3 PAuswG',
          })
        : ALLOWED;
    case 'fingers-decided':
      return fingersDecided(state, event);
    case 'signature-omitted':
      return requirementsOf(state)?.signatureOmissions.includes(event.omission.reason) === false
        ? refuse('age', 'Ab 10 Jahren unterschreibt man selbst.', { citation: '§ 9 Abs. 5 PAuswG' })
        : ALLOWED;
    case 'pin-letter-handed-over':
      return state.pinLetter === undefined
        ? ALLOWED
        : refuse('duplicate', 'Zu diesem Antrag ist schon ein PIN-Brief übergeben.', {
            citation: 'PAuswV § 17',
          });
    case 'reviewed':
      return reviewed(state, event, policy);
    case 'confirmed':
      return confirmed(state, event);
    case 'handed-over':
      return state.submission?.id === event.submissionId
        ? ALLOWED
        : refuse('inconsistent', 'Die Antwort gehört zu einer anderen Übergabe.');
    case 'erased':
      return erased(state, event);
    case 'requested':
      return possibleBirthDays(event.holderBorn).earliest > dayOfLaw(event.at)
        ? refuse('inconsistent', 'Das Geburtsdatum liegt in der Zukunft.')
        : ALLOWED;
    case 'preloaded':
    case 'self-tested':
    case 'identity-doubted':
    case 'register-looked-up':
    case 'photo-captured':
    case 'signature-captured':
    case 'informed':
    case 'fee-charged':
    case 'form-printed':
    case 'fuehrungszeugnis-requested':
    case 'sealed':
    case 'cancelled':
      return ALLOWED;
    default:
      return event satisfies never;
  }
}

function eligibilityDecided(state: CaseState, event: EventOf<'eligibility-decided'>): Verdict {
  if (!state.services.includes(event.service)) {
    return refuse('not-eligible', 'Diese Leistung ist nicht Teil des Falles.');
  }
  const { outcome } = event.answer;
  if (outcome === 'no' && event.clerkDecision?.granted === true) {
    return refuse('inconsistent', 'Eine Ablehnung kann nicht übergangen werden.', {
      citation: event.answer.citation,
    });
  }
  if (outcome === 'clerk-decides' && event.clerkDecision === undefined) {
    return refuse('inconsistent', 'Hier ist eine Entscheidung mit Begründung nötig.');
  }
  return ALLOWED;
}

function capacityAssessed(
  state: CaseState,
  event: EventOf<'capacity-assessed'>,
  policy: Policy | undefined,
): Verdict {
  if (state.born === undefined || state.place === undefined) return ALLOWED;
  for (const service of activeServices(state)) {
    const answer = eligibility(
      {
        service,
        on: event.at,
        born: state.born,
        capacity: event.capacity,
        acting: event.applicant,
        place: state.place,
        residence: 'here',
      },
      // Conditions and need were judged before the visit; only who may act is new here.
      policy === undefined ? undefined : { ...policy, conditions: [], needIsChecked: false },
    );
    if (answer.outcome === 'no') return refuse('not-eligible', answer.reason, { citation: answer.citation });
  }
  return ALLOWED;
}

function fingersDecided(state: CaseState, event: EventOf<'fingers-decided'>): Verdict {
  const positions = state.captured.map((finger) => finger.position);
  const outcome = outcomeOf(positions, event.missing);
  if (outcome === undefined) {
    return refuse('inconsistent', 'Für jede Hand ist genau ein Finger oder ein Grund anzugeben.');
  }
  if (outcome !== event.outcome) {
    return refuse('inconsistent', 'Das Ergebnis passt nicht zu den aufgenommenen Fingern.');
  }
  const requirements = requirementsOf(state);
  if (requirements !== undefined && !requirements.fingerOutcomes.includes(outcome)) {
    const { reason, citation } = requirements.fingers;
    return refuse('age', reason, { citation });
  }
  return ALLOWED;
}

/** With four eyes, whatever one clerk recorded alone has somebody else among the reviewers. */
function reviewed(state: CaseState, event: EventOf<'reviewed'>, policy: Policy | undefined): Verdict {
  if (policy?.fourEyes !== true || event.result.verdict === 'returned') return ALLOWED;
  const isChecked = state.recordedBy.every(
    (recorders) => recorders.length > 1 || event.by.some((clerk) => clerk !== recorders[0]),
  );
  return isChecked
    ? ALLOWED
    : refuse('four-eyes', 'Die Prüfung macht eine zweite Person, nicht wer aufgenommen hat.');
}

function confirmed(state: CaseState, event: EventOf<'confirmed'>): Verdict {
  const expected = state.representation?.applicant.role === 'holder' ? 'holder' : 'applicant';
  if (event.confirmedBy !== expected) {
    return refuse('inconsistent', 'Die Angaben bestätigt, wer den Antrag stellt.', {
      citation: '§ 9 Abs. 1 PAuswG',
    });
  }
  if (state.review.state === 'returned') {
    return refuse('step-missing', 'Die Prüfung hat den Fall zurückgegeben.', { step: 'review' });
  }
  if (!activeServices(state).includes('personalausweis')) return ALLOWED;
  try {
    applicationFrom(applyEvent(state, event));
    return ALLOWED;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return refuse('application', 'Der Antrag ist nicht vollständig oder nicht zulässig.', {
      ...(error.path === undefined ? {} : { path: error.path }),
    });
  }
}

function erased(state: CaseState, event: EventOf<'erased'>): Verdict {
  if (event.cause === 'expired' || event.cause === state.phase) return ALLOWED;
  return refuse('inconsistent', 'Der Grund der Löschung passt nicht zum Stand des Falles.');
}
