import { handOf } from '../model/index.js';
import type { CapturedFinger, CaseEvent, Quality } from '../model/index.js';
import { NEW_CASE } from './case-state.js';
import type { CaseState } from './case-state.js';

/** The state that a series of events amounts to; never throws, whatever was accepted once stays readable. */
export function foldCase(events: Iterable<CaseEvent>): CaseState {
  let state = NEW_CASE;
  for (const event of events) state = applyEvent(state, event);
  return state;
}

/** The state after one more event; pure and total: whether the event was allowed is asked before it is written. */
export function applyEvent(state: CaseState, event: CaseEvent): CaseState {
  const clerks = [...new Set([...state.clerks, ...event.by])];
  return change({ ...state, clerks }, event);
}

function change(state: CaseState, event: CaseEvent): CaseState {
  switch (event.type) {
    case 'requested':
      return {
        ...state,
        phase: 'open',
        caseId: event.caseId,
        authority: event.authority,
        requestedAt: event.at,
        services: event.services,
        place: event.place,
        born: event.holderBorn,
      };
    case 'eligibility-decided': {
      const granted = isGranted(event);
      const eligibility = { ...state.eligibility, [event.service]: { answer: event.answer, granted } };
      return { ...state, eligibility };
    }
    case 'scheduled':
      return { ...state, scheduledFor: event.start };
    case 'preloaded':
      return { ...state, preloaded: [...state.preloaded, ...event.items] };
    case 'self-tested':
      return { ...state, selfTest: event.outcome };
    case 'identified':
      return { ...state, identity: { state: 'established', evidence: event.evidence, at: event.at } };
    case 'identity-doubted':
      return {
        ...state,
        identity: { state: 'doubted', reason: event.reason, furtherMeasure: event.furtherMeasure },
      };
    case 'capacity-assessed':
      return { ...state, representation: { capacity: event.capacity, applicant: event.applicant } };
    case 'register-looked-up':
      return { ...state, register: event.result };
    case 'data-recorded':
    case 'photo-captured':
    case 'finger-captured':
    case 'fingers-decided':
    case 'signature-captured':
    case 'signature-omitted':
      return reopen(record(state, event), event.by);
    case 'informed':
      return { ...state, informed: [...new Set([...state.informed, ...event.topics])] };
    case 'pin-letter-handed-over':
      return { ...state, pinLetter: { letter: event.letter, at: event.at } };
    case 'fuehrungszeugnis-requested':
      return {
        ...state,
        fuehrungszeugnis: {
          request: event.request,
          ...(event.message === undefined ? {} : { message: event.message }),
        },
      };
    case 'fee-charged': {
      const { lines, totalCents, payment } = event;
      return { ...state, fees: { ...state.fees, [event.service]: { lines, totalCents, payment } } };
    }
    case 'form-printed':
      return { ...state, forms: [...state.forms, event.form] };
    case 'reviewed':
      return {
        ...state,
        review:
          event.result.verdict === 'accepted'
            ? { state: 'accepted', by: event.by }
            : { state: 'returned', reason: event.result.reason },
      };
    case 'confirmed':
      return { ...state, phase: 'confirmed', confirmedAt: event.at };
    case 'sealed':
      return {
        ...state,
        phase: 'sealed',
        submission: { id: event.submissionId, recipient: event.recipient },
      };
    case 'handed-over':
      return {
        ...state,
        phase: event.answer.result === 'ack' ? 'handed-over' : 'rejected',
        ...(state.submission === undefined
          ? {}
          : { submission: { ...state.submission, answer: event.answer } }),
      };
    case 'erased':
      return { ...state, phase: 'erased' };
    case 'cancelled':
      return { ...state, phase: 'cancelled', cancelled: event.reason };
    default:
      return event satisfies never;
  }
}

function isGranted(event: Extract<CaseEvent, { type: 'eligibility-decided' }>): boolean {
  if (event.answer.outcome === 'no') return false;
  return event.clerkDecision?.granted ?? event.answer.outcome === 'yes';
}

type Recording = Extract<
  CaseEvent,
  {
    type:
      | 'data-recorded'
      | 'photo-captured'
      | 'finger-captured'
      | 'fingers-decided'
      | 'signature-captured'
      | 'signature-omitted';
  }
>;

function record(state: CaseState, event: Recording): CaseState {
  switch (event.type) {
    case 'data-recorded':
      return { ...state, holder: event.holder };
    case 'photo-captured':
      return logged({ ...state, photo: event.photo }, event.at, event.photo.image);
    case 'finger-captured': {
      const captured = [
        ...state.captured.filter((finger) => staysBeside(finger, event.finger)),
        event.finger,
      ];
      return logged({ ...state, captured, fingers: { state: 'open' } }, event.at, event.finger.image);
    }
    case 'fingers-decided':
      return {
        ...state,
        fingers: { state: 'decided', outcome: event.outcome, missing: event.missing },
      };
    case 'signature-captured':
      return logged(
        { ...state, signature: { outcome: 'captured', image: event.image } },
        event.at,
        event.image,
      );
    case 'signature-omitted':
      return { ...state, signature: { outcome: 'omitted', omission: event.omission } };
    default:
      return event satisfies never;
  }
}

/** An additional finger replaces the additional one; any other replaces those of its hand and every additional one. */
function staysBeside(finger: CapturedFinger, next: CapturedFinger): boolean {
  if (next.additional === true) return finger.additional !== true;
  return finger.additional !== true && handOf(finger.position) !== handOf(next.position);
}

interface LoggedImage {
  readonly kind: 'photo' | 'finger' | 'signature';
  readonly sha256: string;
  readonly quality: Quality;
}

function logged(state: CaseState, at: string, { kind, sha256, quality }: LoggedImage): CaseState {
  return { ...state, qualityLog: [...state.qualityLog, { at, image: sha256, kind, quality }] };
}

function reopen(state: CaseState, by: readonly string[]): CaseState {
  return { ...state, recordedBy: [...state.recordedBy, by], review: { state: 'open' } };
}
