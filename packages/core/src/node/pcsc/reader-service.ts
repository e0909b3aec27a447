import { BehaviorSubject, ReplaySubject, type Observable } from 'rxjs';
import type { CardPresence } from '../../transport.js';
import type { OptionalLibrary } from '../optional-library.js';
import { SLOT, type PcscClient, type PcscLibrary, type PcscReader } from './pcsc-library.js';

/** How often a service that does not run is asked for, in milliseconds. */
const AGAIN_MS = 2_000;

/** One reader, as long as it is there. */
export interface ReaderState {
  readonly reader: PcscReader;
  /** What is in it; completes when the reader has gone. */
  readonly card: Observable<CardPresence>;
}

/** How the connection to the service stands. */
export type ServiceState =
  | { readonly state: 'starting' | 'running' }
  /** The library is missing; nothing is tried again. */
  | { readonly state: 'no-library' }
  | { readonly state: 'no-service'; readonly error: unknown };

/** What a reader did. */
export type ReaderEvent = {
  readonly type: 'came' | 'went';
  readonly name: string;
  readonly reader: ReaderState;
};

/**
 * The connection to the PC/SC service, held while somebody needs it. A service that does not run, or stops, is tried
 * again every two seconds; its readers have gone meanwhile.
 */
export class ReaderService {
  /** How the connection stands now, then every change. */
  readonly state: Observable<ServiceState>;
  readonly #state = new BehaviorSubject<ServiceState>({ state: 'starting' });
  readonly #library: OptionalLibrary<PcscLibrary>;
  readonly #readers = new Map<string, { readonly state: ReaderState; readonly gone: () => void }>();
  readonly #listeners = new Set<(event: ReaderEvent) => void>();
  #client: PcscClient | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #holders = 0;
  #life = 0;

  constructor(library: OptionalLibrary<PcscLibrary>) {
    this.#library = library;
    this.state = this.#state.asObservable();
  }

  /** Holds the connection until the returned function is called, once. */
  hold(): () => void {
    this.#holders += 1;
    if (this.#holders === 1) this.#begin();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders -= 1;
      if (this.#holders === 0) this.#end();
    };
  }

  /** Tells `listener` of the readers that are there, then of every change, until the returned function is called. */
  listen(listener: (event: ReaderEvent) => void): () => void {
    for (const [name, { state }] of this.#readers) listener({ type: 'came', name, reader: state });
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
    this.#life += 1;
    const life = this.#life;
    this.#state.next({ state: 'starting' });
    this.#library.load().then(
      (library) => {
        if (life === this.#life && this.#holders > 0) this.#start(library);
      },
      () => {
        if (life === this.#life) this.#state.next({ state: 'no-library' });
      },
    );
  }

  #start(library: PcscLibrary): void {
    const failed = (error: unknown): void => {
      if (this.#client !== client) return;
      this.#stop();
      this.#state.next({ state: 'no-service', error });
      this.#timer = setTimeout(() => {
        this.#begin();
      }, AGAIN_MS);
    };
    const client = library.client();
    this.#client = client;
    client.on('error', failed);
    client.on('reader', (reader) => {
      if (this.#client === client) this.#came(reader);
    });
    try {
      client.start();
      if (this.#client === client) this.#state.next({ state: 'running' });
    } catch (error) {
      failed(error);
    }
  }

  #came(reader: PcscReader): void {
    const name = reader.name();
    const card = new ReplaySubject<CardPresence>(1);
    const gone = (): void => {
      if (this.#readers.get(name)?.state !== state) return;
      this.#readers.delete(name);
      card.complete();
      this.#tell({ type: 'went', name, reader: state });
    };
    const state: ReaderState = { reader, card };
    this.#readers.get(name)?.gone();
    this.#readers.set(name, { state, gone });
    reader.on('change', ({ raw }, atr) => {
      const present = (raw & SLOT.present) !== 0;
      card.next(present ? { state: 'present', atr: atr.slice() } : { state: 'absent' });
    });
    reader.on('disconnect', gone);
    this.#tell({ type: 'came', name, reader: state });
  }

  #tell(event: ReaderEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  #stop(): void {
    const client = this.#client;
    this.#client = undefined;
    for (const { gone } of [...this.#readers.values()]) gone();
    try {
      client?.stop();
    } catch {
      // It had not started.
    }
  }

  #end(): void {
    this.#life += 1;
    clearTimeout(this.#timer);
    this.#stop();
  }
}
