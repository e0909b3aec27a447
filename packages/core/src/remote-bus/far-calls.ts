import { Observable } from 'rxjs';
import { InputError } from '@buergerkoffer/formats';
import { DeviceError } from '../device-error.js';
import type { CallOptions } from '../transport.js';
import type { Fields } from '../wire/fields.js';
import { STREAM_CREDIT } from './bus-request.js';
import type { Channel } from './travelling-bytes.js';

/** Deadline of an operation that names none, in milliseconds, as on every transport. */
const CALL_MS = 5_000;
/** The other side keeps the deadline; this much later, in milliseconds, this side stops waiting for it. */
const GRACE_MS = 1_000;
/** How long the other side may take to end what was aborted, in milliseconds. */
const ABORT_MS = 1_000;

/** Hears of one call; `done` or `failed` is the last thing. */
export interface FarListener {
  /** May throw `InputError`: then the other side does not keep the protocol. */
  value(value: Fields): void;
  done(): void;
  failed(error: unknown): void;
  /** Its transport was closed; without this, that is a failure. */
  closed?(): void;
}

interface Entry {
  readonly listener: FarListener;
  /** Number of the transport that it is a call of; 0 for calls of the bus. */
  readonly transport: number;
}

/** The calls that run on the other side, by number. */
export class FarCalls {
  readonly channel: Channel;
  readonly #entries = new Map<number, Entry>();
  #last = 0;
  #over: DeviceError | undefined;

  constructor(channel: Channel) {
    this.channel = channel;
  }

  /** The number of a new call of a transport; throws when the other side is over. */
  begin(transport: number, listener: FarListener): number {
    if (this.#over !== undefined) throw this.#over;
    this.#last += 1;
    this.#entries.set(this.#last, { listener, transport });
    return this.#last;
  }

  /** Listens to what follows the answer of `call`. */
  listen(call: number, transport: number, listener: FarListener): void {
    if (this.#over !== undefined) listener.failed(this.#over);
    else this.#entries.set(call, { listener, transport });
  }

  /** Nothing more is heard of `call`. */
  forget(call: number): void {
    this.#entries.delete(call);
  }

  /** Who listens to `call`; undefined for one that has ended here, `InputError` for one that was never made. */
  listenerOf(call: number): FarListener | undefined {
    if (call < 1 || call > this.#last) {
      throw new InputError('malformed', 'an answer to a call that was never made', { path: 'call' });
    }
    return this.#entries.get(call)?.listener;
  }

  /** A transport has ended there: its calls fail with `error`, its streams end. */
  endOf(transport: number, error: DeviceError): void {
    for (const [call, entry] of [...this.#entries]) {
      if (entry.transport !== transport) continue;
      this.#entries.delete(call);
      const { listener } = entry;
      if (error.code === 'closed' && listener.closed !== undefined) listener.closed();
      else listener.failed(error);
    }
  }

  /** The other side is over: every call fails with `error`. */
  end(error: DeviceError): void {
    this.#over ??= error;
    const left = [...this.#entries.values()];
    this.#entries.clear();
    for (const { listener } of left) listener.failed(error);
  }

  /**
   * One answer. `start` sends the call; the answer is read by `read`. Rejects with `signal.reason` when the other side
   * has ended what was aborted, `timeout` when it does not answer at all. An answer that crossed the abort goes to
   * `late`.
   */
  ask<T>(
    transport: number,
    name: string,
    start: (call: number) => void,
    read: (value: Fields, call: number) => T,
    options: CallOptions = {},
    late?: (answer: T) => void,
  ): Promise<T> {
    const { signal, timeoutMs = CALL_MS } = options;
    return new Promise<T>((resolve, reject) => {
      signal?.throwIfAborted();
      const settle = (then: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.forget(call);
        if (signal?.aborted === true) reject(signal.reason);
        else then();
      };
      const giveUp = (): void => {
        this.channel.send({ type: 'abort', call });
      };
      const onAbort = (): void => {
        clearTimeout(timer);
        giveUp();
        timer = setTimeout(() => {
          settle(() => undefined);
        }, ABORT_MS);
      };
      const call = this.begin(transport, {
        value: (value) => {
          const answer = read(value, call);
          if (signal?.aborted === true) late?.(answer);
          settle(() => {
            resolve(answer);
          });
        },
        done: () => {
          settle(() => {
            reject(new DeviceError('protocol', `${name} ended on the other side without an answer`));
          });
        },
        failed: (error) => {
          settle(() => {
            reject(error);
          });
        },
      });
      let timer = setTimeout(() => {
        giveUp();
        settle(() => {
          reject(new DeviceError('timeout', `${name} took longer than ${timeoutMs} ms`));
        });
      }, timeoutMs + GRACE_MS);
      signal?.addEventListener('abort', onAbort, { once: true });
      try {
        start(call);
      } catch (error) {
        settle(() => {
          reject(error);
        });
      }
    });
  }

  /** A stream. `start` sends the call; more is asked for as items are taken. Unsubscribing cancels. */
  stream<T>(transport: number, start: (call: number) => void, read: (item: Fields) => T): Observable<T> {
    return new Observable((subscriber) => {
      let taken = 0;
      let running = true;
      const end = (then: () => void): void => {
        running = false;
        this.forget(call);
        then();
      };
      const complete = (): void => {
        end(() => {
          subscriber.complete();
        });
      };
      const call = this.begin(transport, {
        value: (value) => {
          subscriber.next(read(value));
          taken += 1;
          if (taken < STREAM_CREDIT / 2) return;
          this.channel.send({ type: 'credit', call, count: taken });
          taken = 0;
        },
        done: complete,
        closed: complete,
        failed: (error) => {
          end(() => {
            subscriber.error(error);
          });
        },
      });
      subscriber.add(() => {
        this.forget(call);
        if (running) this.channel.send({ type: 'cancel', call });
      });
      start(call);
    });
  }
}
