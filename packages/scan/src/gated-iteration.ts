import { withDeadline, type OperationGate } from '@buergerkoffer/core';
import { Observable, type Subscription } from 'rxjs';

/** One run of a bulk operation, before it starts. */
export interface PreparedRun<T> {
  /** How long an item may take, in milliseconds. */
  readonly patienceMs: number;
  /** Makes the items; the signal is aborted when the run ends early, then it must clean up by itself. */
  produce(signal: AbortSignal): AsyncIterator<T>;
}

/**
 * A bulk operation that runs alone on a device: nothing starts before the first pull, `return()` cancels at once even
 * while an item is awaited, and the next operation waits until the producer has cleaned up. For drivers and simulators.
 * Fails with what `prepare` throws before the gate is asked, like {@link OperationGate.stream}, with `signal.reason` when
 * aborted, and with `timeout` when an item takes longer than `patienceMs`.
 */
export function iterateAlone<T>(
  gate: OperationGate,
  name: string,
  prepare: () => PreparedRun<T>,
  signal?: AbortSignal,
): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => new GatedIteration(gate, name, prepare, signal) };
}

/** One waiting pull. */
interface Pull<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

class GatedIteration<T> implements AsyncIterator<T, undefined> {
  readonly #gate: OperationGate;
  readonly #name: string;
  readonly #prepare: () => PreparedRun<T>;
  readonly #signal: AbortSignal | undefined;
  readonly #pulls: Pull<T>[] = [];
  #run: PreparedRun<T> | undefined;
  #subscription: Subscription | undefined;
  #source: AsyncIterator<T> | undefined;
  #pulling = false;
  #over = false;

  constructor(
    gate: OperationGate,
    name: string,
    prepare: () => PreparedRun<T>,
    signal: AbortSignal | undefined,
  ) {
    this.#gate = gate;
    this.#name = name;
    this.#prepare = prepare;
    this.#signal = signal;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#over) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#pulls.push({ resolve, reject });
      if (this.#subscription === undefined) this.#start();
      else this.#pull();
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#finish();
    return Promise.resolve({ done: true, value: undefined });
  }

  #start(): void {
    if (this.#signal?.aborted === true) {
      this.#finish({ error: this.#signal.reason });
      return;
    }
    this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
    try {
      this.#run = this.#prepare();
    } catch (error) {
      this.#finish({ error });
      return;
    }
    const alone = this.#gate.stream<never>(this.#name, () => this.#produced());
    this.#subscription = alone.subscribe({
      error: (error: unknown) => {
        this.#finish({ error });
      },
    });
  }

  /** The producer as the gate sees it: it lives until unsubscribed, and its cleaning up is the release. */
  #produced(): Observable<never> {
    return new Observable<never>(() => {
      const abort = new AbortController();
      const source = this.#run?.produce(abort.signal);
      this.#source = source;
      this.#pull();
      return () => {
        abort.abort();
        this.#gate.release(Promise.resolve(source?.return?.()));
      };
    });
  }

  /** Asks for the next item when one is wanted and none is under way. */
  #pull(): void {
    const [source, run] = [this.#source, this.#run];
    if (source === undefined || run === undefined || this.#pulling || this.#over || this.#pulls.length === 0)
      return;
    this.#pulling = true;
    withDeadline(`an item of ${this.#name}`, run.patienceMs, () => source.next()).then(
      (result) => {
        this.#pulling = false;
        if (this.#over) return;
        if (result.done === true) {
          this.#finish();
          return;
        }
        this.#pulls.shift()?.resolve({ done: false, value: result.value });
        this.#pull();
      },
      (error: unknown) => {
        this.#finish({ error });
      },
    );
  }

  readonly #onAbort = (): void => {
    this.#finish({ error: this.#signal?.reason });
  };

  /** Ends the run once; the first waiting pull hears of the failure, the others of the end. */
  #finish(failure?: { readonly error: unknown }): void {
    if (this.#over) return;
    this.#over = true;
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#subscription?.unsubscribe();
    if (failure !== undefined) this.#pulls.shift()?.reject(failure.error);
    for (const pull of this.#pulls.splice(0)) pull.resolve({ done: true, value: undefined });
  }
}
