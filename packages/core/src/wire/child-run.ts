import { InputError } from '@buergerkoffer/formats';
import { DeviceError } from '../device-error.js';
import { readChildMessage } from './child-message.js';
import type { Connect, Connection, Exit } from './connection.js';
import { encodeFrame, FrameReader } from './frame.js';
import type { HostMessage } from './host-message.js';
import { RemoteSession, type SessionListener } from './remote-session.js';

/** How a process is watched; times in milliseconds. */
export interface WatchOptions {
  /** Time between two pings. */
  readonly heartbeatMs: number;
  /** A process that says nothing for this long is ended. */
  readonly silenceMs: number;
  /** Time from start to `hello`. */
  readonly startMs: number;
  /** The largest frame that is taken from it, in bytes. */
  readonly maxFrameBytes: number;
}

/** Why a process was given up. */
export interface Failure {
  readonly code: 'process.exited' | 'process.silent' | 'process.garbage' | 'process.stuck';
  readonly message: string;
}

/** How long a process may take to end by itself once its input is closed, in milliseconds. */
const FINISH_MS = 2_000;
/** Unread bytes after which a process counts as stuck. */
const MAX_UNREAD_BYTES = 2 * 64 * 1024 * 1024;

/** One life of the process with the devices: from its start until it ends, fails or is no longer wanted. */
export class ChildRun {
  readonly session: RemoteSession;
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
    listener: SessionListener,
    onFailure: (failure: Failure, exit: Exit | undefined) => void,
  ) {
    this.#options = options;
    this.#onFailure = onFailure;
    this.session = new RemoteSession((message) => {
      this.#send(message);
    }, listener);
  }

  /** Starts the process; resolves when it is gone, and never rejects. */
  start(connect: Connect): Promise<void> {
    const reader = new FrameReader((message) => {
      if (this.#over) return;
      this.session.receive(readChildMessage(message));
      this.#silentBeats = 0;
    }, this.#options.maxFrameBytes);
    this.#heartbeat = setInterval(() => {
      this.#beat();
    }, this.#options.heartbeatMs);
    this.#connection = connect((chunk) => {
      this.#receive(reader, chunk);
    });
    // What it said may have ended this run before it had begun.
    if (this.#over) this.#connection.kill();
    return this.#connection.exited.then((exit) => {
      clearTimeout(this.#finishing);
      this.#fail({ code: 'process.exited', message: exit.how }, exit);
    });
  }

  /** Nobody needs it any more: closes its input, and ends it when it does not end by itself. */
  finish(): void {
    if (this.#over) return;
    this.#end(new DeviceError('closed', 'the process with the device is no longer needed'));
    this.#connection?.finish();
    this.#finishing = setTimeout(() => {
      this.#connection?.kill();
    }, FINISH_MS);
  }

  #receive(reader: FrameReader, chunk: Uint8Array): void {
    if (this.#over) return;
    try {
      reader.push(chunk);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const at = error.offset === undefined ? '' : ` (at byte ${error.offset})`;
      this.#fail({
        code: 'process.garbage',
        message: `it does not keep the protocol: ${error.message}${at}`,
      });
    }
  }

  /** Beats are counted, not time: while this process itself was busy or asleep, nothing counts against the other. */
  #beat(): void {
    const { heartbeatMs, silenceMs, startMs } = this.#options;
    const allowedMs = this.session.greeted ? silenceMs : startMs;
    if (this.#silentBeats * heartbeatMs >= allowedMs) {
      this.#fail({ code: 'process.silent', message: `it said nothing for ${allowedMs} ms` });
      return;
    }
    this.#silentBeats += 1;
    this.#send({ type: 'ping' });
  }

  #send(message: HostMessage): void {
    if (this.#over || this.#connection === undefined) return;
    this.#connection.send(encodeFrame(message));
    const unread = this.#connection.unread();
    if (unread > MAX_UNREAD_BYTES) {
      this.#fail({ code: 'process.stuck', message: `it leaves ${unread} bytes unread` });
    }
  }

  #fail(failure: Failure, exit?: Exit): void {
    if (this.#over) return;
    this.#end(new DeviceError('lost', `the process with the device was lost: ${failure.message}`));
    this.#connection?.kill();
    this.#onFailure(failure, exit);
  }

  #end(error: DeviceError): void {
    this.#over = true;
    clearInterval(this.#heartbeat);
    this.session.end(error);
  }
}
