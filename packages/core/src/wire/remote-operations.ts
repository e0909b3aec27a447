import { Observable } from 'rxjs';
import { withDeadline } from '../deadline.js';
import type { OperationShape } from '../device.js';
import { DeviceError } from '../device-error.js';

/** What one running operation of the other process tells; `done` or `failed` is the last thing. */
export interface CallListener {
  value(value: unknown): void;
  done(): void;
  failed(error: unknown): void;
}

/** One running operation of the other process. */
export interface RemoteCall {
  /** Asks an iteration for its next item. */
  pull(): void;
  /** Aborts the signal that the operation was given there. */
  abort(): void;
  /** Ends it there; its listener hears nothing more. */
  cancel(): void;
  /** Ends an iteration there; its listener still hears `done`. */
  finish(): void;
}

/** Starts an operation in the other process; throws when the device has ended or an argument cannot travel. */
export type StartCall = (
  operation: string,
  shape: OperationShape,
  args: readonly unknown[],
  listener: CallListener,
) => RemoteCall;

/** How long the other process may take to end an iteration, in milliseconds. */
const RETURN_MS = 10_000;

type Operation = (...args: readonly unknown[]) => unknown;

/** A method that does what `operation` does in the other process. */
export function remoteOperation(start: StartCall, operation: string, shape: OperationShape): Operation {
  switch (shape) {
    case 'stream':
      return (...args) => remoteStream(start, operation, args);
    case 'call':
      return (...args) => remoteAnswer(start, operation, args);
    case 'iterate':
      return (...args) => ({
        [Symbol.asyncIterator]: () => new RemoteIterator(start, operation, args),
      });
    default:
      return shape satisfies never;
  }
}

function remoteStream(start: StartCall, operation: string, args: readonly unknown[]): Observable<unknown> {
  return new Observable((subscriber) => {
    const signal = signalOf(args);
    const call = start(operation, 'stream', args, {
      value: (value) => {
        subscriber.next(value);
      },
      done: () => {
        subscriber.complete();
      },
      failed: (error) => {
        subscriber.error(error);
      },
    });
    const forget = onAbort(signal, () => {
      call.abort();
    });
    subscriber.add(() => {
      forget();
      call.cancel();
    });
  });
}

async function remoteAnswer(start: StartCall, operation: string, args: readonly unknown[]): Promise<unknown> {
  const signal = signalOf(args);
  signal?.throwIfAborted();
  let forget = (): void => undefined;
  try {
    return await new Promise((resolve, reject) => {
      const call = start(operation, 'call', args, {
        value: resolve,
        done: () => {
          reject(new DeviceError('protocol', `${operation} ended in its process without an answer`));
        },
        failed: reject,
      });
      forget = onAbort(signal, () => {
        call.abort();
        call.cancel();
        reject(signal?.reason);
      });
    });
  } finally {
    forget();
  }
}

interface Waiter {
  readonly resolve: (result: IteratorResult<unknown, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

const OVER: IteratorResult<unknown, undefined> = { done: true, value: undefined };

/** An iteration that starts at its first pull; pulls are answered in order. */
class RemoteIterator implements AsyncIterator<unknown, undefined> {
  readonly #begin: () => RemoteCall;
  readonly #operation: string;
  readonly #signal: AbortSignal | undefined;
  readonly #waiting: Waiter[] = [];
  #call: RemoteCall | undefined;
  #over = false;
  #failure: { readonly error: unknown } | undefined;
  #ended: () => void = () => undefined;
  #forget: () => void = () => undefined;

  constructor(start: StartCall, operation: string, args: readonly unknown[]) {
    this.#operation = operation;
    this.#signal = signalOf(args);
    this.#begin = () =>
      start(operation, 'iterate', args, {
        value: (value) => this.#waiting.shift()?.resolve({ done: false, value }),
        done: () => {
          this.#end(undefined);
        },
        failed: (error) => {
          this.#end({ error });
        },
      });
  }

  next(): Promise<IteratorResult<unknown, undefined>> {
    return new Promise((resolve, reject) => {
      const failure = this.#failure;
      this.#failure = undefined;
      if (failure !== undefined) {
        reject(failure.error);
        return;
      }
      if (this.#over) {
        resolve(OVER);
        return;
      }
      if (this.#call === undefined) {
        this.#signal?.throwIfAborted();
        this.#call = this.#begin();
        this.#forget = onAbort(this.#signal, () => {
          this.#aborted();
        });
      }
      this.#waiting.push({ resolve, reject });
      this.#call.pull();
    });
  }

  async return(): Promise<IteratorResult<unknown, undefined>> {
    const call = this.#call;
    if (call === undefined || this.#over) {
      this.#over = true;
      return OVER;
    }
    const ended = new Promise<void>((resolve) => {
      this.#ended = resolve;
    });
    call.finish();
    await withDeadline(`the end of ${this.#operation} in its process`, RETURN_MS, () => ended);
    this.#failure = undefined;
    return OVER;
  }

  #aborted(): void {
    this.#call?.abort();
    this.#call?.cancel();
    this.#end({ error: this.#signal?.reason });
  }

  /** The first pull that waits hears of a failure, or else the next one; the others find the end. */
  #end(failure: { readonly error: unknown } | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#forget();
    const waiting = this.#waiting.splice(0);
    const first = failure === undefined ? undefined : waiting.shift();
    if (failure !== undefined && first !== undefined) first.reject(failure.error);
    else this.#failure = failure;
    for (const waiter of waiting) waiter.resolve(OVER);
    this.#ended();
  }
}

/** The AbortSignal among the arguments of an operation. */
export function signalOf(args: readonly unknown[]): AbortSignal | undefined {
  return args.find((arg) => arg instanceof AbortSignal);
}

/** Runs `then` when `signal` is aborted, at once when it is already; the returned function stops listening. */
function onAbort(signal: AbortSignal | undefined, then: () => void): () => void {
  if (signal?.aborted === true) then();
  else signal?.addEventListener('abort', then, { once: true });
  return () => {
    signal?.removeEventListener('abort', then);
  };
}
