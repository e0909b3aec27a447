import type { FarCalls } from './far-calls.js';

/** How many pieces of a body are under way at once. */
const AHEAD = 4;

interface Waiter {
  readonly resolve: (result: IteratorResult<Uint8Array, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

type Ending = { readonly type: 'done' } | { readonly type: 'failed'; readonly error: unknown };

/**
 * The body of an answer: pieces come as they are pulled, a few ahead. It can be iterated once; leaving the loop
 * cancels the rest.
 */
export class FarBody implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly #calls: FarCalls;
  readonly #call: number;
  readonly #leave: () => void;
  readonly #pieces: Uint8Array[] = [];
  readonly #waiting: Waiter[] = [];
  #asked = 0;
  #ending: Ending | undefined;

  /** What follows the answer of `call`, a call of `transport`; aborting `signal` ends it. */
  constructor(calls: FarCalls, call: number, transport: number, signal: AbortSignal | undefined) {
    this.#calls = calls;
    this.#call = call;
    const onAbort = (): void => {
      this.#cancel({ type: 'failed', error: signal?.reason });
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    this.#leave = () => {
      signal?.removeEventListener('abort', onAbort);
    };
    calls.listen(call, transport, {
      value: (value) => {
        this.#asked -= 1;
        const piece = value.bytes('data');
        const waiter = this.#waiting.shift();
        if (waiter === undefined) this.#pieces.push(piece);
        else waiter.resolve({ done: false, value: piece });
      },
      done: () => {
        this.#end({ type: 'done' });
      },
      failed: (error) => {
        this.#end({ type: 'failed', error });
      },
    });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    return new Promise((resolve, reject) => {
      const piece = this.#pieces.shift();
      if (piece !== undefined) resolve({ done: false, value: piece });
      else this.#waiting.push({ resolve, reject });
      this.#ask();
      this.#settle();
    });
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#cancel({ type: 'done' });
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Nobody wants the rest, here or any more. */
  #cancel(ending: Ending): void {
    this.#pieces.length = 0;
    if (this.#ending !== undefined) return;
    this.#calls.channel.send({ type: 'cancel', call: this.#call });
    this.#end(ending);
  }

  /** A few pieces more than are waited for. */
  #ask(): void {
    const count = AHEAD + this.#waiting.length - this.#pieces.length - this.#asked;
    if (count <= 0 || this.#ending !== undefined) return;
    this.#asked += count;
    this.#calls.channel.send({ type: 'credit', call: this.#call, count });
  }

  #end(ending: Ending): void {
    this.#calls.forget(this.#call);
    this.#leave();
    this.#ending ??= ending;
    this.#settle();
  }

  /** After the last piece: the first who waits hears of a failure, the others find the end. */
  #settle(): void {
    if (this.#ending === undefined) return;
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      const ending = this.#ending;
      this.#ending = { type: 'done' };
      if (ending.type === 'failed') reject(ending.error);
      else resolve({ done: true, value: undefined });
    }
  }
}
