import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeviceError } from '@buergerkoffer/core';
import { CallQueue } from '../src/call-queue.js';

/** A library's call that the test answers. */
function call(): { readonly work: () => Promise<string>; readonly begun: () => number; answer: () => void } {
  let begun = 0;
  let resolve: (value: string) => void = () => undefined;
  const promise = new Promise<string>((done) => {
    resolve = done;
  });
  return {
    work: () => {
      begun += 1;
      return promise;
    },
    begun: () => begun,
    answer: () => {
      resolve('answer');
    },
  };
}

describe('calls to hardware that takes one at a time', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('are answered in their order, the next one begun when the last is done', async () => {
    const queue = new CallQueue();
    const [first, second] = [call(), call()];
    const answers = [queue.run('first', undefined, first.work), queue.run('second', undefined, second.work)];
    await vi.advanceTimersByTimeAsync(0);
    expect([first.begun(), second.begun(), queue.running]).toEqual([1, 0, 'first']);
    first.answer();
    second.answer();
    expect(await Promise.all(answers)).toEqual(['answer', 'answer']);
    expect(queue.running).toBeUndefined();
  });

  it('are answered at their deadline although the library hangs', async () => {
    const queue = new CallQueue();
    const hanging = call();
    const answer = expect(queue.run('feature report 3', { timeoutMs: 200 }, hanging.work)).rejects;
    const rejected = answer.toMatchObject({
      code: 'timeout',
      message: 'feature report 3 took longer than 200 ms: the device does not react',
    });
    await vi.advanceTimersByTimeAsync(200);
    await rejected;
    expect(queue.running).toBe('feature report 3');
    hanging.answer();
  });

  it('that wait behind one that hangs name it, and are not begun afterwards', async () => {
    const queue = new CallQueue();
    const [hanging, waiting] = [call(), call()];
    const first = queue.run('feature report 3', { timeoutMs: 10 }, hanging.work).catch(() => 'timeout');
    const second = expect(queue.run('report 1', { timeoutMs: 100 }, waiting.work)).rejects.toMatchObject({
      code: 'timeout',
      message: 'report 1 took longer than 100 ms: feature report 3 hangs',
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(await first).toBe('timeout');
    await second;
    hanging.answer();
    await vi.advanceTimersByTimeAsync(0);
    expect([waiting.begun(), queue.running]).toEqual([0, undefined]);
  });

  it('go on after one that came back late', async () => {
    const queue = new CallQueue();
    const [late, next] = [call(), call()];
    const first = queue.run('late', { timeoutMs: 10 }, late.work).catch(() => 'timeout');
    await vi.advanceTimersByTimeAsync(10);
    await first;
    const second = queue.run('next', undefined, next.work);
    late.answer();
    next.answer();
    expect(await second).toBe('answer');
  });

  it('reject with the reason of their signal, before and while they run', async () => {
    const queue = new CallQueue();
    const reason = new Error('no longer wanted');
    const running = call();
    await expect(queue.run('x', { signal: AbortSignal.abort(reason) }, running.work)).rejects.toBe(reason);
    expect(running.begun()).toBe(0);
    const aborting = new AbortController();
    const answer = expect(queue.run('x', { signal: aborting.signal }, running.work)).rejects.toBe(reason);
    aborting.abort(reason);
    await answer;
    running.answer();
  });

  it('all reject at the end, and later ones at once', async () => {
    const queue = new CallQueue();
    const hanging = call();
    const answers = [queue.run('a', undefined, hanging.work), queue.run('b', undefined, hanging.work)];
    const error = new DeviceError('lost', 'it has gone');
    const rejected = Promise.all(answers.map((answer) => expect(answer).rejects.toBe(error)));
    queue.end(error);
    await rejected;
    await expect(queue.run('c', undefined, hanging.work)).rejects.toBe(error);
    hanging.answer();
  });

  it('reject as the library does, and its own time-out is not taken for a deadline', async () => {
    const queue = new CallQueue();
    const error = new DeviceError('timeout', 'the kernel waited 5 s', { cause: new Error('timed out') });
    await expect(queue.run('x', undefined, () => Promise.reject(error))).rejects.toBe(error);
  });
});
