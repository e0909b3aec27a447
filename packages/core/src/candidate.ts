import type { DeviceInfo, Device, DeviceKind } from './device.js';
import type { Holder } from './lease-request.js';
import { BUS_KINDS, type Port } from './port.js';
import type { Offer } from './source.js';

/** Whether a candidate can be opened now. */
export type Availability =
  | { readonly state: 'free' }
  /** Somebody has it, or another function of the same thing that it would be taken from. */
  | ({ readonly state: 'leased' } & Holder)
  /** It is configured or announced, but did not answer the last time. */
  | { readonly state: 'unreachable' };

/** A device that could be opened: one function of one physical thing, on whichever ports it is seen. */
export interface Candidate<D extends Device = Device> {
  /** Stable while the thing stays attached: its place, its kind, and its part where it has several equal ones. */
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

/** The offers of one candidate, the preferred one first. */
export type OfferGroup = readonly [Offer, ...Offer[]];

/** One function of one physical thing: its place, its kind and its part. */
export function candidateId({ physical, kind, part }: Pick<Offer, 'physical' | 'kind' | 'part'>): string {
  return part === undefined ? `${physical}#${kind.id}` : `${physical}#${kind.id}/${part}`;
}

/** The offers of each candidate, the preferred port first. */
export function groupOffers(offers: readonly Offer[]): ReadonlyMap<string, OfferGroup> {
  const groups = new Map<string, [Offer, ...Offer[]]>();
  for (const offer of [...offers].sort((a, b) => preference(a) - preference(b))) {
    const group = groups.get(candidateId(offer));
    if (group === undefined) groups.set(candidateId(offer), [offer]);
    else group.push(offer);
  }
  return groups;
}

/** The candidate of a group of offers; `holder` is who keeps it from being opened. */
export function candidateOf(offers: OfferGroup, holder: Holder | undefined): Candidate {
  const [first] = offers;
  return {
    id: candidateId(first),
    kind: first.kind,
    info: first.info,
    physical: first.physical,
    ports: [...new Set(offers.flatMap((offer) => offer.ports))],
    drivers: offers.map((offer) => offer.driver),
    availability:
      holder !== undefined
        ? { state: 'leased', ...holder }
        : offers.every((offer) => offer.reachable === false)
          ? { state: 'unreachable' }
          : { state: 'free' },
  };
}

function preference(offer: Offer): number {
  const [port] = offer.ports;
  return port === undefined ? BUS_KINDS.length : BUS_KINDS.indexOf(port.bus);
}
