import { vi } from 'vitest';

/**
 * The value of `work`, whose timers run as fast as possible, and how many of them are left when it is done. The clock moves in
 * steps: what takes no time is done at the end of one.
 */
export async function inVirtualTime<T>(
  work: () => Promise<T>,
  stepMs = 100,
): Promise<{ value: T; timersLeft: number }> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
  try {
    let settled = false;
    const working = work().finally(() => {
      settled = true;
    });
    working.catch(() => undefined);
    while (!settled) {
      await vi.advanceTimersByTimeAsync(stepMs);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { value: await working, timersLeft: vi.getTimerCount() };
  } finally {
    vi.useRealTimers();
  }
}
