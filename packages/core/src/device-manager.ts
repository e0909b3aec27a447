import {
  BehaviorSubject,
  catchError,
  combineLatest,
  concat,
  distinctUntilChanged,
  map,
  NEVER,
  Observable,
  of,
  ReplaySubject,
  share,
} from 'rxjs';
import type { Diagnostic } from './bus.js';
import {
  candidateId,
  candidateOf,
  groupOffers,
  type Candidate,
  type Lease,
  type LeaseRequest,
} from './candidate.js';
import { withDeadline } from './deadline.js';
import type { Device, DeviceKind } from './device.js';
import { DeviceError } from './device-error.js';
import type { Port } from './port.js';
import type { DeviceSource, Offer } from './source.js';

/** A source that has not listed after this time is taken as empty for the first list, in milliseconds. */
const FIRST_LIST_MS = 800;
/** How long opening a device may take, in milliseconds. */
const OPEN_MS = 15_000;

/** All devices that the sources know, merged by the physical thing, and the leases on them. */
export class DeviceManager {
  /** Cold and shared: watching starts with the first subscriber and stops with the last. First list within 1 s. */
  readonly devices: Observable<readonly Candidate[]>;
  /** What is missing and how to mend it, from all sources. */
  readonly diagnostics: Observable<readonly Diagnostic[]>;
  /** Every attached port, also those that no driver understands. */
  readonly ports: Observable<readonly Port[]>;
  readonly #leases = new BehaviorSubject<ReadonlyMap<string, LeaseRequest>>(new Map());
  readonly #offersOf = new WeakMap<Candidate, readonly [Offer, ...Offer[]]>();
  /** The offers of the last list: a source may renew them without any visible change. */
  #latest: ReadonlyMap<string, readonly [Offer, ...Offer[]]> = new Map();

  constructor(sources: readonly DeviceSource[]) {
    this.devices = combineLatest([all(sources.map((source) => listOf(source.offers))), this.#leases]).pipe(
      map(([lists, leases]) => this.#candidates(lists.flat(), leases)),
      distinctUntilChanged((a, b) => JSON.stringify(a) === JSON.stringify(b)),
      share({ connector: () => new ReplaySubject(1), resetOnRefCountZero: true }),
    );
    this.diagnostics = all(sources.map((source) => listOf(diagnosticsOf(source)))).pipe(
      map((lists) => lists.flat()),
    );
    const ports = sources.map((source) => source.ports).filter((stream) => stream !== undefined);
    this.ports = all(ports.map(listOf)).pipe(map((lists) => lists.flat()));
  }

  /** The candidates of one kind. */
  of<D extends Device>(kind: DeviceKind<D>): Observable<readonly Candidate<D>[]> {
    return this.devices.pipe(
      map((candidates) =>
        candidates.filter((candidate): candidate is Candidate<D> => candidate.kind === kind),
      ),
      distinctUntilChanged((a, b) => a.length === b.length && a.every((candidate, i) => candidate === b[i])),
    );
  }

  /**
   * Opens `candidate` for one holder. The lease ends by itself when the device is lost. Rejects `busy` with the
   * holder's name when somebody has it, `lost` or `not-found` when it has gone, `timeout`, or `signal.reason`.
   */
  async open<D extends Device>(
    candidate: Candidate<D>,
    request: LeaseRequest,
    signal?: AbortSignal,
  ): Promise<Lease<D>> {
    signal?.throwIfAborted();
    const seen = this.#offersOf.get(candidate);
    if (seen === undefined)
      throw new DeviceError('invalid-request', 'the candidate is not from this manager');
    const offers = this.#latest.get(candidate.id) ?? seen;
    const holder = this.#leases.value.get(candidate.id);
    if (holder !== undefined) {
      throw new DeviceError('busy', `${candidate.info.model} is used by ${holder.owner}: ${holder.reason}`);
    }
    this.#setLease(candidate.id, request);
    const give = (): void => {
      if (this.#leases.value.get(candidate.id) === request) this.#setLease(candidate.id, undefined);
    };
    const opening = new AbortController();
    const device = this.#openFirst(offers, opening.signal) as Promise<D>;
    try {
      const opened = await withDeadline(`opening ${candidate.info.model}`, OPEN_MS, () => device, signal);
      void opened.ended.then(give);
      return leaseOf(opened, candidate, request, give);
    } catch (error) {
      opening.abort(error);
      // A device that opens after all is closed at once; only then is the thing free for somebody else.
      void device
        .then(
          (late) => late.close(),
          () => undefined,
        )
        .then(give, give);
      throw error;
    }
  }

  /** The preferred port first; another one only when the first cannot be had. */
  async #openFirst(offers: readonly [Offer, ...Offer[]], signal: AbortSignal): Promise<Device> {
    let first: unknown;
    for (const offer of offers) {
      try {
        return await offer.open(signal);
      } catch (error) {
        signal.throwIfAborted();
        first ??= error;
      }
    }
    throw DeviceError.from(first, 'protocol', 'the device could not be opened');
  }

  #candidates(offers: readonly Offer[], leases: ReadonlyMap<string, LeaseRequest>): readonly Candidate[] {
    this.#latest = groupOffers(offers);
    return [...this.#latest.values()]
      .map((group) => {
        const candidate = candidateOf(group, leases.get(candidateId(group[0])));
        this.#offersOf.set(candidate, group);
        return candidate;
      })
      .sort((a, b) => a.id.localeCompare(b.id));
  }

  #setLease(id: string, request: LeaseRequest | undefined): void {
    const leases = new Map(this.#leases.value);
    if (request === undefined) leases.delete(id);
    else leases.set(id, request);
    this.#leases.next(leases);
  }
}

function leaseOf<D extends Device>(
  device: D,
  candidate: Candidate<D>,
  request: LeaseRequest,
  give: () => void,
): Lease<D> {
  const release = async (): Promise<void> => {
    try {
      await device.close();
    } finally {
      give();
    }
  };
  return {
    ...request,
    device,
    candidate,
    ended: device.ended,
    release,
    [Symbol.asyncDispose]: release,
  };
}

/** combineLatest that answers with an empty list when there is nothing to combine. */
function all<T>(streams: readonly Observable<T>[]): Observable<readonly T[]> {
  return streams.length === 0 ? concat(of([]), NEVER) : combineLatest(streams);
}

/** The lists of `stream`; an empty one when it is late with its first, or fails. */
function listOf<T>(stream: Observable<readonly T[]>): Observable<readonly T[]> {
  return new Observable((subscriber) => {
    const none = (): void => {
      subscriber.next([]);
    };
    const late = setTimeout(none, FIRST_LIST_MS);
    subscriber.add(() => {
      clearTimeout(late);
    });
    subscriber.add(
      stream.subscribe({
        next: (list) => {
          clearTimeout(late);
          subscriber.next(list);
        },
        error: () => {
          clearTimeout(late);
          none();
        },
      }),
    );
  });
}

/** The diagnostics of a source; its failure is one of them. */
function diagnosticsOf(source: DeviceSource): Observable<readonly Diagnostic[]> {
  const failed: Diagnostic = {
    code: 'source.failed',
    severity: 'error',
    message: `the device source ${source.id} stopped working`,
    remedy: 'start the application again; the other devices are not affected',
  };
  return source.diagnostics.pipe(catchError(() => concat(of<readonly Diagnostic[]>([failed]), NEVER)));
}
