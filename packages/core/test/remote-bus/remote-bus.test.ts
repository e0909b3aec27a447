import fc from 'fast-check';
import { Observable } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LabBus } from '@buergerkoffer/device-lab';
import type { Bus, PortEvent, SerialPort } from '@buergerkoffer/core';
import { lineAt } from '../support/lab-hardware.js';
import { linked, watching } from '../support/remote-bus.js';

const port = (id: string): SerialPort => ({ bus: 'serial', id, path: id, physical: `usb:${id}` });
const silent = () => ({ received: () => undefined });

function lab(...ids: readonly string[]): LabBus<'serial'> {
  const bus = new LabBus('serial');
  for (const id of ids) bus.plug(lineAt(port(id), silent));
  return bus;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a bus on the other side', () => {
  it('tells what is attached, then what comes and goes', async () => {
    const bus = lab('a', 'b');
    const { remote } = linked(bus);
    const watched = watching(remote);
    await vi.waitFor(() => {
      expect(watched.told).toEqual(['quiet', 'attached a', 'attached b', 'listed']);
    });
    const unplug = bus.plug(lineAt(port('c'), silent));
    await vi.waitFor(() => {
      expect(watched.told.at(-1)).toBe('attached c');
    });
    unplug();
    await vi.waitFor(() => {
      expect(watched.told.at(-1)).toBe('detached c');
    });
    watched.stop();
  });

  it('runs while somebody watches or has a port open, and only then', async () => {
    const { remote, state } = linked(lab('a'));
    expect(state.starts).toBe(0);
    const watched = watching(remote);
    const line = await remote.open(port('a'), { baudRate: 9600 });
    expect(state).toMatchObject({ starts: 1, running: 1 });
    watched.stop();
    await line.write(new Uint8Array([1]));
    expect(state.running).toBe(1);
    await line.close();
    await vi.waitFor(() => {
      expect(state.running).toBe(0);
    });
  });

  it('that ends loses its ports and transports, says why, and is started again', async () => {
    const { remote, state } = linked(lab('a'));
    const watched = watching(remote);
    const line = await remote.open(port('a'), { baudRate: 9600 });
    let inputFailed: unknown;
    const input = line.input.subscribe({ error: (error: unknown) => (inputFailed = error) });
    watched.told.length = 0;
    state.crash();
    expect(await line.ended).toMatchObject({ reason: 'lost', error: { code: 'lost' } });
    expect(inputFailed).toMatchObject({
      code: 'lost',
      message: 'the worker with the device was lost: it exited with code 9',
    });
    await expect(line.write(new Uint8Array([1]))).rejects.toMatchObject({ code: 'lost' });
    await vi.waitFor(() => {
      expect(watched.told).toEqual(['detached a', 'worker.exited', 'quiet', 'attached a', 'listed']);
    });
    const again = await remote.open(port('a'), { baudRate: 9600 });
    await again.close();
    input.unsubscribe();
    watched.stop();
  });

  it('that is stuck is noticed by its silence and ended', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const { remote, state } = linked(lab('a'), { restartMs: 10_000 });
    const watched = watching(remote);
    const line = await remote.open(port('a'), { baudRate: 9600 });
    state.stick();
    const writing = expect(line.write(new Uint8Array([1]), { timeoutMs: 60_000 })).rejects.toMatchObject({
      code: 'lost',
      message: 'the worker with the device was lost: it said nothing for 5000 ms',
    });
    await vi.advanceTimersByTimeAsync(6_000);
    await writing;
    expect(watched.told.slice(-2)).toEqual(['detached a', 'worker.silent']);
    watched.stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that does not answer a call in time fails that call, and nothing else', async () => {
    const bus = lab('a', 'b');
    const deaf: Bus<'serial'> = {
      kind: 'serial',
      events: bus.events,
      open: async (...args) => {
        const line = await bus.open(...args);
        return args[0].id === 'a' ? { ...line, write: () => new Promise<never>(() => undefined) } : line;
      },
    };
    const { remote } = linked(deaf);
    const [first, second] = await Promise.all([
      remote.open(port('a'), { baudRate: 9600 }),
      remote.open(port('b'), { baudRate: 9600 }),
    ]);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const late = expect(first.write(new Uint8Array([1]), { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'timeout',
      message: 'write took longer than 100 ms',
    });
    await vi.advanceTimersByTimeAsync(1_100);
    await late;
    const enough = new AbortController();
    const aborted = expect(first.write(new Uint8Array([1]), { signal: enough.signal })).rejects.toThrow(
      'enough',
    );
    enough.abort(new Error('enough'));
    await vi.advanceTimersByTimeAsync(1_000);
    await aborted;
    vi.useRealTimers();
    await second.write(new Uint8Array([1]));
    await first.close();
    await second.close();
  });

  it('whose events fail is an empty list with a diagnostic, and ports that are open stay open', async () => {
    const bus = lab('a');
    let fail = (): void => undefined;
    const failing: Bus<'serial'> = {
      kind: 'serial',
      events: new Observable((subscriber) => {
        subscriber.add(bus.events.subscribe(subscriber));
        fail = () => {
          subscriber.error(new Error('Erika Mustermann'));
        };
      }),
      open: (...args) => bus.open(...args),
    };
    const { remote } = linked(failing);
    const watched = watching(remote);
    const line = await remote.open(port('a'), { baudRate: 9600 });
    fail();
    await vi.waitFor(() => {
      expect(watched.told.slice(-2)).toEqual(['detached a', 'serial.failed']);
    });
    await line.write(new Uint8Array([1]));
    await line.close();
    watched.stop();
  });

  it('that serves another kind, or speaks another version, is refused with the remedy', async () => {
    const { remote, state } = linked(lab('a'), { restartMs: 10_000 });
    const watched = watching(remote);
    await vi.waitFor(() => {
      expect(watched.told.at(-1)).toBe('listed');
    });
    state.say({ type: 'hello', version: 99, kind: 'serial' });
    expect(watched.told.slice(-2)).toEqual(['detached a', 'worker.garbage']);
    watched.stop();
  });
});

