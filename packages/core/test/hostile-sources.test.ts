import { firstValueFrom, NEVER, Observable, of, Subject } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import {
  DeviceManager,
  type Candidate,
  type DeviceSource,
  type Diagnostic,
  type Offer,
} from '@buergerkoffer/core';
import { LAMP, offer, source } from './support/fakes.js';

const good = (): DeviceSource => source([offer('a')]);
const silence = NEVER as Observable<never>;

function hostile(changes: Partial<DeviceSource>): DeviceSource {
  return { id: 'hostile', offers: silence, diagnostics: silence, ...changes };
}

/** What a manager of `sources` tells while it is watched. */
function watch(...sources: readonly DeviceSource[]) {
  const manager = new DeviceManager(sources);
  const lists: (readonly Candidate[])[] = [];
  const said: (readonly Diagnostic[])[] = [];
  const watching = manager.devices.subscribe((list) => lists.push(list));
  watching.add(manager.diagnostics.subscribe((list) => said.push(list)));
  return {
    manager,
    lists,
    places: () => lists.at(-1)?.map(({ physical }) => physical),
    codes: () => said.at(-1)?.map(({ code }) => code),
    stop: () => {
      watching.unsubscribe();
    },
  };
}

describe('the other sources go on when one', () => {
  it('throws on being asked for its streams', () => {
    const throwing: DeviceSource = {
      id: 'hostile',
      get offers(): never {
        throw new Error('not today');
      },
      diagnostics: of([]),
    };
    const watched = watch(good(), throwing);
    expect(watched.places()).toEqual(['a']);
    expect(watched.codes()).toEqual(['source.failed']);
    watched.stop();
  });

  it('throws on being subscribed to', () => {
    const offers = new Observable<readonly Offer[]>(() => {
      throw new Error('not today');
    });
    const watched = watch(good(), hostile({ offers, diagnostics: of([]) }));
    expect(watched.places()).toEqual(['a']);
    expect(watched.codes()).toEqual(['source.failed']);
    watched.stop();
  });

  it('fails only in its list, and works again for the next watcher', () => {
    let attempts = 0;
    const offers = new Observable<readonly Offer[]>((subscriber) => {
      attempts += 1;
      subscriber.next([offer('b')]);
      if (attempts === 1) subscriber.error(new Error('broke'));
    });
    const source = hostile({ offers, diagnostics: of([]) });
    const watched = watch(good(), source);
    expect(watched.places()).toEqual(['a']);
    expect(watched.codes()).toEqual(['source.failed']);
    watched.stop();
    const again = watch(good(), source);
    expect(again.places()).toEqual(['a', 'b']);
    again.stop();
  });

  it('goes on talking after its failure', () => {
    let talk: (list: readonly Offer[]) => void = () => undefined;
    const offers = new Observable<readonly Offer[]>((subscriber) => {
      talk = (list) => {
        subscriber.next(list);
      };
      subscriber.error(new Error('broke'));
    });
    const watched = watch(good(), hostile({ offers }));
    talk([offer('b')]);
    expect(watched.places()).toEqual(['a']);
    watched.stop();
  });

  it('is done talking', () => {
    const watched = watch(good(), hostile({ offers: of([offer('b')]), diagnostics: of([]) }));
    expect(watched.places()).toEqual(['a', 'b']);
    watched.stop();
  });

  it('throws on being told what is in use', async () => {
    const throwing = hostile({
      offers: of([offer('b')]),
      leave: () => {
        throw new Error('no');
      },
    });
    const manager = new DeviceManager([throwing]);
    const [lamp] = await firstValueFrom(manager.of(LAMP));
    if (lamp === undefined) throw new Error('no lamp');
    const lease = await manager.open(lamp, { owner: 'test', reason: 'test' });
    await lease.release();
  });
});

describe('a flood of lists', () => {
  it('reaches a screen 20 times a second, the latest list last', async () => {
    vi.useFakeTimers();
    try {
      const lists = new Subject<readonly Offer[]>();
      const watched = watch(hostile({ offers: lists, diagnostics: of([]) }));
      for (let turn = 0; turn < 1_000; turn += 1) {
        for (let i = 0; i < 10; i += 1) lists.next([offer(`${turn}.${i}`)]);
        await vi.advanceTimersByTimeAsync(1);
      }
      await vi.advanceTimersByTimeAsync(50);
      expect(watched.lists.length).toBeLessThanOrEqual(20 + 21 + 1);
      expect(watched.lists.length).toBeGreaterThan(20);
      expect(watched.places()).toEqual(['999.9']);
      watched.stop();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
