import type { Device, DeviceInfo, DeviceKind, End } from './device.js';
import { BUS_KINDS, type Port } from './port.js';
import type { Offer } from './source.js';

/** Whether a candidate can be opened now. */
export type Availability =
  | { readonly state: 'free' }
  /** Somebody has it: who, and what for, so that a clerk knows whom to ask. */
  | { readonly state: 'leased'; readonly owner: string; readonly reason: string }
  /** It is configured or announced, but did not answer the last time. */
  | { readonly state: 'unreachable' };

/** A device that could be opened: one function of one physical thing, on whichever ports it is seen. */
export interface Candidate<D extends Device = Device> {
  /** Stable while the thing stays attached: its place and its kind. */
  readonly id: string;
  readonly kind: DeviceKind<D>;
  readonly info: DeviceInfo;
  readonly physical: string;
  /** Every port on which this function is seen, the preferred one first; empty for simulators. */
  readonly ports: readonly Port[];
  /** Ids of the drivers, in the order in which they are tried. */
  readonly drivers: readonly string[];
  readonly availability: Availability;
}

/** What the holder of a lease says of itself. */
export interface LeaseRequest {
  /** Who: the part of the app that uses the device. */
  readonly owner: string;
  /** What for, as a clerk reads it. */
  readonly reason: string;
}

/** The right to use one device, until it is released or the device ends. */
export interface Lease<D extends Device = Device> extends LeaseRequest {
  readonly device: D;
  readonly candidate: Candidate<D>;
  readonly ended: Promise<End>;
  /** Closes the device and gives it back; idempotent. */
  release(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** One function of one physical thing: its place and its kind. */
export function candidateId(offer: Pick<Offer, 'physical' | 'kind'>): string {
  return `${offer.physical}#${offer.kind.id}`;
}

/** The offers of each candidate, the preferred port first. */
export function groupOffers(offers: readonly Offer[]): ReadonlyMap<string, readonly [Offer, ...Offer[]]> {
  const groups = new Map<string, [Offer, ...Offer[]]>();
  for (const offer of [...offers].sort((a, b) => preference(a) - preference(b))) {
    const group = groups.get(candidateId(offer));
    if (group === undefined) groups.set(candidateId(offer), [offer]);
    else group.push(offer);
  }
  return groups;
}

/** The candidate of a group of offers. */
export function candidateOf(
  offers: readonly [Offer, ...Offer[]],
  lease: LeaseRequest | undefined,
): Candidate {
  const [first] = offers;
  return {
    id: candidateId(first),
    kind: first.kind,
    info: first.info,
    physical: first.physical,
    ports: offers.flatMap((offer) => offer.ports),
    drivers: offers.map((offer) => offer.driver),
    availability:
      lease !== undefined
        ? { state: 'leased', owner: lease.owner, reason: lease.reason }
        : offers.every((offer) => offer.reachable === false)
          ? { state: 'unreachable' }
          : { state: 'free' },
  };
}

function preference(offer: Offer): number {
  const [port] = offer.ports;
  return port === undefined ? BUS_KINDS.length : BUS_KINDS.indexOf(port.bus);
}
