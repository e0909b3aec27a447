import { BehaviorSubject, ReplaySubject, type Observable } from 'rxjs';
import { DeviceError } from '../../device-error.js';
import type { CardPresence } from '../../transport.js';
import type { ReaderStatus } from './reader-status.js';
import { watchReaders } from './reader-watch.js';

/** What is in a slot, and after how many comings and goings (modulo 65,536). */
export interface SlotState {
  readonly cardEvents: number;
  readonly presence: CardPresence;
}

/** One reader, as long as it is there. */
export interface ReaderState {
  readonly name: string;
  /** What is in it: now, then every change; completes when the reader has gone. */
  readonly slot: Observable<SlotState>;
}

/** How the connection to the service stands. */
export type ServiceState =
  /** `listed`: it has told of the readers that are there. */
  { readonly state: 'starting' | 'listed' } | { readonly state: 'no-service'; readonly error: DeviceError };

/** What a reader did. */
export interface ReaderEvent {
  readonly type: 'came' | 'went';
  readonly reader: ReaderState;
}

interface Known {
  readonly state: ReaderState;
  readonly slot: ReplaySubject<SlotState>;
  status: ReaderStatus;
}

/**
 * The readers of the PC/SC service, watched while somebody needs them. A service that does not run, or stops, is tried
 * again every `againMs` milliseconds; its readers have gone meanwhile.
 */
export class ReaderService {
  /** How the connection stands now, then every change. */
  readonly states: Observable<ServiceState>;
  readonly #state = new BehaviorSubject<ServiceState>({ state: 'starting' });
  readonly #socket: string;
  readonly #againMs: number;
  readonly #readers = new Map<string, Known>();
  readonly #listeners = new Set<(event: ReaderEvent) => void>();
  #watch: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #holders = 0;

  constructor(socket: string, againMs: number) {
    this.#socket = socket;
    this.#againMs = againMs;
    this.states = this.#state.asObservable();
  }

  /** How the connection stands now. */
  get state(): ServiceState {
    return this.#state.value;
  }

  /** Holds the connection until the returned function is called, once. */
  hold(): () => void {
    this.#holders += 1;
    if (this.#holders === 1) {
      this.#state.next({ state: 'starting' });
      this.#begin();
    }
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders -= 1;
      if (this.#holders === 0) this.#stop();
    };
  }

  /** Tells `listener` of the readers that are there, then of every change, until the returned function is called. */
  listen(listener: (event: ReaderEvent) => void): () => void {
    for (const { state } of [...this.#readers.values()]) listener({ type: 'came', reader: state });
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The reader `name`, while it is there. */
  reader(name: string): ReaderState | undefined {
    return this.#readers.get(name)?.state;
  }

  #begin(): void {
    const watch = new AbortController();
    this.#watch = watch;
    const tell = (statuses: readonly ReaderStatus[]): void => {
      if (watch.signal.aborted) return;
      this.#compare(statuses);
      if (this.#state.value.state !== 'listed') this.#state.next({ state: 'listed' });
    };
    watchReaders(this.#socket, tell, watch.signal).catch((error: unknown) => {
      if (watch.signal.aborted) return;
      this.#allGone();
      this.#state.next({
        state: 'no-service',
        error: DeviceError.from(error, 'protocol', 'the PC/SC service refuses to tell of its readers'),
      });
      this.#timer = setTimeout(() => {
        this.#begin();
      }, this.#againMs);
    });
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#watch?.abort(new DeviceError('closed', 'nobody watches the readers any more'));
    this.#allGone();
  }

  #allGone(): void {
    for (const known of [...this.#readers.values()]) this.#went(known);
  }

  #compare(statuses: readonly ReaderStatus[]): void {
    const now = new Map(statuses.map((status) => [status.name, status]));
    for (const known of [...this.#readers.values()]) {
      const status = now.get(known.state.name);
      // A reader that was taken away and put in again in between counts anew.
      if (status === undefined || isBefore(status, known.status)) this.#went(known);
    }
    for (const status of statuses) {
      const known = this.#readers.get(status.name);
      if (known === undefined) this.#came(status);
      else update(known, status);
    }
  }

  #came(status: ReaderStatus): void {
    const slot = new ReplaySubject<SlotState>(1);
    const state: ReaderState = { name: status.name, slot: slot.asObservable() };
    const known: Known = { state, slot, status: { ...status, presence: undefined } };
    this.#readers.set(status.name, known);
    update(known, status);
    this.#tell({ type: 'came', reader: state });
  }

  #went({ state, slot }: Known): void {
    this.#readers.delete(state.name);
    slot.complete();
    this.#tell({ type: 'went', reader: state });
  }

  #tell(event: ReaderEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

/** Whether `one` comes before `other`, in counts modulo 65,536. */
export function isBefore(
  one: { readonly cardEvents: number },
  other: { readonly cardEvents: number },
): boolean {
  return ((one.cardEvents - other.cardEvents) & 0xffff) >= 0x8000;
}

/** Tells what has changed; of a card that was changed for another, also that the first one went. */
function update(known: Known, status: ReaderStatus): void {
  const before = known.status;
  const presence = status.presence;
  if (presence === undefined) return;
  known.status = status;
  const { cardEvents } = status;
  const isOther = cardEvents !== before.cardEvents;
  if (isOther && presence.state === 'present' && before.presence?.state === 'present') {
    known.slot.next({ cardEvents, presence: { state: 'absent' } });
    known.slot.next({ cardEvents, presence });
  } else if (isOther || textOf(presence) !== textOf(before.presence)) {
    known.slot.next({ cardEvents, presence });
  }
}

function textOf(presence: CardPresence | undefined): string {
  return presence?.state === 'present' ? presence.atr.join() : (presence?.state ?? '');
}
