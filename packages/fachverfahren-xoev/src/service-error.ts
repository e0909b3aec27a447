import type { ErrorDetails, ErrorShape, ServiceErrorCode } from '@buergerkoffer/formats';
import { SdkError } from '@buergerkoffer/formats';

export type { ServiceErrorCode } from '@buergerkoffer/formats';

interface Fault {
  readonly remedy: string;
  readonly retryable: boolean;
}

const FAULTS: Readonly<Record<ServiceErrorCode, Fault>> = {
  unreachable: { remedy: 'check the mobile network and the address of the Fachverfahren', retryable: true },
  timeout: { remedy: 'try again later; the Fachverfahren or the network is slow', retryable: true },
  refused: { remedy: 'try again later; the Fachverfahren takes nothing at the moment', retryable: true },
  rejected: {
    remedy: 'correct what the message names; sending the same again gives the same answer',
    retryable: false,
  },
  protocol: {
    remedy:
      'check the address: a captive portal or another service answered, or the version of the interface differs',
    retryable: true,
  },
  unauthorized: { remedy: 'renew the access token of this suitcase at the authority', retryable: false },
};

/** Details of a {@link ServiceError}. */
export interface ServiceErrorDetails extends ErrorDetails {
  /** Whole milliseconds after which the service invites another try (`Retry-After`). */
  readonly retryAfterMs?: number | undefined;
  /** HTTP status of the answer, when there was one. */
  readonly status?: number | undefined;
  /** Whether another try makes sense, where the code alone does not tell. */
  readonly retryable?: boolean | undefined;
}

/** The JSON form of a {@link ServiceError}. */
export interface ServiceErrorShape extends ErrorShape {
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly status?: number;
}

/**
 * A remote system did not do what was asked; nothing is known to have changed there unless it says so.
 * `retryable` tells whether the same request may succeed later; a submission is safe to repeat, its UUID makes it one.
 */
export class ServiceError extends SdkError<ServiceErrorCode> {
  override readonly name = 'ServiceError';
  readonly kind = 'service';
  readonly retryable: boolean;
  declare readonly retryAfterMs?: number;
  declare readonly status?: number;

  constructor(code: ServiceErrorCode, message: string, details: ServiceErrorDetails = {}) {
    super(code, message, details.remedy ?? FAULTS[code].remedy, details);
    this.retryable = details.retryable ?? FAULTS[code].retryable;
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
    if (details.status !== undefined) this.status = details.status;
  }

  override toJSON(): ServiceErrorShape {
    return {
      ...super.toJSON(),
      retryable: this.retryable,
      ...(this.retryAfterMs === undefined ? {} : { retryAfterMs: this.retryAfterMs }),
      ...(this.status === undefined ? {} : { status: this.status }),
    };
  }
}
