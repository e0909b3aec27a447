import { LEASE_PRIORITIES, type LeaseRequest } from '../lease-request.js';
import type { Port } from '../port.js';
import { portsConflict } from './port-conflict.js';

/** The ports that one way to a device uses; a device may be reached in several ways. */
export type Way = readonly Port[];

/** What somebody wants: one function of a physical thing, or for a reset the whole thing. */
export interface Claim {
  /** Id of the candidate. */
  readonly candidate: string;
  readonly physical: string;
  /** What it is called in messages. */
  readonly model: string;
  readonly scope: 'function' | 'thing';
  readonly request: LeaseRequest;
  /** The ways to it now; asked anew whenever it matters, because ports come and go while somebody waits. */
  readonly ways: () => readonly Way[];
}

/** A claim that was granted. */
export interface Holding {
  readonly claim: Claim;
  /** The ports that it uses: those of all ways until the device is open, then those of the way that was taken. */
  ports: Way;
}

/** The holding that keeps `claim` from being granted, or undefined. */
export function blockerOf(
  claim: Pick<Claim, 'candidate' | 'physical' | 'scope' | 'ways'>,
  holdings: Iterable<Holding>,
): Holding | undefined {
  const all = [...holdings];
  const same = all.find((holding) => contends(holding.claim, claim));
  if (same !== undefined) return same;
  const blockers = claim.ways().map((way) => all.find((holding) => isTaken(way, holding)));
  // One free way is enough; a device without any way is found missing when it is opened.
  return blockers.includes(undefined) ? undefined : blockers[0];
}

/** Whether `way` needs a port that `holding` has, or one that opening would take from it. */
export function isTaken(way: Way, { ports }: Holding): boolean {
  return way.some((port) => ports.some((held) => portsConflict(held, port)));
}

/** Whether two claims can never be granted together: the same function, or a whole thing and a function of it. */
export function contends(
  a: Pick<Claim, 'candidate' | 'physical' | 'scope'>,
  b: Pick<Claim, 'candidate' | 'physical' | 'scope'>,
): boolean {
  if (a.candidate === b.candidate) return true;
  return a.physical === b.physical && (a.scope === 'thing' || b.scope === 'thing');
}

/** 0 for the least urgent. */
export function urgency({ priority }: LeaseRequest): number {
  return LEASE_PRIORITIES.indexOf(priority ?? 'planned');
}
