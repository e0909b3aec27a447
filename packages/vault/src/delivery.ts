import { concat, defer, from, mergeMap, Observable } from 'rxjs';
import type { Clock } from './clock.js';
import { isFinal, type OutboxEntry } from './outbox-entry.js';

/** What is handed to the remote system; `submissionId` is the idempotency key. */
export interface DeliveryRequest {
  readonly submissionId: string;
  /** The sealed submission, a JWE in compact form as UTF-8. */
  readonly body: Uint8Array;
  /** Number of this attempt, from 1; above 1 the receiver may have it already. */
  readonly attempt: number;
  /** `received` when the receiver has it and only its decision is missing: look it up or send it again. */
  readonly state: 'sending' | 'received';
}

/** What the remote system answered; `reason` is a code, free text is shown but not stored. */
export interface DeliveryAnswer {
  readonly state: 'received' | 'accepted' | 'rejected';
  readonly reason?: string;
}

/**
 * Sends one submission. Rejects with an SdkError of kind `service`: `unreachable` and `timeout` are tried again, any other
 * error ends the attempts of that submission for this run.
 */
export type DeliveryPort = (request: DeliveryRequest, signal: AbortSignal) => Promise<DeliveryAnswer>;

/** One step of a delivery. */
export type DeliveryProgress =
  | { readonly type: 'sending'; readonly entry: OutboxEntry }
  | { readonly type: 'received'; readonly entry: OutboxEntry }
  | { readonly type: 'accepted'; readonly entry: OutboxEntry }
  | { readonly type: 'rejected'; readonly entry: OutboxEntry; readonly reason: string | undefined }
  | { readonly type: 'waiting'; readonly entry: OutboxEntry; readonly waitMs: number; readonly cause: string }
  | { readonly type: 'postponed'; readonly entry: OutboxEntry; readonly cause: string }
  | { readonly type: 'failed'; readonly entry: OutboxEntry; readonly error: unknown };

/** How long and how often is tried. */
export interface DeliveryOptions {
  readonly signal?: AbortSignal;
  /** Attempts per submission in this run; then it is `postponed`. Default 6. */
  readonly attempts?: number;
  /** Deadline of one attempt in ms, then it counts as `timeout`. Default 60,000. */
  readonly attemptMs?: number;
  /** First pause in ms, doubled each time, with up to half of it taken off at random. Default 1,000. */
  readonly firstWaitMs?: number;
  /** Longest pause in ms. Default 300,000. */
  readonly longestWaitMs?: number;
}

/** What a delivery needs of its outbox. */
export interface DeliveryContext {
  readonly clock: Clock;
  /** Random numbers from 0 to below 1 for the jitter; seeded in tests. */
  readonly random: () => number;
  /** Takes a submission in hand; `false` when another delivery has it. */
  readonly claim: (submissionId: string) => boolean;
  readonly release: (submissionId: string) => void;
  readonly pending: () => Promise<readonly OutboxEntry[]>;
  readonly body: (submissionId: string) => Promise<Uint8Array>;
  readonly advance: (
    entry: OutboxEntry,
    change: Pick<OutboxEntry, 'state' | 'attempts'> & { readonly reason?: string | undefined },
  ) => Promise<OutboxEntry>;
}

/** Submissions that are on the line at the same moment; those that wait take no place. */
const PARALLEL_ATTEMPTS = 3;

type Advance = Parameters<DeliveryContext['advance']>[1];

/** The progress of all pending submissions; one that fails or waits holds up no other case. */
export function deliverEntries(
  context: DeliveryContext,
  port: DeliveryPort,
  options: DeliveryOptions,
): Observable<DeliveryProgress> {
  return defer(() => {
    const line = new Line(PARALLEL_ATTEMPTS);
    return from(context.pending()).pipe(
      mergeMap((entries) => casesOf(entries)),
      mergeMap((ofCase) =>
        concat(
          ...ofCase.map((entry) =>
            observed<DeliveryProgress>(
              (emit, signal) => new Delivery({ context, port, options, line, emit, signal }).run(entry),
              options.signal,
            ),
          ),
        ),
      ),
    );
  });
}

interface DeliveryRun {
  readonly context: DeliveryContext;
  readonly port: DeliveryPort;
  readonly options: DeliveryOptions;
  readonly line: Line;
  readonly emit: (progress: DeliveryProgress) => void;
  readonly signal: AbortSignal;
}

type Outcome =
  | { readonly type: 'answer'; readonly answer: DeliveryAnswer }
  | { readonly type: 'again'; readonly cause: string };

/** One submission from where it stands to its end, or to the end of the attempts of this run. */
class Delivery {
  readonly #run: DeliveryRun;

  constructor(run: DeliveryRun) {
    this.#run = run;
  }

