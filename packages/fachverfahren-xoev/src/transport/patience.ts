/** How long a transport waits for what comes after `accepted`, and how often it looks. */
export interface Patience {
  /** Milliseconds from `accepted` until the observable completes with what is known. */
  readonly patienceMs: number;
  /** First pause between two looks, doubled each time. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** Half a minute, at first after a quarter of a second: as long as a clerk may look at the screen. */
export const PATIENCE: Patience = { patienceMs: 30_000, firstPauseMs: 250, longestPauseMs: 5_000 };

/** Looks again and again until `look` says that it is over, or the patience is. Rejects with the signal's reason. */
export async function lookUntil(
  look: () => Promise<'over' | 'wait'>,
  { patienceMs, firstPauseMs, longestPauseMs }: Patience,
  signal: AbortSignal,
): Promise<void> {
  const until = performance.now() + patienceMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    if ((await look()) === 'over') return;
    const leftMs = until - performance.now();
    if (leftMs <= 0) return;
    await pause(Math.min(pauseMs, leftMs), signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
