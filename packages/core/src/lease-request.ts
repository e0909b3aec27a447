/**
 * Who goes first of those who wait, the last one before all others: a diagnosis that runs by itself, a step of a
 * procedure, somebody who has pressed a button and stands there.
 */
export const LEASE_PRIORITIES = ['background', 'planned', 'attended'] as const;

/** How urgent a request is. */
export type LeasePriority = (typeof LEASE_PRIORITIES)[number];

/** What somebody says who wants a device. */
export interface LeaseRequest {
  /** Who: the part of the app that uses the device. */
  readonly owner: string;
  /** What for, as a clerk reads it. */
  readonly reason: string;
  /** While somebody else has it: reject `busy` with the holder's name (default), or wait until it is free. */
  readonly whenBusy?: 'refuse' | 'wait';
  /** The longest wait in milliseconds; then `timeout`. Default 60000. */
  readonly waitMs?: number;
  /** Of those who wait the most urgent gets it first, of equals the one who came first. Default `planned`. */
  readonly priority?: LeasePriority;
}

/** Who has a device, and how many wait until it is given back. */
export interface Holder {
  /** Who, so that a clerk knows whom to ask. */
  readonly owner: string;
  readonly reason: string;
  readonly waiting: number;
}
