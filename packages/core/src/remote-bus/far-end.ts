import { defer, EMPTY, throwError, type Observable } from 'rxjs';
import { withDeadline } from '../deadline.js';
import type { End } from '../device.js';
import { DeviceError } from '../device-error.js';
import type { CallOptions } from '../transport.js';
import type { Fields } from '../wire/fields.js';
import { FarBody } from './far-body.js';
import type { FarCalls } from './far-calls.js';
import type { Answer, FarTransport, OpenFar } from './transport-ends.js';
import { sendWithBytes } from './travelling-bytes.js';

/** How long the other side may take to release a port, in milliseconds. */
const CLOSE_MS = 10_000;

/** One transport that is open on the other side. */
export class FarEnd implements FarTransport {
  readonly ended: Promise<End>;
  readonly #id: number;
  readonly #calls: FarCalls;
  readonly #open: OpenFar;
  #settle: (end: End) => void = () => undefined;
  #over: DeviceError | undefined;

  constructor(id: number, calls: FarCalls, open: OpenFar) {
    this.#id = id;
    this.#calls = calls;
    this.#open = open;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** It has ended on the other side, or with it. */
  finish(end: End): void {
    const closed = (): DeviceError => this.#over ?? new DeviceError('closed', 'the transport was closed');
    const over = end.reason === 'lost' ? end.error : closed();
    this.#over = over;
    this.#calls.endOf(this.#id, over);
    this.#settle(end);
  }

  async close(): Promise<void> {
    if (this.#over === undefined) {
      this.#over = new DeviceError('closed', 'the transport is closed');
      this.#calls.channel.send({ type: 'close', transport: this.#id });
    }
    await withDeadline('the release of the port on the other side', CLOSE_MS, () => this.ended);
  }

  call<T>(
    operation: string,
    input: object,
    read: (value: Fields) => T,
    options: CallOptions | undefined,
    late?: (answer: T) => void,
  ): Promise<T> {
    return this.#ask(operation, input, read, options, late);
  }

  async ask<T>(
    operation: string,
    input: object,
    read: (value: Fields) => T,
    options: CallOptions | undefined,
  ): Promise<Answer<T>> {
    const both = (value: Fields, call: number) => ({ value: read(value), call });
    const { value, call } = await this.#ask(operation, input, both, options);
    return { value, body: new FarBody(this.#calls, call, this.#id, options?.signal) };
  }

  stream<T>(name: string, read: (item: Fields) => T): Observable<T> {
    const start = (call: number): void => {
      this.#calls.channel.send({ type: 'stream', call, transport: this.#id, stream: name });
    };
    return defer(() => {
      const over = this.#over;
      if (over === undefined) return this.#calls.stream(this.#id, start, read);
      return over.code === 'closed' ? EMPTY : throwError(() => over);
    });
  }

  async connect<T>(
    mode: 'exclusive' | 'shared',
    open: (card: FarTransport, said: Fields) => T,
    options: CallOptions | undefined,
    late?: (answer: T) => void,
  ): Promise<T> {
    if (this.#over !== undefined) throw this.#over;
    const message = { type: 'connect', reader: this.#id, mode, ...deadlineOf(options) };
    return this.#open(message, open, options?.signal, this.#id);
  }

  #ask<T>(
    operation: string,
    input: object,
    read: (value: Fields, call: number) => T,
    options: CallOptions | undefined,
    late?: (answer: T) => void,
  ): Promise<T> {
    if (this.#over !== undefined) return Promise.reject(this.#over);
    const start = (call: number): void => {
      const message = { type: 'call', call, transport: this.#id, operation, ...deadlineOf(options) };
      sendWithBytes(this.#calls.channel, message, 'input', input, 'borrowed');
    };
    return this.#calls.ask(this.#id, operation, start, read, options, late);
  }
}

function deadlineOf(options: CallOptions | undefined): { readonly timeoutMs?: number } {
  return options?.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs };
}
