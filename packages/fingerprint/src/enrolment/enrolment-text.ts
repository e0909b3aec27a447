import { germanTextOf } from '@buergerkoffer/formats';
import { FINGER_TITLE, SLAP_TITLE } from '../finger-position.js';
import { LIVE_STATUS_TEXT, RETRY_TEXT } from '../live-status.js';
import { FEEDBACK_TEXT } from '../nfiq2/feedback.js';
import type { AttemptError, TaskReason } from '../process/capture-task.js';
import { FAILED_QUALITY, type PrintWarning } from '../process/captured-print.js';
import type { CaptureTarget } from '../process/capture-target.js';
import type { FingerFeedback, OperatorDecision, RefusalReason } from '../process/enrolment-event.js';
import type { EnrolmentEvent, EnrolmentResult } from './enrolment-event.js';

/** German sentences for the operator, by what the operator is warned of; never for the applicant (5.8.3). */
export const WARNING_TEXT: Readonly<Record<PrintWarning, string>> = {
  'same-finger-twice': 'Dieser Finger wurde schon unter einem anderen Namen aufgenommen.',
  'presentation-attack': 'Der Scanner hält den Finger für eine Fälschung. Bitte die Finger ansehen.',
  'not-verified': 'Der Abdruck gehört nicht zu dem, der vorher ohne Aufsicht aufgenommen wurde.',
};

const REASON_TEXT: Readonly<Record<TaskReason, string>> = {
  planned: '',
  alternative: ', weil die Finger davor fehlen oder nicht genügen',
  fallback: ', einzeln',
  'pad-warning': ', noch einmal wegen der Warnung des Scanners',
  additional: ', als zweiter Finger derselben Hand',
};

const ATTEMPT_TEXT: Readonly<Record<AttemptError, string>> = {
  'too-few-fingers': 'Es lagen zu wenige Finger auf.',
  'too-many-fingers': 'Es lagen zu viele Finger auf.',
  timeout: 'In der vorgesehenen Zeit wurde kein Finger aufgelegt.',
};

const REFUSAL_TEXT: Readonly<Record<RefusalReason, string>> = {
  'not-allowed-now': 'Das ist jetzt nicht möglich.',
  'no-manual-capture': 'Dieser Scanner löst nur selbst aus.',
  'nothing-to-overrule': 'Es gibt keine Entscheidung, die sich überstimmen lässt.',
  'wrong-missing-fingers': 'Ein Finger ist doppelt genannt oder schon aufgenommen.',
};

/** What the operator reads of an event, in German, line by line; none for a live image. */
export function enrolmentText(event: EnrolmentEvent): readonly string[] {
  switch (event.type) {
    case 'LiveStatus':
      return [LIVE_STATUS_TEXT[event.status]];
    case 'LiveImage':
      return [];
    case 'Retry':
      return [RETRY_TEXT[event.reason]];
    case 'ExpectedFingers':
      return [
        `Bitte auflegen: ${titleOf(event.target)} (Versuch ${event.attempt}${REASON_TEXT[event.reason]})`,
      ];
    case 'IntermediateFingerAmountMismatch':
      return [
        ATTEMPT_TEXT[event.mismatch === 'TooLessFingersCaptured' ? 'too-few-fingers' : 'too-many-fingers'],
      ];
    case 'IntermediateFingerFeedback':
      return event.prints.flatMap(feedbackText);
    case 'OperatorDecision':
      return [decisionText(event)];
    case 'CommandRefused':
      return [REFUSAL_TEXT[event.reason]];
    case 'Interrupted': {
      const { message, remedy } = germanTextOf(event.error);
      return [`Die Aufnahme ist unterbrochen: ${message} ${remedy}`];
    }
    case 'Result':
      return [resultText(event)];
    default:
      return event satisfies never;
  }
}

function titleOf(target: CaptureTarget): string {
  return target.slap === undefined ? FINGER_TITLE[target.finger] : SLAP_TITLE[target.slap];
}

function feedbackText({ print, threshold, sufficient, warnings }: FingerFeedback): readonly string[] {
  const { value, decidedBy, faults } = print.quality;
  const quality =
    value === FAILED_QUALITY
      ? 'Qualität nicht zu bestimmen'
      : `Qualität ${value} (${decidedBy.algorithm} ${decidedBy.version})`;
  const wanted =
    threshold === undefined ? '' : `, verlangt ${threshold}: ${sufficient ? 'genügt' : 'genügt nicht'}`;
  return [
    `${FINGER_TITLE[print.finger]}: ${quality}${wanted}`,
    ...warnings.map((warning) => `Achtung: ${WARNING_TEXT[warning]}`),
    ...(sufficient ? [] : faults.map((fault) => FEEDBACK_TEXT[fault])),
  ];
}

function decisionText({ best, sufficient, errorCode, target }: OperatorDecision): string {
  const why = errorCode === undefined ? '' : `${ATTEMPT_TEXT[errorCode]} `;
  if (best.length === 0) return `${why}Es gibt keinen Abdruck (${titleOf(target)}).`;
  return `${why}Der beste Abdruck ${sufficient ? 'genügt' : 'genügt nicht'} (${titleOf(target)}).`;
}

function resultText({ result, prints, verified }: EnrolmentResult): string {
  if (result === 'Canceled') return 'Die Aufnahme wurde abgebrochen.';
  if (verified.length > 0) {
    const isVerified = verified.every(({ outcome }) => outcome === 'verified');
    return isVerified
      ? 'Die Abdrücke sind bestätigt.'
      : 'Die Abdrücke sind nicht bestätigt. Bitte die Finger neu aufnehmen.';
  }
  if (prints.length === 0) return 'Es wurde kein Finger aufgenommen.';
  return `Aufgenommen: ${prints.map(({ finger }) => FINGER_TITLE[finger]).join(', ')}.`;
}
