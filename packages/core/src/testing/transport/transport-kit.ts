import type { BusKind } from '../../port.js';
import type { CallOptions, TransportOf } from '../../transport.js';

/** A call that a transport offers, by its name, ready to be made. */
export interface TransportCall {
  readonly name: string;
  make(): Promise<unknown>;
}

/** What the promises that all transports share need to know of one kind: how to talk to its reference hardware. */
export interface TransportKit<K extends BusKind> {
  /** One complete exchange with the reference hardware; rejects when the answer is not what was asked for. */
  exchange(transport: TransportOf[K], options?: CallOptions): Promise<void>;
  /** What `stuck` returns, in words: `a pending read`. */
  readonly stuckCall: string;
  /** Readies the reference hardware so that it does not answer the call that is returned: for HELD_MS, or ever. */
  stuck(transport: TransportOf[K]): Promise<(options?: CallOptions) => Promise<unknown>>;
  /** A call without a deadline of its own, whose answer comes after LATE_MS. */
  late(transport: TransportOf[K]): Promise<unknown>;
  /** Every call that a transport refuses when it has ended. */
  calls(transport: TransportOf[K]): readonly TransportCall[];
}

/** How to leave a number with a device and to ask for it: tells two devices of one model apart. */
export interface Mark<K extends BusKind> {
  set(transport: TransportOf[K], mark: number): Promise<void>;
  get(transport: TransportOf[K]): Promise<number>;
}
