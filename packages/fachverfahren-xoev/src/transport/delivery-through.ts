import type { MessageTransport, TransportEvent } from './message-transport.js';
import type { FollowUp, Outcome } from '../outcome/outcome.js';
import { rejectionOutcome } from '../outcome/rejection-outcome.js';

/** What an outbox hands over: the shape of `DeliveryRequest` in `@buergerkoffer/vault`. */
export interface OutboxRequest {
  readonly submissionId: string;
  readonly body: Uint8Array;
}

/** What an outbox is told: the shape of `DeliveryAnswer` in `@buergerkoffer/vault`. */
export interface OutboxAnswer {
  readonly state: 'received' | 'accepted' | 'rejected';
  /** A code, never free text. */
  readonly reason?: string;
  readonly followUp?: Extract<FollowUp, 'correct' | 'rebuild' | 'integrator'>;
}

/** How an outbox delivers through a transport. */
export interface DeliveryThrough {
  /** Media type of the bodies. */
  readonly contentType: string;
  /** What a rejection code means; {@link rejectionOutcome} when left out. */
  readonly outcome?: (code: string) => Outcome;
  /** Every event, for the clerk's screen and for answers that are to be kept; not for logs. */
  readonly onEvent?: (event: TransportEvent) => void;
}

/**
 * A message transport as the `DeliveryPort` of the vault's outbox: the identity of the submission is that of the message
 * on every attempt. Resolves `accepted` once it is delivered, `received` when the transport's patience ends before, and
 * `rejected` with the code and who has to act; a rejection that only says "I have it already" is `accepted`.
 */
export function deliveryThrough(
  transport: MessageTransport,
  { contentType, outcome = rejectionOutcome, onEvent }: DeliveryThrough,
): (request: OutboxRequest, signal: AbortSignal) => Promise<OutboxAnswer> {
  return ({ submissionId, body }, signal) =>
    new Promise((resolve, reject) => {
      let answer: OutboxAnswer = { state: 'received' };
      const subscription = transport.submit({ messageId: submissionId, contentType, body }).subscribe({
        next: (event) => {
          onEvent?.(event);
          answer = after(answer, event, outcome);
        },
        error: reject,
        complete: () => {
          resolve(answer);
        },
      });
      const abort = (): void => {
        subscription.unsubscribe();
        reject(signal.reason);
      };
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
      subscription.add(() => {
        signal.removeEventListener('abort', abort);
      });
    });
}

function after(
  answer: OutboxAnswer,
  event: TransportEvent,
  outcome: NonNullable<DeliveryThrough['outcome']>,
): OutboxAnswer {
  switch (event.type) {
    case 'accepted':
    case 'answered':
      return answer;
    case 'delivered':
      return { state: 'accepted' };
    case 'rejected':
      return afterRejection(event.reason.code, outcome(event.reason.code).followUp);
    default:
      return event satisfies never;
  }
}

function afterRejection(reason: string, followUp: FollowUp): OutboxAnswer {
  switch (followUp) {
    case 'nothing':
      return { state: 'accepted' };
    // The outbox comes back under the same identity, and the transport tells what became of it.
    case 'send-again':
    case 'look-again':
      return { state: 'received' };
    case 'correct':
    case 'rebuild':
    case 'integrator':
      return { state: 'rejected', reason, followUp };
    default:
      return followUp satisfies never;
  }
}
