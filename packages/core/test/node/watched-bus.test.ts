import { NEVER, Subject, throwError } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Diagnostic, SerialPort } from '@buergerkoffer/core';
import { watchedBus, type Listing, type WatchedBusOptions } from '../../src/node/watched-bus.js';

const port = (path: string, model = '1'): SerialPort => ({
  bus: 'serial',
  id: path,
  path,
  physical: path,
  model,
});
const diagnostic: Diagnostic = { code: 'serial.x', severity: 'info', message: 'm', remedy: 'r' };

/** A bus whose looks find `looks`, the last one for good. */
function watched(
  looks: readonly Listing<'serial'>[],
  options: Partial<WatchedBusOptions<'serial'>> = {},
): { readonly seen: string[]; readonly looked: () => number; stop(): void } {
  let look = 0;
  const bus = watchedBus<'serial'>({
    kind: 'serial',
    everyMs: 2_000,
    list: () => {
      const found = looks[Math.min(look, looks.length - 1)];
      look += 1;
      return Promise.resolve(found ?? { ports: [], diagnostics: [] });
    },
    open: () => Promise.reject(new Error('nobody opens')),
    ...options,
  });
  const seen: string[] = [];
  const watch = bus.events.subscribe((event) => {
    if ('port' in event) seen.push(`${event.type} ${event.port.id}`);
    else if (event.type === 'diagnostics')
      seen.push(event.diagnostics.map(({ code }) => code).join() || 'nothing to say');
    else seen.push(event.type);
  });
  return {
    seen,
    looked: () => look,
    stop: () => {
      watch.unsubscribe();
    },
  };
}

const found = (ports: readonly SerialPort[], diagnostics: readonly Diagnostic[] = []): Listing<'serial'> => ({
  ports,
  diagnostics,
});

describe('a watched bus', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('tells what came, changed and went between two looks, and stops with its last watcher', async () => {
    const looks = [found([port('a')]), found([port('a', '2'), port('b')], [diagnostic]), found([port('b')])];
    const { seen, looked, stop } = watched(looks);
    await vi.advanceTimersByTimeAsync(4_500);
    expect(seen).toEqual([
      'attached a',
      'nothing to say',
      'listed',
      'changed a',
      'attached b',
      'serial.x',
      'detached a',
      'nothing to say',
    ]);
    stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(looked()).toBe(3);
  });

  it('looks once for a burst of hints, 30 ms after the last', async () => {
    const hints = new Subject<string>();
    const { seen, looked, stop } = watched([found([]), found([port('a')])], { hints });
    await vi.advanceTimersByTimeAsync(0);
    for (const hint of ['ttyACM0', 'ttyACM1', 'ttyACM2']) {
      hints.next(hint);
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(looked()).toBe(1);
    await vi.advanceTimersByTimeAsync(10);
    expect([looked(), seen.at(-1)]).toEqual([2, 'attached a']);
    await vi.advanceTimersByTimeAsync(300);
    stop();
  });

  it('looks three times a second while hints never end', async () => {
    const hints = new Subject<string>();
    const { looked, stop } = watched([found([])], { hints });
    for (let ms = 0; ms < 3_000; ms += 10) {
      hints.next('ttyACM0');
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(looked()).toBeGreaterThanOrEqual(9);
    expect(looked()).toBeLessThanOrEqual(12);
    stop();
    await vi.advanceTimersByTimeAsync(300);
  });

  it('looks now and then when hints fail, end or never come', async () => {
    for (const hints of [throwError(() => new Error('no inotify')), NEVER]) {
      const { looked, stop } = watched([found([])], { hints });
      await vi.advanceTimersByTimeAsync(2_000);
      expect(looked()).toBe(2);
      stop();
    }
  });

  it('turns a look that fails or hangs into a diagnostic, and looks again', async () => {
    const failing = watched([], { list: () => Promise.reject(new Error('broken\nthing')) });
    const hanging = watched([], { list: () => new Promise(() => undefined) });
    await vi.advanceTimersByTimeAsync(10_000);
    expect([failing.seen, hanging.seen]).toEqual([
      ['serial.failed', 'listed'],
      ['serial.failed', 'listed'],
    ]);
    failing.stop();
    hanging.stop();
  });
});