describe('what the other side says', () => {
  it.each<[string, unknown]>([
    ['no message at all', 'hello'],
    ['an unknown message', { type: 'surprise' }],
    ['an answer to a call that was never made', { type: 'value', call: 999, value: {} }],
    ['a transport that was never asked for', { type: 'opened', transport: 999, said: {} }],
    ['an item without its bytes', { type: 'value', call: 2, value: { data: 'text' } }],
    [
      'an item with bytes that it could change later',
      { type: 'value', call: 2, value: { data: new Uint8Array(new SharedArrayBuffer(4)) } },
    ],
    [
      'a port of another kind',
      { type: 'value', call: 1, value: { type: 'attached', port: { ...port('a'), bus: 'usb' } } },
    ],
    ['an error without a code', { type: 'failed', call: 2, error: { kind: 'device' } }],
  ])('ends it when it is %s', async (_, message) => {
    const { remote, state } = linked(lab('a'), { restartMs: 10_000 });
    const watched = watching(remote);
    const line = await remote.open(port('a'), { baudRate: 9600 });
    const input = line.input.subscribe({ error: () => undefined });
    expect(() => {
      state.say(message);
    }).not.toThrow();
    expect(watched.told.at(-1)).toBe('worker.garbage');
    expect(await line.ended).toMatchObject({ reason: 'lost' });
    input.unsubscribe();
    watched.stop();
  });

  it('never throws, whatever it is', async () => {
    const bus = lab('a');
    const { remote, state } = linked(bus, { restartMs: 0 });
    const watched = watching(remote);
    const anything = fc.anything({ withTypedArray: true, withNullPrototype: true, withMap: true });
    const type = fc.constantFrom('hello', 'opened', 'refused', 'ended', 'value', 'done', 'failed', 'pong');
    const message = fc.record(
      {
        type,
        call: fc.oneof(fc.nat(3), anything),
        transport: fc.oneof(fc.nat(3), anything),
        value: anything,
        said: anything,
        error: anything,
        end: anything,
      },
      { requiredKeys: ['type'] },
    );
    await remote.open(port('a'), { baudRate: 9600 });
    fc.assert(
      fc.property(fc.oneof(message, anything), (value) => {
        state.say(value);
      }),
      { numRuns: 2_000 },
    );
    watched.stop();
  });
});

describe('a flood of events', () => {
  it('reaches the app as how things stand', async () => {
    let tell: (event: PortEvent<'serial'>) => void = () => undefined;
    const flooding: Bus<'serial'> = {
      kind: 'serial',
      events: new Observable((subscriber) => {
        subscriber.next({ type: 'listed' });
        tell = (event) => {
          subscriber.next(event);
        };
      }),
      open: () => new Promise<never>(() => undefined),
    };
    const { remote, traffic } = linked(flooding);
    const watched = watching(remote);
    await vi.waitFor(() => {
      expect(watched.told.at(-1)).toBe('listed');
    });
    for (let i = 0; i < 10_000; i += 1) {
      tell({ type: 'attached', port: port(`p${i % 50}`) });
      tell({ type: 'detached', port: port(`p${i % 50}`) });
    }
    tell({ type: 'attached', port: port('last') });
    await vi.waitFor(() => {
      expect(watched.told.at(-1)).toBe('attached last');
    });
    expect(traffic.toApp.length).toBeLessThan(500);
    watched.stop();
  });
});
