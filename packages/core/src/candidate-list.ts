import { candidateOf, groupOffers, type Candidate, type OfferGroup } from './candidate.js';
import { DeviceError } from './device-error.js';
import type { LeaseDesk } from './leases/lease-desk.js';
import type { Offer } from './source.js';

/** The candidates of a manager, and the offers behind them. */
export class CandidateList {
  readonly #desk: LeaseDesk;
  readonly #offersOf = new WeakMap<Candidate, OfferGroup>();
  /** The offers of the last list: a source may renew them without any visible change. */
  #latest: ReadonlyMap<string, OfferGroup> = new Map();
  #known: ReadonlyMap<string, Candidate> = new Map();

  constructor(desk: LeaseDesk) {
    this.#desk = desk;
  }

  /** The candidates of `offers`, in the order of their ids; one that has not changed is the same object as before. */
  update(offers: readonly Offer[]): readonly Candidate[] {
    this.#latest = groupOffers(offers);
    const known = this.#known;
    const now = [...this.#latest].map(([id, group]) => {
      const fresh = this.#candidate(id, group);
      const before = known.get(id);
      const candidate = before !== undefined && looksLike(before, fresh) ? before : fresh;
      this.#offersOf.set(candidate, group);
      return candidate;
    });
    this.#known = new Map(now.map((candidate) => [candidate.id, candidate]));
    return now.sort((a, b) => a.id.localeCompare(b.id));
  }

  /** The offers of `candidate` now, or the last ones; `invalid-request` for a candidate of another manager. */
  offersOf(candidate: Candidate): OfferGroup {
    const seen = this.#offersOf.get(candidate);
    if (seen === undefined) {
      throw new DeviceError('invalid-request', 'the candidate is not from this manager', {
        path: 'candidate',
      });
    }
    return this.#latest.get(candidate.id) ?? seen;
  }

  /** The offers of all functions of one physical thing. */
  offersAt(physical: string): readonly Offer[] {
    return [...this.#latest.values()].flat().filter((offer) => offer.physical === physical);
  }

  #candidate(id: string, group: OfferGroup): Candidate {
    const ways = group.map(({ ports }) => ports);
    const holder = this.#desk.holderOf({ candidate: id, physical: group[0].physical, ways: () => ways });
    return candidateOf(group, holder);
  }
}

function looksLike(a: Candidate, b: Candidate): boolean {
  return a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
}
