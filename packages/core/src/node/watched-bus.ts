import { debounceTime, EMPTY, Observable, throttleTime, type Subscription } from 'rxjs';
import type { Bus, Diagnostic, PortEvent } from '../bus.js';
import { withDeadline } from '../deadline.js';
import type { BusKind, Port } from '../port.js';
import { sharedWatch } from '../shared-watch.js';

/** How long one look at a bus may take, in milliseconds. */
const LOOK_MS = 10_000;
/** One thing that is plugged in makes many nodes: a look waits until none came for this long, in milliseconds… */
const QUIET_MS = 30;
/** …but while something comes and goes all the time, there is a look this often, in milliseconds. */
const AT_LEAST_EVERY_MS = 300;

/** What one look at a bus finds. */
export interface Listing<K extends BusKind> {
  readonly ports: readonly Port<K>[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A bus that is looked at: when something hints at a change, and every `everyMs` milliseconds in any case. */
export interface WatchedBusOptions<K extends BusKind> {
  readonly kind: K;
  readonly everyMs: number;
  /** Everything that is there now; never rejects for a missing library, service or device tree. */
  readonly list: () => Promise<Listing<K>>;
  /** Cold. Emits when a look is worth it now; its end or failure leaves the look every `everyMs`. */
  readonly hints?: Observable<unknown>;
  readonly open: Bus<K>['open'];
  readonly reset?: NonNullable<Bus<K>['reset']>;
}

/**
 * A bus that lists by looking again, only while somebody watches. A look costs a few milliseconds, so a hint is
 * enough: what came and went is found by comparing two looks, and no event can be missed.
 */
export function watchedBus<K extends BusKind>(options: WatchedBusOptions<K>): Bus<K> {
  const { kind, open, reset } = options;
  return { kind, events: sharedWatch(looking(options)), open, ...(reset === undefined ? {} : { reset }) };
}

function looking<K extends BusKind>(options: WatchedBusOptions<K>): Observable<PortEvent<K>> {
  return new Observable((subscriber) => {
    const look = new Look(options, (event) => {
      subscriber.next(event);
    });
    const hints = options.hints ?? EMPTY;
    const again = (): void => {
      look.now();
    };
    const ignore = (): void => undefined;
    const watching: Subscription = hints
      .pipe(debounceTime(QUIET_MS))
      .subscribe({ next: again, error: ignore });
    watching.add(
      hints
        .pipe(throttleTime(AT_LEAST_EVERY_MS, undefined, { leading: false, trailing: true }))
        .subscribe({ next: again, error: ignore }),
    );
    look.now();
    subscriber.add(watching);
    subscriber.add(() => {
      look.stop();
    });
  });
}

/** One look at a time, the differences between two of them, and the next one in `everyMs` milliseconds. */
class Look<K extends BusKind> {
  readonly #options: WatchedBusOptions<K>;
  readonly #tell: (event: PortEvent<K>) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #known = new Map<string, Port<K>>();
  #said = '';
  #listed = false;
  #looking = false;
  #asked = 0;
  #stopped = false;

  constructor(options: WatchedBusOptions<K>, tell: (event: PortEvent<K>) => void) {
    this.#options = options;
    this.#tell = tell;
  }

  /** Looks at once, or once more after the look that is under way. */
  now(): void {
    if (this.#stopped) return;
    this.#asked += 1;
    if (!this.#looking) void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#looking = true;
    let asked: number;
    do {
      asked = this.#asked;
      const { kind, list } = this.#options;
      const found = await withDeadline(`listing ${kind}`, LOOK_MS, list).catch((error: unknown) =>
        failed<K>(kind, error),
      );
      if (this.#isOver()) return;
      this.#compare(found);
    } while (asked !== this.#asked && !this.#isOver());
    this.#looking = false;
    if (this.#isOver()) return;
    this.#timer = setTimeout(() => {
      this.now();
    }, this.#options.everyMs);
  }

  /** Asked anew each time: whoever hears of a port may leave at once. */
  #isOver(): boolean {
    return this.#stopped;
  }

  #compare({ ports, diagnostics }: Listing<K>): void {
    const now = new Map(ports.map((port) => [port.id, port]));
    const before = this.#known;
    this.#known = now;
    for (const [id, port] of before) if (!now.has(id)) this.#tell({ type: 'detached', port });
    for (const [id, port] of now) {
      const was = before.get(id);
      if (was === undefined) this.#tell({ type: 'attached', port });
      else if (JSON.stringify(was) !== JSON.stringify(port)) this.#tell({ type: 'changed', port });
    }
    const says = JSON.stringify(diagnostics);
    if (says !== this.#said) this.#tell({ type: 'diagnostics', diagnostics });
    this.#said = says;
    if (!this.#listed) this.#tell({ type: 'listed' });
    this.#listed = true;
  }
}

function failed<K extends BusKind>(kind: K, error: unknown): Listing<K> {
  return {
    ports: [],
    diagnostics: [
      {
        code: `${kind}.failed`,
        severity: 'error',
        message: `the ${kind} bus could not be listed: ${textOf(error)}`,
        remedy: 'run `koffer doctor` and send its output with a report',
      },
    ],
  };
}

/** The message of whatever was thrown, on one line. */
export function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 200);
}

/** The diagnostic of a library that is not installed or does not load, told apart by the text of `error`. */
export function libraryDiagnostic(kind: BusKind, library: string, needs: string, error: unknown): Diagnostic {
  const text = textOf(error);
  return /Cannot find (package|module)/i.test(text)
    ? {
        code: `${kind}.library-missing`,
        severity: 'info',
        message: `the optional library ${library} is not installed: ${kind} devices are not seen`,
        remedy: `npm install ${library}`,
      }
    : {
        code: `${kind}.library-broken`,
        severity: 'error',
        message: `the library ${library} does not load: ${text}`,
        remedy: needs,
      };
}
