import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { coalesce } from '../src/coalesce.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function calmed() {
  const values = new Subject<number>();
  const seen: number[] = [];
  let ended = '';
  const watching = values.pipe(coalesce({ burst: 2, everyMs: 100 })).subscribe({
    next: (value) => seen.push(value),
    error: () => (ended = 'failed'),
    complete: () => (ended = 'complete'),
  });
  return { values, seen, watching, ended: () => ended };
}

describe('a coalesced stream', () => {
  it('passes rare values at once, without a timer', async () => {
    const { values, seen } = calmed();
    for (let i = 0; i < 5; i += 1) {
      values.next(i);
      expect(seen.at(-1)).toBe(i);
      expect(vi.getTimerCount()).toBe(0);
      await vi.advanceTimersByTimeAsync(100);
    }
  });

  it('passes the latest of many in its time', async () => {
    const { values, seen } = calmed();
    for (let i = 0; i < 10; i += 1) values.next(i);
    expect(seen).toEqual([0, 1]);
    await vi.advanceTimersByTimeAsync(100);
    expect(seen).toEqual([0, 1, 9]);
    values.next(10);
    expect(seen).toEqual([0, 1, 9]);
    await vi.advanceTimersByTimeAsync(100);
    expect(seen).toEqual([0, 1, 9, 10]);
  });

  it('passes what waits before it completes', () => {
    const { values, seen, ended } = calmed();
    for (let i = 0; i < 5; i += 1) values.next(i);
    values.complete();
    expect(seen).toEqual([0, 1, 4]);
    expect(ended()).toBe('complete');
  });

  it('fails at once', () => {
    const { values, ended } = calmed();
    for (let i = 0; i < 5; i += 1) values.next(i);
    values.error(new Error('broke'));
    expect(ended()).toBe('failed');
  });

  it('takes its timer along when it is left', () => {
    const { values, watching } = calmed();
    for (let i = 0; i < 5; i += 1) values.next(i);
    expect(vi.getTimerCount()).toBe(1);
    watching.unsubscribe();
  });
});
