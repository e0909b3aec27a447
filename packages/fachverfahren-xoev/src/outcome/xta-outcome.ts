import type { FollowUp, Outcome } from './outcome.js';
import { outcomeOf } from './outcome.js';

/** Error codes of XTA 2 (`http://xoev.de/transport/xta/211`), and what each asks for. */
const CODES: Readonly<Record<string, readonly [FollowUp, string]>> = {
  '9000': ['integrator', 'an error that is told in words only'],
  '9010': ['integrator', 'the certificate of the sender is out of date'],
  '9011': ['integrator', 'the account is locked'],
  '9012': ['integrator', 'there is no such account'],
  '9013': ['integrator', 'the service is not booked'],
  '9014': ['integrator', 'the certificate does not belong to the sender'],
  '9020': ['integrator', 'there are no parameters'],
  '9021': ['integrator', 'an address is no URI'],
  '9022': ['integrator', 'parameters do not go together'],
  '9023': ['correct', 'the message is too large'],
  // The server has a message of that identity: its report tells whether it is ours.
  '9024': ['look-again', 'the MessageID is in use already'],
  '9030': ['send-again', 'the XTA server failed'],
  '9031': ['send-again', 'the directory of services failed'],
  '9032': ['send-again', 'the message could not be delivered'],
  '9050': ['integrator', 'the message does not follow its schema'],
  '9051': ['integrator', 'the message has another encoding'],
  '9052': ['integrator', 'the message breaks the profile of its service'],
  '9060': ['correct', 'harmful code was found'],
  '9070': ['integrator', 'the MessageID is not known to the account'],
  '9080': ['integrator', 'the service is asynchronous only'],
  '9081': ['integrator', 'the service is synchronous only'],
  '9100': ['nothing', 'too late to cancel'],
  '9101': ['nothing', 'cannot be cancelled, as it was to go at once'],
};

/** What an error code of XTA 2 means; one that is not known here is for the integrator. */
export function xtaOutcome(code: string): Outcome {
  const [followUp, message] = CODES[code] ?? ['integrator', 'an error that is not known here'];
  return outcomeOf(code, { severity: followUp === 'nothing' ? 'warning' : 'error', followUp, message });
}
