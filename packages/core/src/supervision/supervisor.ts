import {
  BehaviorSubject,
  firstValueFrom,
  from,
  fromEvent,
  map,
  NEVER,
  switchMap,
  takeUntil,
  type Observable,
} from 'rxjs';
import type { Diagnostic } from '../bus.js';
import { withDeadline } from '../deadline.js';
import type { End } from '../device.js';
import type { Connect, Exit, Send } from './connection.js';
import { Life, type Failure, type Session, type WatchOptions } from './life.js';

/** How a process or thread is kept alive; times in milliseconds. */
export interface SupervisorOptions extends WatchOptions {
  /** Name for diagnostics. */
  readonly id: string;
  /** What an integrator can do when it fails. */
  readonly remedy: string;
  /** Pause before the first restart; doubles with each failure, up to 30 s. */
  readonly restartMs: number;
  /** How long opening something may take, the start included. */
  readonly openMs: number;
}

/** What a supervisor's process or thread does now. */
export type Running<S extends Session> =
  /** Nobody needs it. */
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly session: S }
  /** It has failed, and is started again in a while. */
  | { readonly state: 'down'; readonly diagnostic: Diagnostic };

const MAX_RESTART_MS = 30_000;
/** One that lived this long has recovered: the next pause is short again. */
const RECOVERED_MS = 60_000;
/** How long a new life waits for the old one to be gone. */
const GONE_MS = 5_000;

/** Keeps a process or thread running while somebody needs it; starts it again with growing pauses when it fails. */
export class Supervisor<S extends Session> {
  /** What it does now, and every change. */
  readonly running: Observable<Running<S>>;
  readonly #connect: Connect;
  readonly #session: (send: Send) => S;
  readonly #options: SupervisorOptions;
  readonly #running = new BehaviorSubject<Running<S>>({ state: 'idle' });
  #holders = 0;
  #failures = 0;
  #life: Life<S> | undefined;
  #sinceMs = 0;
  #restart: ReturnType<typeof setTimeout> | undefined;
  #previous: Promise<void> = Promise.resolve();
  #starting = false;

  /** `session` makes what both sides say to each other, for each life anew. */
  constructor(connect: Connect, session: (send: Send) => S, options: SupervisorOptions) {
    this.#connect = connect;
    this.#session = session;
    this.#options = options;
    this.running = this.#running.asObservable();
  }

  /** Needs it until the returned function is called. */
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

  /** Runs `work` with a session that is ready, starting a life when there is none. */
  async use<T>(
    what: string,
    work: (session: S, signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const release = this.hold();
    try {
      const use = async (inner: AbortSignal): Promise<T> => work(await this.#ready(inner), inner);
      return await withDeadline(what, this.#options.openMs, use, signal);
    } finally {
      release();
    }
  }

  /** Opens something in a session that is ready, and holds it until that ends. */
  async open<T extends { readonly ended: Promise<End> }>(
    what: string,
    open: (session: S, signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const release = this.hold();
    try {
      const opened = await this.use(what, open, signal);
      void opened.ended.then(release);
      return opened;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** A session that is ready: this one, or the one after the next start. */
  async #ready(signal: AbortSignal): Promise<S> {
    const ready = this.#running.pipe(
      switchMap((now) =>
        now.state === 'running' ? from(now.session.ready).pipe(map(() => now.session)) : NEVER,
      ),
      takeUntil(fromEvent(signal, 'abort')),
    );
    const session = await firstValueFrom(ready, { defaultValue: undefined });
    signal.throwIfAborted();
    if (session === undefined) throw new Error('a session ended without an abort');
    return session;
  }

  #start(): void {
    if (this.#life !== undefined || this.#starting) return;
    this.#starting = true;
    void atMost(GONE_MS, this.#previous).then(() => {
      this.#starting = false;
      if (this.#holders > 0) this.#run();
    });
  }

  #run(): void {
    const life = new Life(this.#options, this.#session, (failure, exit) => {
      this.#failed(failure, exit);
    });
    this.#life = life;
    this.#sinceMs = performance.now();
    this.#running.next({ state: 'running', session: life.session });
    this.#previous = life.start(this.#connect);
  }

  #stop(): void {
    clearTimeout(this.#restart);
    this.#restart = undefined;
    this.#failures = 0;
    this.#life?.finish();
    this.#life = undefined;
    this.#running.next({ state: 'idle' });
  }

  #failed(failure: Failure, exit: Exit | undefined): void {
    const { restartMs } = this.#options;
    if (performance.now() - this.#sinceMs > RECOVERED_MS) this.#failures = 0;
    const pauseMs = Math.min(restartMs * 2 ** this.#failures, MAX_RESTART_MS);
    this.#failures += 1;
    this.#life = undefined;
    this.#running.next({ state: 'down', diagnostic: diagnosticOf(this.#options, failure, exit, pauseMs) });
    if (this.#holders === 0) return;
    this.#restart = setTimeout(() => {
      this.#restart = undefined;
      this.#start();
    }, pauseMs);
  }
}

/** Resolves with `work`, or after `ms` milliseconds. */
function atMost(ms: number, work: Promise<void>): Promise<void> {
  return withDeadline('the end of the previous life', ms, () => work).catch(() => undefined);
}

function diagnosticOf(
  { id, what, remedy }: SupervisorOptions,
  failure: Failure,
  exit: Exit | undefined,
  pauseMs: number,
): Diagnostic {
  const stderr =
    exit === undefined || exit.stderrBytes === 0 ? '' : `; it wrote ${exit.stderrBytes} bytes to stderr`;
  return {
    code: `${what}.${failure.type}`,
    severity: 'error',
    message: `the ${what} of ${id} failed: ${failure.message}${stderr}; it is started again in ${pauseMs} ms`,
    remedy,
  };
}
