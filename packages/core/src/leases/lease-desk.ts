import { BehaviorSubject, distinctUntilChanged, map, takeWhile, type Observable } from 'rxjs';
import { withDeadline } from '../deadline.js';
import { DeviceError } from '../device-error.js';
import type { Holder, LeaseRequest } from '../lease-request.js';
import { blockerOf, contends, isTaken, urgency, type Claim, type Holding, type Way } from './claim.js';

/** How long a claim waits that does not say, in milliseconds. */
const WAIT_MS = 60_000;

interface Waiting {
  readonly claim: Claim;
  readonly grant: (holding: Holding) => void;
  readonly refuse: (error: DeviceError) => void;
}

/** Who has what, and who waits for it. Knows no device: opening and closing is done by whoever was granted a claim. */
export class LeaseDesk {
  /** Emits at every change, and at once. */
  readonly changes: Observable<void>;
  readonly #changes = new BehaviorSubject<void>(undefined);
  readonly #holdings = new Set<Holding>();
  /** The most urgent first, of equals the one that came first. */
  readonly #queue: Waiting[] = [];

  constructor() {
    this.changes = this.#changes.asObservable();
  }

  /** Every port that is held. */
  get ports(): Way {
    return [...this.#holdings].flatMap(({ ports }) => ports);
  }

  /** Grants `claim` at once, or answers undefined when it has to wait; throws `busy` when it does not want to. */
  take(claim: Claim): Holding | undefined {
    const blocker = blockerOf(claim, this.#holdings);
    const earlier = this.#queue.find((waiting) => goesBefore(waiting.claim, claim));
    if (blocker === undefined && earlier === undefined) {
      const holding = this.#hold(claim);
      this.#changes.next();
      return holding;
    }
    if (claim.request.whenBusy === 'wait') return undefined;
    const { owner, reason } = (blocker?.claim ?? earlier?.claim ?? claim).request;
    const how = blocker === undefined ? 'waited for' : 'used';
    throw new DeviceError('busy', `${claim.model} is ${how} by ${owner}: ${reason}`);
  }

  /** Waits for `claim` in the queue; rejects `timeout`, `lost`, or with `signal.reason`. */
  async wait(claim: Claim, signal?: AbortSignal): Promise<Holding> {
    const turn: { waiting?: Waiting; holding?: Holding } = {};
    const queue = (): Promise<Holding> =>
      new Promise((resolve, reject) => {
        const grant = (holding: Holding): void => {
          turn.holding = holding;
          resolve(holding);
        };
        turn.waiting = { claim, grant, refuse: reject };
        this.#enqueue(turn.waiting);
      });
    try {
      return await withDeadline(`waiting for ${claim.model}`, claim.request.waitMs ?? WAIT_MS, queue, signal);
    } catch (error) {
      // Whoever gives up in the moment of the grant must not keep it.
      if (turn.holding !== undefined) this.give(turn.holding);
      if (turn.waiting !== undefined && this.#dequeue(turn.waiting)) this.#changed();
      throw error;
    }
  }

  /** The claim of `holding` uses these ports only: the others are free for somebody else. */
  narrow(holding: Holding, ports: Way): void {
    holding.ports = ports;
    this.#changed();
  }

  /** Gives `holding` back; nothing happens when it was given back before. */
  give(holding: Holding): void {
    if (this.#holdings.delete(holding)) this.#changed();
  }

  /** The device of `candidate` has gone: what comes back may be another one, so nobody is left waiting for it. */
  lose(candidate: string): void {
    for (const waiting of this.#queue.filter(({ claim }) => claim.candidate === candidate)) {
      this.#dequeue(waiting);
      waiting.refuse(new DeviceError('lost', `${waiting.claim.model} has gone while it was waited for`));
    }
    this.#changed();
  }

  /** Grants what can be granted now that something else is attached. */
  review(): void {
    if (this.#grant()) this.#changes.next();
  }

  /** Whether `way` is free for `holding`: nobody else has a port that it needs or would take. */
  isFree(way: Way, holding: Holding): boolean {
    return ![...this.#holdings].some((other) => other !== holding && isTaken(way, other));
  }

  /** Who has what `wish` asks for, and how many wait for the same; undefined when it is free. */
  holderOf(wish: Pick<Claim, 'candidate' | 'physical' | 'ways'>): Holder | undefined {
    const holding = blockerOf({ ...wish, scope: 'function' }, this.#holdings);
    if (holding === undefined) return undefined;
    const { owner, reason } = holding.claim.request;
    return { owner, reason, waiting: this.#waitingFor(holding).length };
  }

  /** The more urgent requests that `holding` keeps waiting, at every change; completes when it is given back. */
  wantedOf(holding: Holding): Observable<readonly LeaseRequest[]> {
    return this.#changes.pipe(
      map(() => (this.#holdings.has(holding) ? this.#moreUrgentThan(holding) : undefined)),
      takeWhile((wanted) => wanted !== undefined),
      distinctUntilChanged((a, b) => a.length === b.length && a.every((request, i) => request === b[i])),
    );
  }

  #moreUrgentThan(holding: Holding): readonly LeaseRequest[] {
    return this.#waitingFor(holding)
      .map(({ claim }) => claim.request)
      .filter((request) => urgency(request) > urgency(holding.claim.request));
  }

  #waitingFor(holding: Holding): readonly Waiting[] {
    return this.#queue.filter(({ claim }) => blockerOf(claim, [holding]) !== undefined);
  }

  #changed(): void {
    this.#grant();
    this.#changes.next();
  }

  /** Whether anything was granted. */
  #grant(): boolean {
    const before: Claim[] = [];
    let granted = false;
    for (const waiting of [...this.#queue]) {
      const { claim } = waiting;
      const next = !before.some((earlier) => contends(earlier, claim));
      if (next && blockerOf(claim, this.#holdings) === undefined) {
        this.#dequeue(waiting);
        waiting.grant(this.#hold(claim));
        granted = true;
      } else {
        before.push(claim);
      }
    }
    return granted;
  }

  #hold(claim: Claim): Holding {
    const free = claim.ways().filter((way) => ![...this.#holdings].some((held) => isTaken(way, held)));
    const holding: Holding = { claim, ports: free.flat() };
    this.#holdings.add(holding);
    return holding;
  }

  #enqueue(waiting: Waiting): void {
    const at = this.#queue.findIndex(({ claim }) => urgency(claim.request) < urgency(waiting.claim.request));
    this.#queue.splice(at < 0 ? this.#queue.length : at, 0, waiting);
    this.#changed();
  }

  #dequeue(waiting: Waiting): boolean {
    const at = this.#queue.indexOf(waiting);
    if (at >= 0) this.#queue.splice(at, 1);
    return at >= 0;
  }
}

/** Whether `waiting` is granted before a claim that comes now. */
function goesBefore(waiting: Claim, claim: Claim): boolean {
  return contends(waiting, claim) && urgency(waiting.request) >= urgency(claim.request);
}
