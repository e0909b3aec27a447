import { decodeBase64 } from '@buergerkoffer/formats';
import { ServiceError } from '../service-error.js';
import type { SubmissionPort, SubmissionState } from '../submission/submission-port.js';
import type { MessageTransport, OutgoingMessage, TransportEvent } from './message-transport.js';
import { observed } from './observed.js';
import { lookUntil, PATIENCE } from './patience.js';
import type { Patience } from './patience.js';

/**
 * A submission port as a message transport: with `fachverfahrenHttp` it is the HTTP transport. The port hands over and
 * tells a state; this asks for the state until the receiver has decided. A question that fails in between is asked
 * again while there is patience; what is accepted stays accepted.
 */
export function submissionTransport(
  port: SubmissionPort,
  options: Partial<Patience> & { readonly kind?: string } = {},
): MessageTransport {
  const { kind = 'http', ...patience } = options;
  return {
    kind,
    submit: (message) =>
      observed<TransportEvent>((emit, signal) =>
        follow(port, message, { ...PATIENCE, ...patience }, emit, signal),
      ),
  };
}

async function follow(
  port: SubmissionPort,
  { messageId, contentType, body }: OutgoingMessage,
  patience: Patience,
  emit: (event: TransportEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const { known, state } = await port.submit({ submissionId: messageId, contentType, body }, signal);
  signal.throwIfAborted();
  emit({ type: 'accepted', messageId, at: state.receivedAt, known });
  let latest = state;
  const look = async (): Promise<'over' | 'wait'> => {
    if (latest.state === 'received') latest = (await askedAgain(port, messageId, signal)) ?? latest;
    return latest.state === 'received' ? 'wait' : 'over';
  };
  if (latest.state === 'received') await lookUntil(look, patience, signal);
  signal.throwIfAborted();
  if (latest.state !== 'received') tell(latest, emit);
}

/** The state, or `undefined` when it cannot be told at the moment. */
async function askedAgain(
  port: SubmissionPort,
  messageId: string,
  signal: AbortSignal,
): Promise<SubmissionState | undefined> {
  let state: SubmissionState | undefined;
  try {
    state = await port.state(messageId, signal);
  } catch (error) {
    if (error instanceof ServiceError && error.retryable) return undefined;
    throw error;
  }
  if (state !== undefined) return state;
  throw new ServiceError(
    'protocol',
    'asking for the state of a message: the receiver forgot what it accepted',
    {
      remedy: 'send the same message again, under the same identity; tell the operator of the receiver',
    },
  );
}

function tell(
  state: Exclude<SubmissionState, { state: 'received' }>,
  emit: (event: TransportEvent) => void,
): void {
  const { submissionId: messageId, decidedAt: at } = state;
  if (state.state === 'accepted') emit({ type: 'delivered', messageId, at, reference: state.reference });
  const answers = new Map(state.answers.map((answer) => [answer.answerId, answer]));
  for (const answer of answers.values()) {
    // An acknowledgement says no more than `delivered` does.
    if (answer.kind === 'acknowledgement') continue;
    emit({
      type: 'answered',
      messageId,
      at: answer.at,
      answer: {
        answerId: answer.answerId,
        contentType: 'application/xml',
        body: decodeBase64(answer.xml),
      },
    });
  }
  if (state.state === 'rejected') emit({ type: 'rejected', messageId, at, reason: state.reason });
}
