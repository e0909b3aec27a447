import type { Device } from '../device.js';
import type { DeviceDriver } from '../driver.js';
import type { MatchIndex } from '../match-index.js';
import type { BusKind, Port } from '../port.js';
import type { Attachment } from './port-table.js';

/** A driver of one bus. */
export type Driver<K extends BusKind> = DeviceDriver<Device, K>;

/** A question that is under way. */
interface Asking {
  readonly controller: AbortController;
  readonly over: Promise<void>;
}

/** What is known of the thing at one port: who understands it, and whether it is still to be asked. */
export class KnownPort<K extends BusKind> {
  readonly #index: MatchIndex<K>;
  #attachment: Attachment<K>;
  /** Those that understand it by what it says of itself. */
  #certain: readonly Driver<K>[] = [];
  #questions: readonly Driver<K>[] = [];
  #confirmed: Driver<K> | undefined;
  #open: boolean;
  #asking: Asking | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;
  /** How often its port could not be opened. */
  closedDoors = 0;

  constructor(index: MatchIndex<K>, attachment: Attachment<K>) {
    this.#index = index;
    this.#attachment = attachment;
    this.#sort();
    this.#open = this.#questions.length > 0;
  }

  get port(): Port<K> {
    return this.#attachment.port;
  }

  get plug(): number {
    return this.#attachment.plug;
  }

  /** All that understand it; those that need not ask come first. */
  get drivers(): readonly Driver<K>[] {
    return this.#confirmed === undefined ? this.#certain : [...this.#certain, this.#confirmed];
  }

  /** Those that would have to ask it, in their order; none for a kind that somebody understands without asking. */
  get questions(): readonly Driver<K>[] {
    return this.#questions;
  }

  /** The question that is under way. */
  get asking(): Asking | undefined {
    return this.#asking;
  }

  /** Whether it is to be asked now: not yet answered, nobody asks, no pause runs, and it can be reached. */
  get waits(): boolean {
    return this.#open && this.#asking === undefined && this.#later === undefined && isReachable(this.port);
  }

  /** The same thing with other properties: what it answered stands, unless other drivers may ask now. */
  meetAgain(attachment: Attachment<K>): void {
    const { port, questions } = this;
    this.#attachment = attachment;
    if (port === attachment.port) return;
    this.#sort();
    if (this.#confirmed !== undefined && this.#questions.includes(this.#confirmed)) return;
    this.#confirmed = undefined;
    const others = this.#questions.some((driver) => !questions.includes(driver));
    if (others || (!isReachable(port) && isReachable(this.port))) this.#open = this.#questions.length > 0;
  }

  /** Notes that it is being asked, until `over`. */
  ask(controller: AbortController, over: Promise<void>): void {
    const asking = { controller, over };
    this.#asking = asking;
    void over.then(() => {
      if (this.#asking === asking) this.#asking = undefined;
    });
  }

  /** Waits `ms` milliseconds before the next question; then calls `then`. */
  pause(ms: number, then: () => void): void {
    this.#later = setTimeout(() => {
      this.#later = undefined;
      then();
    }, ms);
  }

  /** It is not asked any more: `driver` heard yes, or nobody did. */
  answered(driver: Driver<K> | undefined): void {
    this.#open = false;
    this.#confirmed = driver;
  }

  /** Ends question and pause. */
  quit(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    this.#asking?.controller.abort();
  }

  #sort(): void {
    const drivers = this.#index.driversOf(this.port);
    this.#certain = drivers.filter((driver) => driver.identify === undefined);
    const kinds = new Set(this.#certain.map(({ kind }) => kind.id));
    this.#questions = drivers.filter((driver) => driver.identify !== undefined && !kinds.has(driver.kind.id));
  }
}

/** False only where somebody tried in vain. */
function isReachable(port: Port): boolean {
  return !('reachable' in port) || (port.reachable ?? true);
}
