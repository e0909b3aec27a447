import type {
  DeliveryAnswer,
  DeliveryContext,
  DeliveryOptions,
  DeliveryPort,
  DeliveryProgress,
  EntryChange,
} from './delivery-port.js';
import { isFinal, isOutdated, type OutboxEntry } from './outbox-entry.js';
import type { WaitingLine } from './waiting-line.js';

/** One submission being delivered, and what it reports to. */
export interface DeliveryRunContext {
  readonly context: DeliveryContext;
  readonly port: DeliveryPort;
  readonly options: DeliveryOptions;
  readonly line: WaitingLine;
  readonly emit: (progress: DeliveryProgress) => void;
  readonly signal: AbortSignal;
}

type Outcome =
  | { readonly type: 'answer'; readonly answer: DeliveryAnswer }
  | { readonly type: 'again'; readonly cause: string; readonly retryAfterMs?: number };

/** One submission from where it stands to its end, or to the end of the attempts of this run. */
export class DeliveryRun {
  readonly #run: DeliveryRunContext;

  constructor(run: DeliveryRunContext) {
    this.#run = run;
  }

  /** The entry as it stands at the end; `undefined` when another delivery has it in hand. */
  async run(entry: OutboxEntry): Promise<OutboxEntry | undefined> {
    const { context, emit, signal } = this.#run;
    if (!context.claim(entry.submissionId)) return undefined;
    let latest = entry;
    const keep = (next: OutboxEntry): void => {
      latest = next;
    };
    try {
      if (await this.#isUpToDate(entry, keep)) await this.#attempts(latest, keep);
    } catch (error) {
      if (signal.aborted) throw error;
      emit({ type: 'failed', entry: latest, error });
    } finally {
      context.release(entry.submissionId);
      context.release(latest.submissionId);
    }
    return latest;
  }

  /** Rebuilds an entry whose version is no longer taken; `false` when nobody does. */
  async #isUpToDate(entry: OutboxEntry, keep: (entry: OutboxEntry) => void): Promise<boolean> {
    const { context, options, emit, signal } = this.#run;
    if (!isOutdated(entry, context.clock.now())) return true;
    const replacement = await options.rebuild?.(entry, signal);
    signal.throwIfAborted();
    if (replacement === undefined) {
      emit({ type: 'outdated', entry });
      return false;
    }
    const rebuilt = await context.replace(entry, replacement);
    keep(rebuilt);
    emit({ type: 'rebuilt', entry: rebuilt, replaces: entry.submissionId });
    return true;
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
      const waitMs = this.#waitMs(count, outcome.type === 'again' ? outcome.retryAfterMs : undefined);
      emit({ type: 'waiting', entry: current, waitMs, cause });
      await context.clock.sleep(waitMs, signal);
    }
  }

  #advance(entry: OutboxEntry, change: EntryChange): Promise<OutboxEntry> {
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

  /** The receiver's own wish, or back-off with jitter; never longer than the longest pause. */
  #waitMs(count: number, wishedMs: number | undefined): number {
    const { context, options } = this.#run;
    const longest = options.longestWaitMs ?? 300_000;
    if (wishedMs !== undefined) return Math.min(longest, Math.max(0, wishedMs));
    const full = Math.min(longest, (options.firstWaitMs ?? 1_000) * 2 ** (count - 1));
    return Math.round(full * (1 - context.random() / 2));
  }
}

function answered(answer: DeliveryAnswer): Outcome {
  return { type: 'answer', answer };
}

function triedAgain(error: unknown): Outcome {
  if (isServiceError(error) && isRetryable(error)) {
    const { retryAfterMs } = error;
    return { type: 'again', cause: error.code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  throw error;
}

/** The error's own word counts; without one, a service that cannot be reached may be reached later. */
function isRetryable({ code, retryable }: ServiceFailure): boolean {
  return retryable ?? (code === 'unreachable' || code === 'timeout');
}

/** What the outbox reads of an SdkError of kind `service`. */
interface ServiceFailure {
  readonly code: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
}

function isServiceError(error: unknown): error is ServiceFailure {
  return (
    typeof error === 'object' &&
    error !== null &&
    'kind' in error &&
    error.kind === 'service' &&
    'code' in error &&
    typeof error.code === 'string' &&
    (!('retryable' in error) || typeof error.retryable === 'boolean') &&
    (!('retryAfterMs' in error) || typeof error.retryAfterMs === 'number')
  );
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => {
      reject(signal.reason);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
