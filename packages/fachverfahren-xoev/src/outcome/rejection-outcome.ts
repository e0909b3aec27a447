import type { RejectionCode } from '../xmeld/rejection-code.js';
import { isRejectionCode, REJECTION_CODES } from '../xmeld/rejection-code.js';
import type { FollowUp, Outcome } from './outcome.js';
import { outcomeOf, worstOutcome } from './outcome.js';

/** What each code of a Rückweisung 0010 asks for (XInneres list of error codes, version 3). */
const FOLLOW_UPS: Readonly<Record<RejectionCode, FollowUp>> = {
  S001: 'integrator',
  S010: 'integrator',
  S011: 'correct',
  S020: 'correct',
  S030: 'correct',
  // The receiver has it: sending it again or under another identity would double it.
  S100: 'nothing',
  S999: 'correct',
  T000: 'integrator',
  T001: 'integrator',
  T002: 'integrator',
  T003: 'integrator',
  T010: 'integrator',
  T011: 'integrator',
  T020: 'integrator',
  T070: 'integrator',
  T080: 'integrator',
  T099: 'integrator',
  V000: 'rebuild',
  X000: 'integrator',
  X001: 'integrator',
};

/** For codes of a newer list, by their letter. */
const BY_LETTER: Readonly<Record<string, FollowUp>> = {
  S: 'correct',
  T: 'integrator',
  V: 'rebuild',
  X: 'integrator',
};

/**
 * What a code of a Rückweisung asks for. None is mended by sending the same again: a Rückweisung is a decision. `S100`
 * is a warning, as the message was processed before.
 */
export function rejectionOutcome(code: string): Outcome {
  const isKnown = isRejectionCode(code);
  const followUp = isKnown ? FOLLOW_UPS[code] : (BY_LETTER[code.slice(0, 1)] ?? 'integrator');
  const outcome = outcomeOf(code, {
    severity: followUp === 'nothing' ? 'warning' : 'error',
    followUp,
    message: `the receiver rejected the message with ${isKnown ? code : 'a code of another list'}`,
  });
  return isKnown ? { ...outcome, messageDe: `${REJECTION_CODES[code]} ${outcome.messageDe}` } : outcome;
}

/** The worst of the codes of one Rückweisung. */
export function rejectionsOutcome(codes: readonly string[]): Outcome | undefined {
  return worstOutcome(codes.map(rejectionOutcome));
}
