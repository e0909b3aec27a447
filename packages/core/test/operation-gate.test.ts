import { concat, finalize, NEVER, of, Subject, take, type Observable } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { DeviceError, OperationGate } from '@buergerkoffer/core';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function codes(stream: Observable<unknown>): {
  values: unknown[];
  error?: unknown;
  completed: boolean;
  stop(): void;
} {
  const seen: { values: unknown[]; error?: unknown; completed: boolean; stop(): void } = {
    values: [],
    completed: false,
    stop: () => undefined,
  };
  const subscription = stream.subscribe({
    next: (value) => seen.values.push(value),
    error: (error: unknown) => (seen.error = error),
    complete: () => (seen.completed = true),
  });
  seen.stop = () => {
    subscription.unsubscribe();
  };
  return seen;
}

describe('OperationGate', () => {
  it('refuses a second stream as busy and leaves the first alone', async () => {
    const gate = new OperationGate();
    const source = new Subject<number>();
    const first = codes(gate.stream('capture', () => source));
    const second = codes(gate.stream('preview', () => of(1)));
    await settle();
    source.next(7);
    expect(first.values).toEqual([7]);
    expect(second.error).toMatchObject({ code: 'busy' });
  });

  it('lets one stream follow another without a gap', async () => {
    const gate = new OperationGate();
    const seen = codes(
      concat(
        gate.stream('a', () => of(1)),
        gate.stream('b', () => of(2)),
      ),
    );
    await settle();
    expect(seen).toMatchObject({ values: [1, 2], completed: true });
  });

  it('makes the next operation wait for the release of the previous one, also after synchronous completion', async () => {
    const gate = new OperationGate();
    let released = (): void => undefined;
    const order: string[] = [];
    const first = gate.stream('a', () =>
      of(1).pipe(
        finalize(() => {
          gate.release(
            new Promise<void>((resolve) => {
              released = () => {
                order.push('released');
                resolve();
              };
            }),
          );
        }),
      ),
    );
    codes(
      concat(
        first,
        gate.stream('b', () => {
          order.push('b starts');
          return of(2);
        }),
      ),
    );
    await settle();
    expect(order).toEqual([]);
    released();
    await settle();
    expect(order).toEqual(['released', 'b starts']);
  });

  it('gives up on a release that never ends', async () => {
    vi.useFakeTimers();
    try {
      const gate = new OperationGate(50);
      gate.release(new Promise(() => undefined));
      const seen = codes(gate.stream('a', () => of(1)));
      await vi.advanceTimersByTimeAsync(51);
      expect(seen.error).toMatchObject({ code: 'timeout' });
    } finally {
      vi.useRealTimers();
    }
  });

  it('rejects an aborted call with the reason of the signal', async () => {
    const gate = new OperationGate();
    const controller = new AbortController();
    const answer = gate.call('status', () => new Promise(() => undefined), controller.signal);
    controller.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    await expect(gate.call('status', () => Promise.resolve(1))).resolves.toBe(1);
  });

  it('ends what runs and refuses what comes later', async () => {
    const gate = new OperationGate();
    const running = codes(gate.stream('capture', () => NEVER));
    const answer = new OperationGate().call('x', () => Promise.resolve(1));
    await settle();
    await gate.end(new DeviceError('closed', 'closed in a test'));
    expect(running.error).toMatchObject({ code: 'closed' });
    expect(codes(gate.stream('capture', () => of(1))).error).toMatchObject({ code: 'closed' });
    await expect(answer).resolves.toBe(1);
  });

  it('cancels the operation when its subscriber leaves', async () => {
    const gate = new OperationGate();
    const cancelled = vi.fn();
    const running = codes(gate.stream('capture', () => NEVER.pipe(finalize(cancelled))));
    await settle();
    running.stop();
    expect(cancelled).toHaveBeenCalledOnce();
    expect(codes(gate.stream('next', () => of(1))).error).toBeUndefined();
  });

  it('turns an operation that throws at once into an error of the stream, and opens again', async () => {
    const gate = new OperationGate();
    const seen = codes(
      gate.stream('capture', () => {
        throw new DeviceError('invalid-request', 'no such finger');
      }),
    );
    await settle();
    expect(seen.error).toMatchObject({ code: 'invalid-request' });
    await expect(gate.call('next', () => Promise.resolve(1))).resolves.toBe(1);
  });

  it('tears the operation down when its subscriber leaves at a value that came while subscribing', async () => {
    const gate = new OperationGate();
    const torn = vi.fn();
    const seen = codes(gate.stream('capture', () => concat(of(1), NEVER).pipe(finalize(torn))).pipe(take(1)));
    await settle();
    expect(seen).toMatchObject({ values: [1], completed: true });
    expect(torn).toHaveBeenCalledOnce();
  });

  it('does not keep an aborted call waiting for the release of the previous one', async () => {
    const gate = new OperationGate();
    gate.release(new Promise(() => undefined));
    const controller = new AbortController();
    const answer = gate.call('status', () => Promise.resolve(1), controller.signal);
    controller.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
  });

  it('leaves no timer when its subscriber leaves during the release of the previous operation', () => {
    vi.useFakeTimers();
    try {
      const gate = new OperationGate();
      gate.release(new Promise(() => undefined));
      codes(gate.stream('capture', () => NEVER)).stop();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
