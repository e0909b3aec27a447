import type { Outcome, OutcomeRow } from './outcome.js';
import { outcomeOf, worstOutcome } from './outcome.js';

const ok = (message: string): OutcomeRow => ({ severity: 'ok', followUp: 'nothing', message });
const warning = (followUp: OutcomeRow['followUp'], message: string): OutcomeRow => ({
  severity: 'warning',
  followUp,
  message,
});
const error = (followUp: OutcomeRow['followUp'], message: string): OutcomeRow => ({
  severity: 'error',
  followUp,
  message,
});

/** Feedback codes of OSCI-Transport 1.2 that a sender meets; a warning (3xxx) is no error: the job was done. */
const CODES: Readonly<Record<string, OutcomeRow>> = {
  '0800': ok('done, the dialog is closed'),
  '0801': ok('done, the dialog is open'),
  '3500': warning('integrator', 'done; a certificate is out of date'),
  '3700': warning('integrator', 'done; a certificate is out of date'),
  '3800': warning('look-again', 'done; there is more to fetch'),
  '3801': warning('look-again', 'done; there is more to fetch'),
  '3802': warning('integrator', "done; the recipient's signature is missing"),
  '9100': error('integrator', 'what was sent is no OSCI message'),
  '9202': error('integrator', 'the message cannot be decrypted'),
  '9400': error(
    'send-again',
    'challenge, conversation or sequence number does not fit: a new dialog is needed',
  ),
  '9600': error('integrator', 'the signature is missing'),
  '9601': error('integrator', 'the signature is wrong'),
  '9800': error('integrator', 'the MessageId is missing'),
  // The intermediary has a message of that identity: its process card tells whether it is ours.
  '9801': warning('look-again', 'the MessageId was used already'),
  '9802': error('integrator', 'an explicit dialog is required'),
  '9803': ok('there is nothing to fetch'),
  '9809': error('send-again', 'the message could not be delivered'),
  // The recipient's service has seen it: what it made of it is asked, not sent again.
  '9810': error('look-again', 'the message was delivered and failed there'),
};

/** What one feedback code of OSCI means; unknown ones by their first digit, where 0 is done, 3 a warning, 9 an error. */
export function osciOutcome(code: string): Outcome {
  return outcomeOf(code, CODES[code] ?? unknown(code));
}

/** The worst of all feedback entries: they repeat per language, and the first one alone does not tell. */
export function osciFeedbackOutcome(codes: readonly string[]): Outcome | undefined {
  return worstOutcome(codes.map(osciOutcome));
}

function unknown(code: string): OutcomeRow {
  if (/^0\d{3}$/.test(code)) return ok('done');
  if (/^3\d{3}$/.test(code)) return warning('nothing', 'done, with a warning that is not known here');
  return error('integrator', 'an error that is not known here');
}
