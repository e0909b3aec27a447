import type { End } from '@buergerkoffer/core';
import type { Observable } from 'rxjs';
import type { PtpMessage } from '../ptp/container.js';

/** An operation with the data that goes to the camera, where there is any. */
export interface PtpRequest extends PtpMessage {
  readonly data?: Uint8Array;
}

/** The camera's answer to an operation. */
export interface PtpReply {
  /** Response code. */
  readonly code: number;
  readonly parameters: readonly number[];
  /** Empty where the camera sent none. */
  readonly data: Uint8Array;
}

/** How an operation is carried out. */
export interface TransactOptions {
  /** Ends it: the promise rejects with `signal.reason`, and the pipe must be recovered. */
  readonly signal: AbortSignal;
  /** More data than this is refused as `protocol`, in bytes. */
  readonly maxBytes: number;
  /** Told while data comes in, in bytes. */
  readonly progress?: ((received: number, total: number) => void) | undefined;
}

/**
 * A way to a camera that carries one operation at a time: USB or TCP. Errors are `DeviceError`s: `lost`, `closed`,
 * and `protocol` (with the offset) for what does not follow the protocol.
 */
export interface PtpPipe {
  /** Carries out one operation. Whatever it rejects with, {@link recover} comes next. */
  transact(request: PtpRequest, options: TransactOptions): Promise<PtpReply>;
  /**
   * Gives up the operation with this number, and makes the pipe ready for the next one: what is left of an answer is
   * thrown away. Never rejects; a pipe that cannot be made ready ends as `lost`.
   */
  recover(transaction: number): Promise<void>;
  /** Asks the camera to begin anew: no session is open afterwards. Never rejects; nothing where a connection is a session. */
  reset(): Promise<void>;
  /** What the camera tells by itself. Cold: read while subscribed, one subscriber. Never errors; completes with the pipe. */
  readonly events: Observable<PtpMessage>;
  readonly ended: Promise<End>;
  /** Idempotent. */
  close(): Promise<void>;
}
