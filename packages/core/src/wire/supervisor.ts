import { BehaviorSubject, filter, firstValueFrom, fromEvent, map, Observable, takeUntil } from 'rxjs';
import type { Diagnostic } from '../bus.js';
import { withDeadline } from '../deadline.js';
import type { Device, DeviceKind } from '../device.js';
import { DeviceError } from '../device-error.js';
import type { ChildOffer } from './child-message.js';
import { ChildRun, type Failure, type WatchOptions } from './child-run.js';
import type { Connect, Exit } from './connection.js';

/** How a process is kept alive; times in milliseconds. */
export interface SupervisorOptions extends WatchOptions {
  /** Name of the source, for diagnostics. */
  readonly id: string;
  /** Pause before the first restart; doubles with each failure, up to 30 s. */
  readonly restartMs: number;
  /** How long opening a device may take, the start of the process included. */
  readonly openMs: number;
}

const MAX_RESTART_MS = 30_000;
/** A process that lived this long has recovered: the next pause is short again. */
const RECOVERED_MS = 60_000;
/** How long a new process waits for the old one to be gone. */
const GONE_MS = 5_000;

interface Running {
  readonly run: ChildRun;
  readonly sinceMs: number;
}

/** Keeps one process running while somebody needs it, and starts it again with growing pauses when it fails. */
export class Supervisor {
  /** The process's list; undefined until it is known, empty while the process is down. */
  readonly offers: Observable<readonly ChildOffer[] | undefined>;
  /** What the process says, and what is wrong with the process itself. */
  readonly diagnostics: Observable<readonly Diagnostic[]>;
  readonly #connect: Connect;
  readonly #options: SupervisorOptions;
  readonly #offers = new BehaviorSubject<readonly ChildOffer[] | undefined>(undefined);
  readonly #diagnostics = new BehaviorSubject<readonly Diagnostic[]>([]);
  #holders = 0;
  #failures = 0;
  #running: Running | undefined;
  #restart: ReturnType<typeof setTimeout> | undefined;
  #previous: Promise<void> = Promise.resolve();
  #starting = false;

  constructor(connect: Connect, options: SupervisorOptions) {
    this.#connect = connect;
    this.#options = options;
    this.offers = this.#offers.asObservable();
    this.diagnostics = this.#diagnostics.asObservable();
  }

  /** Needs the process until the returned function is called. */
  hold(): () => void {
    this.#holders += 1;
    if (this.#restart === undefined) this.#start();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#holders -= 1;
      if (this.#holders === 0) this.#stop();
    };
  }

  /** Opens the device of `offer`, starting the process when it does not run, and holds it until the device ends. */
  async open(offer: string, kind: DeviceKind, signal: AbortSignal): Promise<Device> {
    const release = this.hold();
    try {
      const what = `opening a device in the process ${this.#options.id}`;
      const open = async (inner: AbortSignal): Promise<Device> => {
        const run = await this.#runWith(offer, inner);
        return run.session.open(offer, kind, inner);
      };
      const device = await withDeadline(what, this.#options.openMs, open, signal);
      void device.ended.then(release);
      return device;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The running process once it has listed; `not-found` when its list lacks `offer`. */
  async #runWith(offer: string, signal: AbortSignal): Promise<ChildRun> {
    const listed = this.#offers.pipe(
      map((offers) => ({ offers, running: this.#running })),
      filter(({ offers, running }) => offers !== undefined && running !== undefined),
      takeUntil(fromEvent(signal, 'abort')),
    );
    const { offers, running } = await firstValueFrom(listed, { defaultValue: noList });
    signal.throwIfAborted();
    if (running === undefined || offers?.some(({ id }) => id === offer) !== true) {
      throw new DeviceError('not-found', 'the process no longer offers the device');
    }
    return running.run;
  }

  #start(): void {
    if (this.#running !== undefined || this.#starting) return;
    this.#starting = true;
    void atMost(GONE_MS, this.#previous).then(() => {
      this.#starting = false;
      if (this.#holders > 0) this.#run();
    });
  }

  #run(): void {
    const listener = {
      offers: (offers: readonly ChildOffer[]) => {
        this.#offers.next(offers);
      },
      diagnostics: (diagnostics: readonly Diagnostic[]) => {
        this.#diagnostics.next(diagnostics);
      },
    };
    const run = new ChildRun(this.#options, listener, (failure, exit) => {
      this.#failed(failure, exit);
    });
    this.#running = { run, sinceMs: performance.now() };
    this.#offers.next(undefined);
    this.#diagnostics.next([]);
    this.#previous = run.start(this.#connect);
  }

  #stop(): void {
    clearTimeout(this.#restart);
    this.#restart = undefined;
    this.#failures = 0;
    this.#running?.run.finish();
    this.#running = undefined;
    this.#offers.next(undefined);
    this.#diagnostics.next([]);
  }

  #failed(failure: Failure, exit: Exit | undefined): void {
    const { id, restartMs } = this.#options;
    const sinceMs = this.#running?.sinceMs ?? 0;
    if (performance.now() - sinceMs > RECOVERED_MS) this.#failures = 0;
    const pauseMs = Math.min(restartMs * 2 ** this.#failures, MAX_RESTART_MS);
    this.#failures += 1;
    this.#running = undefined;
    this.#diagnostics.next([diagnosticOf(id, failure, exit, pauseMs)]);
    this.#offers.next([]);
    if (this.#holders === 0) return;
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      this.#start();
    }, pauseMs);
  }
}

const noList = { offers: undefined, running: undefined } as const;

/** Resolves with `work`, or after `ms` milliseconds. */
function atMost(ms: number, work: Promise<void>): Promise<void> {
  return withDeadline('the end of the previous process', ms, () => work).catch(() => undefined);
}

function diagnosticOf(id: string, failure: Failure, exit: Exit | undefined, pauseMs: number): Diagnostic {
  const stderr =
    exit === undefined || exit.stderrBytes === 0 ? '' : `; it wrote ${exit.stderrBytes} bytes to stderr`;
  return {
    code: failure.code,
    severity: 'error',
    message: `the process of ${id} failed: ${failure.message}${stderr}; it is started again in ${pauseMs} ms`,
    remedy: 'start its command by hand in a shell to see what it writes, and repair its installation',
  };
}
