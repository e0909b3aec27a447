import { Observable, Subject, type Subscriber } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  busSource,
  defineDriver,
  type Bus,
  type Diagnostic,
  type PortEvent,
  type SerialPort,
} from '@buergerkoffer/core';
import { sharedWatch } from '../../src/shared-watch.js';
import { LAMP, lamp } from '../support/fakes.js';

const knows = defineDriver({
  id: 'lamp',
  kind: LAMP,
  bus: 'serial',
  matches: [{ vendorId: 1 }],
  openOptions: { baudRate: 9600 },
  open: () => Promise.resolve(lamp()),
});

function port(id: string, changes: Partial<SerialPort> = {}): SerialPort {
  return { bus: 'serial', id, path: id, physical: `usb:${id}`, vendorId: 1, ...changes };
}

/** A bus that says whatever the test wants, watched by one source. */
function watch() {
  const events = new Subject<PortEvent<'serial'>>();
  const bus: Bus<'serial'> = {
    kind: 'serial',
    events,
    open: () => new Promise<never>(() => undefined),
  };
  const source = busSource(bus, [knows]);
  const lists: (readonly string[])[] = [];
  const said: (readonly Diagnostic[])[] = [];
  const watching = source.offers.subscribe((offers) =>
    lists.push(offers.map((offer) => `${offer.id} ${offer.physical}`)),
  );
  watching.add(source.diagnostics.subscribe((list) => said.push(list)));
  const tell = (...all: readonly PortEvent<'serial'>[]): void => {
    for (const event of all) events.next(event);
  };
  return {
    tell,
    lists,
    codes: () => said.at(-1)?.map(({ code }) => code),
    said: () => said.at(-1),
    stop: () => {
      watching.unsubscribe();
      expect(events.observed).toBe(false);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('a bus', () => {
  it('that never ends its first enumeration is shown as far as it came, and the fault is told', async () => {
    const { tell, lists, codes, stop } = watch();
    tell({ type: 'attached', port: port('a') });
    expect(lists).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(lists).toEqual([['a/lamp usb:a']]);
    expect(codes()).toEqual(['serial.not-listed']);
    tell({ type: 'listed' });
    expect(codes()).toEqual([]);
    stop();
  });

  it('that gives two ports one id shows the last one, and says so until it goes', () => {
    const { tell, lists, said, codes, stop } = watch();
    const first = port('a', { physical: 'usb:1-1', path: '/dev/ttyACM0' });
    const second = port('a', { physical: 'usb:1-2', path: '/dev/ttyACM1' });
    tell({ type: 'listed' }, { type: 'attached', port: first }, { type: 'attached', port: second });
    expect(lists.at(-1)).toEqual(['a/lamp usb:1-2']);
    expect(said()).toMatchObject([
      {
        code: 'serial.port-id-clash',
        message: 'the serial bus gives /dev/ttyACM0 and /dev/ttyACM1 one id; only /dev/ttyACM1 is shown',
      },
    ]);
    tell({ type: 'detached', port: first });
    expect(lists.at(-1)).toEqual(['a/lamp usb:1-2']);
    expect(codes()).toEqual([]);
    tell({ type: 'detached', port: second });
    expect(lists.at(-1)).toEqual([]);
    stop();
  });

  it('that tells of the same port again tells nothing new', () => {
    const { tell, lists, codes, stop } = watch();
    tell({ type: 'listed' }, { type: 'attached', port: port('a') }, { type: 'attached', port: port('a') });
    expect(lists.at(-1)).toEqual(['a/lamp usb:a']);
    expect(codes()).toEqual([]);
    stop();
  });

  it('may tell of a change before it told of the port, and of an end before the beginning', () => {
    const { tell, lists, stop } = watch();
    tell({ type: 'detached', port: port('b') }, { type: 'changed', port: port('a') }, { type: 'listed' });
    expect(lists.at(-1)).toEqual(['a/lamp usb:a']);
    stop();
  });

  it('shows two things with one serial number as two', () => {
    const { tell, lists, stop } = watch();
    const twin = { serialNumber: '0000001', maker: 'Acme', model: 'L1' };
    tell(
      { type: 'attached', port: port('a', twin) },
      { type: 'attached', port: port('b', twin) },
      { type: 'listed' },
    );
    expect(lists.at(-1)).toEqual(['a/lamp usb:a', 'b/lamp usb:b']);
    stop();
  });

  it('that floods is followed 20 times a second, in the order of its events', async () => {
    const { tell, lists, stop } = watch();
    tell({ type: 'listed' });
    for (let ms = 0; ms < 1_000; ms += 1) {
      for (let i = 0; i < 5; i += 1) {
        const flapping = port(`p${ms % 7}`);
        tell({ type: 'attached', port: flapping }, { type: 'detached', port: flapping });
      }
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(lists.length).toBeLessThanOrEqual(20 + 21);
    tell({ type: 'attached', port: port('last') });
    await vi.advanceTimersByTimeAsync(50);
    expect(lists.at(-1)).toEqual(['last/lamp usb:last']);
    stop();
  });
});

describe('a shared watch', () => {
  it('that fails begins anew for whoever comes after', () => {
    let told: Subscriber<PortEvent<'serial'>> | undefined;
    let begun = 0;
    const events = sharedWatch(
      new Observable<PortEvent<'serial'>>((subscriber) => {
        begun += 1;
        told = subscriber;
        subscriber.next({ type: 'attached', port: port('a') });
      }),
    );
    const outcomes: string[] = [];
    const listen = () =>
      events.subscribe({ next: ({ type }) => outcomes.push(type), error: () => outcomes.push('failed') });
    const first = listen();
    told?.error(new Error('broke'));
    told?.next({ type: 'listed' });
    const second = listen();
    told?.next({ type: 'listed' });
    expect(outcomes).toEqual(['attached', 'failed', 'attached', 'listed']);
    expect(begun).toBe(2);
    first.unsubscribe();
    second.unsubscribe();
  });
});
