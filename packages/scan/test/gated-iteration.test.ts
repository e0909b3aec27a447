import { DeviceError, OperationGate } from '@buergerkoffer/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { iterateAlone } from '../src/index.js';

const PATIENCE_MS = 1_000;

/** Numbers from 1 to `count`; `log` hears when the producer begins and when it has cleaned up. */
function counting(gate: OperationGate, count: number, log: string[] = []): AsyncIterable<number> {
  return iterateAlone(gate, 'count', () => ({
    patienceMs: PATIENCE_MS,
    async *produce() {
      log.push('begins');
      try {
        for (let i = 1; i <= count; i++) yield await Promise.resolve(i);
      } finally {
        log.push('cleans up');
      }
    },
  }));
}

async function all(items: AsyncIterable<number>): Promise<readonly number[]> {
  const seen: number[] = [];
  for await (const item of items) seen.push(item);
  return seen;
}

describe('an iteration that runs alone', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('gives every item in order and leaves the gate open', async () => {
    const gate = new OperationGate();
    expect(await all(counting(gate, 3))).toEqual([1, 2, 3]);
    expect(await all(counting(gate, 2))).toEqual([1, 2]);
  });

  it('starts nothing before the first pull', async () => {
    const log: string[] = [];
    const items = counting(new OperationGate(), 1, log);
    const iterator = items[Symbol.asyncIterator]();
    await Promise.resolve();
    expect(log).toEqual([]);
    await iterator.next();
    expect(log).toEqual(['begins']);
    await iterator.return?.();
  });

  it('makes no item before it is pulled', async () => {
    let made = 0;
    const items = iterateAlone(new OperationGate(), 'make', () => ({
      patienceMs: PATIENCE_MS,
      async *produce() {
        for (;;) yield await Promise.resolve(++made);
      },
    }));
    const iterator = items[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    expect(made).toBe(2);
    await iterator.return?.();
  });

  it('answers pulls that were made together in their order', async () => {
    const iterator = counting(new OperationGate(), 2)[Symbol.asyncIterator]();
    const results = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()]);
    expect(results.map(({ value }) => value as unknown)).toEqual([1, 2, undefined, undefined]);
  });

  it('cleans up when the loop is left, before the next one begins', async () => {
    const gate = new OperationGate();
    const log: string[] = [];
    for await (const item of counting(gate, 3, log)) if (item === 1) break;
    await all(counting(gate, 1, log));
    expect(log).toEqual(['begins', 'cleans up', 'begins', 'cleans up']);
  });

  it('refuses a second one as busy', async () => {
    const gate = new OperationGate();
    const first = counting(gate, 2)[Symbol.asyncIterator]();
    await first.next();
    await expect(all(counting(gate, 1))).rejects.toMatchObject({ code: 'busy' });
    await expect(first.next()).resolves.toEqual({ done: false, value: 2 });
    await first.return?.();
  });

  it('fails with what the preparation throws, and is over then', async () => {
    const failure = new DeviceError('invalid-request', 'no such page');
    const iterator = iterateAlone<number>(new OperationGate(), 'fail', () => {
      throw failure;
    })[Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toBe(failure);
    await expect(iterator.next()).resolves.toEqual({ done: true, value: undefined });
  });

  it('is a timeout when an item takes longer than the patience, and aborts its producer', async () => {
    const ended: AbortSignal[] = [];
    const items = iterateAlone<number>(new OperationGate(), 'wait', () => ({
      patienceMs: PATIENCE_MS,
      produce: (signal) => {
        ended.push(signal);
        return { next: () => new Promise(() => undefined) };
      },
    }));
    const pending = expect(items[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'timeout' });
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    await pending;
    expect(ended.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('ends with the error of its device', async () => {
    const gate = new OperationGate();
    const iterator = counting(gate, 2)[Symbol.asyncIterator]();
    await iterator.next();
    const lost = new DeviceError('lost', 'gone');
    const ending = gate.end(lost);
    await expect(iterator.next()).resolves.toEqual({ done: true, value: undefined });
    await ending;
    await expect(all(counting(gate, 1))).rejects.toBe(lost);
  });
});
