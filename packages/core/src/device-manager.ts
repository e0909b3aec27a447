import {
  combineLatest,
  concat,
  distinctUntilChanged,
  finalize,
  ignoreElements,
  map,
  merge,
  NEVER,
  observeOn,
  of,
  queueScheduler,
  ReplaySubject,
  share,
  tap,
  type Observable,
} from 'rxjs';
import type { Diagnostic } from './bus.js';
import type { Candidate } from './candidate.js';
import { CandidateList } from './candidate-list.js';
import { SYSTEM_CLOCK, type Clock } from './clock.js';
import { withDeadline } from './deadline.js';
import type { Device, DeviceKind } from './device.js';
import { DeviceError } from './device-error.js';
import { HealthBook, type DeviceHealth } from './health/device-health.js';
import type { Lease } from './lease.js';
import type { LeaseRequest } from './lease-request.js';
import type { Claim, Holding } from './leases/claim.js';
import { LeaseDesk } from './leases/lease-desk.js';
import { openFirst, type PassedOver } from './leases/open-first.js';
import { OtherWays } from './leases/other-ways.js';
import type { Port } from './port.js';
import type { DeviceSource } from './source.js';
import { WatchedSource } from './watched-source.js';

/** How long opening a device may take, in milliseconds. */
const OPEN_MS = 15_000;
/** How long sources may take to let go of a port that they ask a question on, in milliseconds. */
const LEAVE_MS = 5_000;
/** How long a reset may take, in milliseconds. */
const RESET_MS = 10_000;

/** What a manager can be given beside its sources. */
export interface DeviceManagerOptions {
  /** Default the computer's clocks. */
  readonly clock?: Clock;
  /** `health` emits at most this often, in milliseconds. Default 1000. */
  readonly healthEveryMs?: number;
}

/** All devices that the sources know, merged by the physical thing, and the leases on them. */
export class DeviceManager {
  /** Cold and shared: watching starts with the first subscriber and stops with the last. First list within 1 s. */
  readonly devices: Observable<readonly Candidate[]>;
  /** What is missing and how to mend it, from all sources; and which open devices are not used in their preferred way. */
  readonly diagnostics: Observable<readonly Diagnostic[]>;
  /** Every attached port, also those that no driver understands. */
  readonly ports: Observable<readonly Port[]>;
  /** How each device does that was seen while somebody watched, gone ones too. Subscribing watches the devices. */
  readonly health: Observable<readonly DeviceHealth[]>;
  readonly #sources: readonly WatchedSource[];
  readonly #desk = new LeaseDesk();
  readonly #list = new CandidateList(this.#desk);
  readonly #book: HealthBook;
  readonly #otherWays = new OtherWays();
  #seen: readonly Candidate[] = [];

