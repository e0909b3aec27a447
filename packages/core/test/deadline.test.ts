import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { delay, withDeadline } from '@buergerkoffer/core';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('withDeadline', () => {
  it('rejects as timeout and aborts the work', async () => {
    let signal: AbortSignal | undefined;
    const late = withDeadline('reading', 50, (inner) => {
      signal = inner;
      return new Promise(() => undefined);
    }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(50);
    expect(await late).toMatchObject({ code: 'timeout', message: 'reading took longer than 50 ms' });
    expect(signal?.aborted).toBe(true);
  });

  it('leaves no timer behind work that throws at once', async () => {
    const work = (): Promise<never> => {
      throw new Error('at once');
    };
    await expect(withDeadline('reading', 50, work)).rejects.toThrow('at once');
  });

  it('rejects with the reason of the signal, before and while it works', async () => {
    const controller = new AbortController();
    const running = withDeadline('reading', 50, () => new Promise(() => undefined), controller.signal);
    controller.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    const work = vi.fn(() => Promise.resolve(1));
    await expect(withDeadline('reading', 50, work, controller.signal)).rejects.toThrow('enough');
    expect(work).not.toHaveBeenCalled();
  });

  it('does not end at once when the time is longer than a timer can run', async () => {
    let ended = false;
    const controller = new AbortController();
    const long = withDeadline('waiting', Infinity, () => new Promise(() => undefined), controller.signal);
    const end = long.catch(() => (ended = true));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ended).toBe(false);
    controller.abort();
    await end;
  });
});

describe('delay', () => {
  it('ends with its signal and leaves no timer', async () => {
    const controller = new AbortController();
    const waiting = delay(1_000, controller.signal);
    controller.abort(new Error('no longer'));
    await expect(waiting).rejects.toThrow('no longer');
    await expect(delay(1_000, controller.signal)).rejects.toThrow('no longer');
  });
});