  async run(entry: OutboxEntry): Promise<void> {
    const { context, emit, signal } = this.#run;
    if (!context.claim(entry.submissionId)) return;
    let latest = entry;
    try {
      await this.#attempts(entry, (next) => (latest = next));
    } catch (error) {
      if (signal.aborted) throw error;
      emit({ type: 'failed', entry: latest, error });
    } finally {
      context.release(entry.submissionId);
    }
  }

  async #attempts(entry: OutboxEntry, keep: (entry: OutboxEntry) => void): Promise<void> {
    const { context, options, emit, signal } = this.#run;
    const most = options.attempts ?? 6;
    let current = entry;
    for (let count = 1; ; count += 1) {
      const state = current.state === 'received' ? 'received' : 'sending';
      current = await this.#advance(current, { state, attempts: current.attempts + 1 });
      keep(current);
      emit({ type: 'sending', entry: current });
      const outcome = await this.#attempt(current, state);
      if (outcome.type === 'answer') {
        const { answer } = outcome;
        current = await this.#advance(current, { ...answer, attempts: current.attempts });
        keep(current);
        if (answer.state === 'rejected') emit({ type: 'rejected', entry: current, reason: answer.reason });
        else emit({ type: answer.state, entry: current });
      }
      if (isFinal(current)) return;
      const cause = outcome.type === 'again' ? outcome.cause : 'received';
      if (count >= most) {
        emit({ type: 'postponed', entry: current, cause });
        return;
      }
      const waitMs = this.#waitMs(count);
      emit({ type: 'waiting', entry: current, waitMs, cause });
      await context.clock.sleep(waitMs, signal);
    }
  }

  #advance(entry: OutboxEntry, change: Advance): Promise<OutboxEntry> {
    this.#run.signal.throwIfAborted();
    return this.#run.context.advance(entry, change);
  }

  #attempt(entry: OutboxEntry, state: 'sending' | 'received'): Promise<Outcome> {
    const { context, port, line, signal } = this.#run;
    return line.take(signal, async () => {
      const body = await context.body(entry.submissionId);
      const request = { submissionId: entry.submissionId, body, attempt: entry.attempts, state };
      const over = new AbortController();
      try {
        const sending = port(request, AbortSignal.any([signal, over.signal]));
        return await Promise.race([
          sending.then(answered, triedAgain),
          this.#deadline(over.signal),
          aborted(signal),
        ]);
      } finally {
        over.abort(new DOMException('the attempt is over', 'AbortError'));
      }
    });
  }

  async #deadline(over: AbortSignal): Promise<Outcome> {
    const { context, options } = this.#run;
    try {
      await context.clock.sleep(options.attemptMs ?? 60_000, over);
    } catch {
      // The attempt ended first; the race is decided.
    }
    return { type: 'again', cause: 'timeout' };
  }

  #waitMs(count: number): number {
    const { context, options } = this.#run;
    const longest = options.longestWaitMs ?? 300_000;
    const full = Math.min(longest, (options.firstWaitMs ?? 1_000) * 2 ** (count - 1));
    return Math.round(full * (1 - context.random() / 2));
  }
}

/** Lets a fixed number through at a time, the others in the order of their coming. */
class Line {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number) {
    this.#free = places;
  }

  async take<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}

function answered(answer: DeliveryAnswer): Outcome {
  return { type: 'answer', answer };
}

function triedAgain(error: unknown): Outcome {
  if (isServiceError(error) && (error.code === 'unreachable' || error.code === 'timeout')) {
    return { type: 'again', cause: error.code };
  }
  throw error;
}

function isServiceError(error: unknown): error is { readonly kind: 'service'; readonly code: unknown } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'kind' in error &&
    error.kind === 'service' &&
    'code' in error
  );
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the contract is `signal.reason`
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

function casesOf(entries: readonly OutboxEntry[]): readonly (readonly OutboxEntry[])[] {
  const cases = new Map<string, OutboxEntry[]>();
  for (const entry of entries) cases.set(entry.caseId, [...(cases.get(entry.caseId) ?? []), entry]);
  return [...cases.values()];
}

/** Runs a task as a cold observable; unsubscribing aborts it, an abort from outside ends it with the signal's reason. */
function observed<T>(
  task: (emit: (value: T) => void, signal: AbortSignal) => Promise<void>,
  outer: AbortSignal | undefined,
): Observable<T> {
  return new Observable<T>((subscriber) => {
    const own = new AbortController();
    const signal = outer === undefined ? own.signal : AbortSignal.any([own.signal, outer]);
    task((value) => {
      subscriber.next(value);
    }, signal).then(
      () => {
        subscriber.complete();
      },
      (error: unknown) => {
        subscriber.error(error);
      },
    );
    return () => {
      own.abort(new DOMException('unsubscribed', 'AbortError'));
    };
  });
}
