import { vi } from 'vitest';

/** One step of the clock, in milliseconds. */
const STEP_MS = 100;

/** The value of `work`, whose timers run as fast as possible, and how many of them are left when it is done. */
export async function inVirtualTime<T>(work: () => Promise<T>): Promise<{ value: T; timersLeft: number }> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  try {
    let settled = false;
    const working = work().finally(() => {
      settled = true;
    });
    working.catch(() => undefined);
    while (!settled) {
      await vi.advanceTimersByTimeAsync(STEP_MS);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { value: await working, timersLeft: vi.getTimerCount() };
  } finally {
    vi.useRealTimers();
  }
}
