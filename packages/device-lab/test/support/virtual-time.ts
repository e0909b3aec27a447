import { vi } from 'vitest';

/** One step of the clock, in milliseconds. */
const STEP_MS = 10;

/** The value of `work`, whose timers run as fast as possible: a wait of seconds takes none. */
export async function inVirtualTime<T>(work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers();
  try {
    let settled = false;
    const working = work().finally(() => {
      settled = true;
    });
    working.catch(() => undefined);
    while (!settled) await vi.advanceTimersByTimeAsync(STEP_MS);
    return await working;
  } finally {
    vi.useRealTimers();
  }
}

/** The timers that run in virtual time. */
export function timersLeft(): Readonly<Record<string, number>> {
  return { timers: vi.getTimerCount() };
}
