import { firstValueFrom, NEVER, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { defineKind, DeviceLife, DeviceManager, type Candidate, type Device } from '@buergerkoffer/core';
import { simulate, type Losable, type Simulated } from '@buergerkoffer/core/simulation';
import { Bench } from '@buergerkoffer/device-lab';

interface Horn extends Device {
  blow(): Observable<string>;
}
const HORN = defineKind<Horn>('horn', 'Hupe', { blow: 'stream' });

function horn(model = 'Horn'): Simulated<Horn> {
  const info = { maker: 'Test', model, simulated: true };
  return simulate<Horn>(HORN, info, {}, ({ faults, vanish }): Horn & Losable => {
    const life = new DeviceLife();
    return {
      info,
      ended: life.ended,
      close: () => life.close(),
      lose: (error) => {
        life.lose(error);
      },
      blow: () =>
        life.gate.stream('blow', () => {
          if (faults.take('blow')?.type === 'vanish') vanish();
          return NEVER;
        }),
    };
  });
}

const request = { owner: 'test', reason: 'noise' };

function watch(manager: DeviceManager) {
  const lists: (readonly Candidate<Horn>[])[] = [];
  const subscription = manager.of(HORN).subscribe((list) => lists.push(list));
  const models = (): readonly string[] => lists.at(-1)?.map(({ info }) => info.model) ?? [];
  return {
    models,
    first: () => lists.at(-1)?.[0],
    stop: () => {
      subscription.unsubscribe();
    },
  };
}

describe('a bench', () => {
  it.each<[string, (thing: Simulated<Horn>, pull: () => void) => void]>([
    [
      'its plug is pulled at the bench',
      (_, pull) => {
        pull();
      },
    ],
    [
      'it is unplugged itself',
      (thing) => {
        thing.unplug();
      },
    ],
    [
      'it vanishes in an operation',
      (thing) => {
        thing.faults.plan({ operation: 'blow', fault: { type: 'vanish' } });
      },
    ],
  ])('reports a device as lost within 100 ms, in the list and in the lease, when %s', async (_, lose) => {
    const bench = new Bench();
    const thing = horn();
    const pull = bench.plug(thing);
    const manager = new DeviceManager([bench]);
    const watched = watch(manager);
    const candidate = watched.first();
    if (candidate === undefined) throw new Error('no horn');
    const lease = await manager.open(candidate, request);
    const started = performance.now();
    lose(thing, pull);
    lease.device.blow().subscribe({ error: () => undefined });
    expect(await lease.ended).toMatchObject({ reason: 'lost' });
    expect(performance.now() - started).toBeLessThan(100);
    expect(watched.models()).toEqual([]);
    bench.plug(thing, 'bench:1');
    const again = watched.first();
    if (again === undefined) throw new Error('not found again');
    await (await manager.open(again, request)).release();
    watched.stop();
  });

  it('keeps one place for one thing', async () => {
    const bench = new Bench([horn('A')]);
    expect(() => bench.plug(horn('B'), 'bench:1')).toThrow('bench:1 is taken by A');
    bench.plug(horn('C'), 'bench:2');
    bench.plug(horn('D'));
    const offers = await firstValueFrom(bench.offers);
    expect(offers.map(({ physical, info }) => `${physical} ${info.model}`)).toEqual([
      'bench:1 A',
      'bench:2 C',
      'bench:3 D',
    ]);
  });
});
