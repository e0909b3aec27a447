import { InputError } from '@buergerkoffer/formats';
import { DeviceError } from '../device-error.js';
import type { Connect, Connection, Exit, Send } from './connection.js';

/** What both sides say during one life of the other one. */
export interface Session {
  /** Whether the other side has said hello. */
  readonly greeted: boolean;
  /** Resolves when the other side can be used; never rejects. */
  readonly ready: Promise<void>;
  /** Acts on one message; `InputError` when it is malformed or makes no sense at this point. */
  receive(message: unknown): void;
  /** The other side has gone or is given up: everything that came from it ends as lost, with `error`. */
  end(error: DeviceError): void;
}

/** How the other side is watched; times in milliseconds. */
export interface WatchOptions {
  /** What it is: a name in sentences, and the first word of the codes of diagnostics. */
  readonly what: 'process' | 'worker';
  /** Time between two pings. */
  readonly heartbeatMs: number;
  /** One that says nothing for this long is ended. */
  readonly silenceMs: number;
  /** Time from start to `hello`. */
  readonly startMs: number;
}

/** Why the other side was given up. */
export interface Failure {
  readonly type: 'exited' | 'silent' | 'garbage' | 'stuck';
  readonly message: string;
}

/** How long it may take to end by itself once it is not needed, in milliseconds. */
const FINISH_MS = 2_000;
/** Unread bytes after which it counts as stuck. */
const MAX_UNREAD_BYTES = 2 * 64 * 1024 * 1024;

/** One life of a process or thread: from its start until it ends, fails or is no longer wanted. */
export class Life<S extends Session> {
  readonly session: S;
  readonly #options: WatchOptions;
  readonly #onFailure: (failure: Failure, exit: Exit | undefined) => void;
  #connection: Connection | undefined;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #finishing: ReturnType<typeof setTimeout> | undefined;
  #silentBeats = 0;
  #over = false;

  /** `onFailure` is called at most once, and never after {@link finish}. */
  constructor(
    options: WatchOptions,
    session: (send: Send) => S,
    onFailure: (failure: Failure, exit: Exit | undefined) => void,
  ) {
    this.#options = options;
    this.#onFailure = onFailure;
    this.session = session((message, transfer) => {
      this.#send(message, transfer);
    });
  }

  /** Starts it; resolves when it is gone, and never rejects. */
  start(connect: Connect): Promise<void> {
    this.#heartbeat = setInterval(() => {
      this.#beat();
    }, this.#options.heartbeatMs);
    this.#connection = connect({
      message: (value) => {
        this.#receive(value);
      },
      broken: (error) => {
        this.#garbage(error);
      },
    });
    // What it said may have ended this life before it had begun.
    if (this.#over) this.#connection.kill();
    return this.#connection.exited.then((exit) => {
      clearTimeout(this.#finishing);
      this.#fail({ type: 'exited', message: exit.how }, exit);
    });
  }

  /** Nobody needs it any more: tells it so, and ends it when it does not end by itself. */
  finish(): void {
    if (this.#over) return;
    this.#end(new DeviceError('closed', `the ${this.#options.what} with the device is no longer needed`));
    this.#connection?.finish();
    this.#finishing = setTimeout(() => {
      this.#connection?.kill();
    }, FINISH_MS);
  }

  #receive(value: unknown): void {
    if (this.#over) return;
    try {
      this.session.receive(value);
      this.#silentBeats = 0;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#garbage(error);
    }
  }

  #garbage(error: InputError): void {
    const at = error.offset === undefined ? '' : ` (at byte ${error.offset})`;
    this.#fail({ type: 'garbage', message: `it does not keep the protocol: ${error.message}${at}` });
  }

  /** Beats are counted, not time: while this process itself was busy or asleep, nothing counts against the other. */
  #beat(): void {
    const { heartbeatMs, silenceMs, startMs } = this.#options;
    const allowedMs = this.session.greeted ? silenceMs : startMs;
    if (this.#silentBeats * heartbeatMs >= allowedMs) {
      this.#fail({ type: 'silent', message: `it said nothing for ${allowedMs} ms` });
      return;
    }
    this.#silentBeats += 1;
    this.#send({ type: 'ping' });
  }

  #send(message: object, transfer?: readonly ArrayBuffer[]): void {
    if (this.#over || this.#connection === undefined) return;
    this.#connection.send(message, transfer);
    const unread = this.#connection.unread();
    if (unread > MAX_UNREAD_BYTES) {
      this.#fail({ type: 'stuck', message: `it leaves ${unread} bytes unread` });
    }
  }

  #fail(failure: Failure, exit?: Exit): void {
    if (this.#over) return;
    const { what } = this.#options;
    this.#end(new DeviceError('lost', `the ${what} with the device was lost: ${failure.message}`));
    this.#connection?.kill();
    this.#onFailure(failure, exit);
  }

  #end(error: DeviceError): void {
    this.#over = true;
    clearInterval(this.#heartbeat);
    this.session.end(error);
  }
}