  constructor(sources: readonly DeviceSource[], options: DeviceManagerOptions = {}) {
    this.#sources = sources.map((source) => new WatchedSource(source));
    this.#book = new HealthBook(options.clock ?? SYSTEM_CLOCK);
    this.devices = combineLatest([all(this.#sources.map(({ offers }) => offers)), this.#desk.changes]).pipe(
      map(([lists]) => this.#list.update(lists.flat())),
      distinctUntilChanged(sameItems),
      // Whoever hears of a change may change more: that is told when everybody has heard of the first.
      observeOn(queueScheduler),
      tap((candidates) => {
        this.#compare(candidates);
      }),
      finalize(() => {
        this.#seen = [];
      }),
      share({ connector: () => new ReplaySubject(1) }),
    );
    this.diagnostics = all([
      ...this.#sources.map(({ diagnostics }) => diagnostics),
      this.#otherWays.diagnostics,
    ]).pipe(map((lists) => lists.flat()));
    this.ports = all(this.#sources.map(({ ports }) => ports)).pipe(map((lists) => lists.flat()));
    this.health = merge(
      this.#book.watch(options.healthEveryMs ?? 1_000),
      this.devices.pipe(ignoreElements()),
    );
  }

  /** The candidates of one kind. */
  of<D extends Device>(kind: DeviceKind<D>): Observable<readonly Candidate<D>[]> {
    return this.devices.pipe(
      map((candidates) =>
        candidates.filter((candidate): candidate is Candidate<D> => candidate.kind === kind),
      ),
      distinctUntilChanged(sameItems),
    );
  }

  /**
   * Opens `candidate` for one holder; the lease ends by itself when the device is lost. Rejects `busy` with the
   * holder's name when somebody has it, or another function of the thing that opening would take it from (unless the
   * request waits); `lost` when it goes while it is waited for, `not-found`, `timeout`, or `signal.reason`.
   */
  async open<D extends Device>(
    candidate: Candidate<D>,
    request: LeaseRequest,
    signal?: AbortSignal,
  ): Promise<Lease<D>> {
    signal?.throwIfAborted();
    const { id, info } = candidate;
    const holding = await this.#hold(this.#claim(candidate, request), signal);
    await this.#leave();
    const offers = this.#list.offersOf(candidate).filter(({ ports }) => this.#desk.isFree(ports, holding));
    const meter = this.#book.meterOf(candidate);
    const opening = openFirst(offers, { model: info.model, withinMs: OPEN_MS, meter }, signal);
    try {
      const opened = await meter.open(() => opening.opened, signal);
      const { device, offer, passedOver } = opened;
      this.#desk.narrow(holding, offer.ports);
      this.#otherWays.opened(id, info.model, opened);
      void device.ended.then(({ reason }) => {
        if (reason === 'lost') {
          meter.lost();
          this.#desk.lose(id);
        }
        this.#give(holding);
      });
      return this.#leaseOf(device as D, candidate, holding, passedOver);
    } catch (error) {
      // A device that opens after all is closed at once; only then is the thing free for somebody else.
      void opening.settled.then(() => {
        this.#give(holding);
      });
      throw error;
    }
  }

  /**
   * Resets the physical thing of `candidate`: all its functions go and come back. Refused `busy` while any of them is
   * leased (unless the request waits), and none can be opened meanwhile. Rejects `unsupported` where no port can.
   */
  async reset(candidate: Candidate, request: LeaseRequest, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { physical, info } = candidate;
    const ways = () => [this.#list.offersAt(physical).flatMap(({ ports }) => ports)];
    const claim = { ...this.#claim(candidate, request), scope: 'thing', ways } as const;
    const holding = await this.#hold(claim, signal);
    try {
      await this.#leave();
      const offers = [...this.#list.offersOf(candidate), ...this.#list.offersAt(physical)];
      const able = offers.find((offer) => 'reset' in offer);
      if (able === undefined) {
        throw new DeviceError('unsupported', `${info.model} cannot be reset from here`, {
          remedy: 'unplug it and plug it in again',
        });
      }
      await withDeadline(`resetting ${info.model}`, RESET_MS, async (inner) => able.reset?.(inner), signal);
    } finally {
      this.#give(holding);
    }
  }

  #claim(candidate: Candidate, request: LeaseRequest): Claim {
    const { id, physical, info } = candidate;
    const ways = () => this.#list.offersOf(candidate).map(({ ports }) => ports);
    return { candidate: id, physical, model: info.model, scope: 'function', request, ways };
  }

  async #hold(claim: Claim, signal: AbortSignal | undefined): Promise<Holding> {
    const holding = this.#desk.take(claim);
    if (holding !== undefined) return holding;
    // What goes meanwhile must be noticed.
    const watch = this.devices.subscribe();
    try {
      return await this.#desk.wait(claim, signal);
    } finally {
      watch.unsubscribe();
    }
  }

  #give(holding: Holding): void {
    this.#desk.give(holding);
    void this.#leave();
  }

  /** Tells the sources what is in use; resolves when they have let go of it. */
  async #leave(): Promise<void> {
    const { ports } = this.#desk;
    const leaving = () => Promise.all(this.#sources.map((source) => source.leave(ports)));
    await withDeadline('the end of a question', LEAVE_MS, leaving).catch(() => undefined);
  }

  #leaseOf<D extends Device>(
    device: D,
    candidate: Candidate<D>,
    holding: Holding,
    passedOver: readonly PassedOver[],
  ): Lease<D> {
    const release = async (): Promise<void> => {
      try {
        await device.close();
      } finally {
        this.#give(holding);
      }
    };
    return {
      ...holding.claim.request,
      device,
      candidate,
      passedOver,
      ended: device.ended,
      wanted: this.#desk.wantedOf(holding),
      release,
      [Symbol.asyncDispose]: release,
    };
  }

  /** Notes what came and went. */
  #compare(candidates: readonly Candidate[]): void {
    const now = new Set(candidates.map(({ id }) => id));
    const gone = this.#seen.filter(({ id }) => !now.has(id));
    this.#seen = candidates;
    this.#book.seen(candidates);
    for (const { id } of gone) {
      this.#desk.lose(id);
      this.#otherWays.forget(id);
    }
    this.#desk.review();
  }
}

/** combineLatest that answers with an empty list when there is nothing to combine. */
function all<T>(streams: readonly Observable<T>[]): Observable<readonly T[]> {
  return streams.length === 0 ? concat(of([]), NEVER) : combineLatest(streams);
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
