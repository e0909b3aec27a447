import type { Observable } from 'rxjs';

/** A message in the bytes in which it leaves. */
export interface OutgoingMessage {
  /**
   * Its identity, a UUID in lower case: the `nachrichtenUUID` of an XÖV message, the id of a sealed submission. The same
   * on every resend, a new one for a corrected message. The receiver acts once per identity.
   */
  readonly messageId: string;
  /** Media type of the body, e.g. `application/xml` or `application/jose`. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** A message that answers ours: a result, a Rückweisung 0010. It holds personal data; keep it out of logs. */
export interface TransportAnswer {
  /** Identity of the answer: one that arrives twice is one. */
  readonly answerId: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Why a message was rejected; texts hold no personal data. */
export interface TransportRejection {
  /** A code of the receiver: of XInneres (`S999`), of the transport (`9601`), or in kebab-case. */
  readonly code: string;
  readonly message: string;
  readonly messageDe: string;
}

/** What became of a message. */
export type TransportEvent =
  /** The carrier holds it durably; `known` when it had it before. From here on it need not be sent again. */
  | { readonly type: 'accepted'; readonly messageId: string; readonly at: string; readonly known: boolean }
  /** The reader took it over; `reference` is the reader's own name for it. */
  | {
      readonly type: 'delivered';
      readonly messageId: string;
      readonly at: string;
      readonly reference?: string;
    }
  | {
      readonly type: 'answered';
      readonly messageId: string;
      readonly at: string;
      readonly answer: TransportAnswer;
    }
  /** The last event: it will not be processed as it is. */
  | {
      readonly type: 'rejected';
      readonly messageId: string;
      readonly at: string;
      readonly reason: TransportRejection;
    };

/**
 * A way for messages, whatever carries them. `messageTransportContract` says the rest in code.
 *
 * `submit` is cold: subscribing sends. Events come in the order `accepted`, `delivered`, `answered` or `rejected`, the
 * first two at most once, each answer once by its identity, nothing behind `rejected`. It completes when nothing more
 * is to come, or when the transport's patience is over; submitting the same message goes on from there. Unsubscribing
 * ends the wait; what was under way then may have arrived, and is safe to submit again. Errors are `ServiceError`
 * (`rejected` when the identity is known with other bytes) or `InputError` for a message without a UUID.
 */
export interface MessageTransport {
  /** Names the kind of transport in logs, e.g. `http` or `file-drop`. */
  readonly kind: string;
  submit(message: OutgoingMessage): Observable<TransportEvent>;
}
