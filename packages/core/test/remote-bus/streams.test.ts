import fc from 'fast-check';
import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { PortEvent, SerialPort } from '@buergerkoffer/core';
import { EventOutbox, LatestOutbox, WholeOutbox, type Outbox } from '../../src/remote-bus/outbox.js';
import { ServedStream } from '../../src/remote-bus/served-stream.js';

function serve<T>(outbox: Outbox<T>, credit: number) {
  const items = new Subject<T>();
  const sent: unknown[] = [];
  const stream = new ServedStream<T>(
    outbox,
    {
      value: (item) => sent.push(item),
      done: () => sent.push('done'),
      failed: (error) => sent.push(error),
    },
    credit,
  );
  stream.start(items);
  return { items, sent, stream };
}

describe('a served stream', () => {
  it('sends what was asked for, and the rest when it is', () => {
    const { items, sent, stream } = serve<object>(new WholeOutbox(), 2);
    for (const n of [1, 2, 3, 4]) items.next({ n });
    expect(sent).toEqual([{ n: 1 }, { n: 2 }]);
    stream.grant(1);
    expect(sent).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('tells its end after all that came before, whether or not it was asked for', () => {
    const { items, sent } = serve<object>(new WholeOutbox(), 1);
    for (const n of [1, 2]) items.next({ n });
    items.complete();
    expect(sent).toEqual([{ n: 1 }, { n: 2 }, 'done']);
  });

  it('tells its failure after all that came before', () => {
    const { items, sent } = serve<object>(new WholeOutbox(), 0);
    const broke = new Error('broke');
    items.next({ n: 1 });
    items.error(broke);
    expect(sent).toEqual([{ n: 1 }, broke]);
  });

  it('fails loudly when nobody takes what comes, and listens no more', () => {
    const { items, sent } = serve<object>(new WholeOutbox(), 0);
    for (let i = 0; i < 5_000; i += 1) items.next({ data: new Uint8Array(1) });
    expect(sent).toMatchObject([{ code: 'protocol' }]);
    expect(items.observed).toBe(false);
  });

  it('keeps at most 4 MiB', () => {
    const { items, sent } = serve<object>(new WholeOutbox(), 0);
    for (let i = 0; i < 4; i += 1) items.next({ data: new Uint8Array(1024 * 1024) });
    expect(sent).toEqual([]);
    items.next({ data: new Uint8Array(1) });
    expect(sent).toMatchObject([{ code: 'protocol' }]);
  });

  it('keeps how things stand, where that is enough', () => {
    const { items, sent, stream } = serve<object>(new LatestOutbox(), 1);
    for (const n of [1, 2, 3, 4]) items.next({ n });
    stream.grant(5);
    expect(sent).toEqual([{ n: 1 }, { n: 4 }]);
  });

  it('is silent after it was cancelled', () => {
    const { items, sent, stream } = serve<object>(new WholeOutbox(), 9);
    stream.cancel();
    items.next({ n: 1 });
    items.complete();
    expect(sent).toEqual([]);
    expect(items.observed).toBe(false);
  });
});

const port = (id: string, model: string): SerialPort => ({
  bus: 'serial',
  id,
  path: id,
  physical: id,
  model,
});

/** What somebody knows who hears `events`, and whether each of them made sense. */
class Table {
  readonly ports = new Map<string, string | undefined>();
  hear(event: PortEvent<'serial'>): void {
    if (event.type === 'detached') {
      expect(this.ports.has(event.port.id)).toBe(true);
      this.ports.delete(event.port.id);
    } else if (event.type === 'attached' || event.type === 'changed') {
      if (event.type === 'changed') expect(this.ports.has(event.port.id)).toBe(true);
      this.ports.set(event.port.id, event.port.model);
    }
  }
}

describe('events that wait', () => {
  it('end in the same list, whatever happened and whenever somebody listened', () => {
    const step = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      model: fc.constantFrom('x', 'y'),
      takes: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const outbox = new EventOutbox<'serial'>();
        const there = new Map<string, string>();
        const table = new Table();
        const take = (): boolean => {
          const event = outbox.take();
          if (event !== undefined) table.hear(event);
          return event !== undefined;
        };
        for (const { id, model, takes } of steps) {
          const known = there.get(id);
          if (known === model) {
            there.delete(id);
            outbox.put({ type: 'detached', port: port(id, model) });
          } else {
            there.set(id, model);
            outbox.put({ type: known === undefined ? 'attached' : 'changed', port: port(id, model) });
          }
          for (let i = 0; i < takes; i += 1) take();
        }
        let left = 0;
        while (take()) left += 1;
        expect(left).toBeLessThanOrEqual(6);
        expect([...table.ports].sort()).toEqual([...there].sort());
      }),
    );
  });

  it('tell that a thing was plugged in anew', () => {
    const outbox = new EventOutbox<'serial'>();
    outbox.put({ type: 'attached', port: port('a', 'x') });
    expect(outbox.take()).toMatchObject({ type: 'attached' });
    outbox.put({ type: 'detached', port: port('a', 'x') });
    outbox.put({ type: 'attached', port: port('a', 'y') });
    outbox.put({ type: 'listed' });
    expect([outbox.take(), outbox.take(), outbox.take()]).toMatchObject([
      { type: 'detached' },
      { type: 'attached', port: { model: 'y' } },
      { type: 'listed' },
    ]);
    expect(outbox.take()).toBeUndefined();
  });
});
