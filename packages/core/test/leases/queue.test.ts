import { firstValueFrom } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  DeviceManager,
  type Candidate,
  type Lease,
  type LeaseRequest,
  type Offer,
} from '@buergerkoffer/core';
import { LAMP, lamp, offer, source, type Lamp } from '../support/fakes.js';

const holder = { owner: 'Selbsttest', reason: 'Lampe prüfen', priority: 'background' } as const;

function waits(owner: string, changes: Partial<LeaseRequest> = {}): LeaseRequest {
  return { owner, reason: 'leuchten', whenBusy: 'wait', ...changes };
}

/** A manager with one lamp, which somebody has. */
async function held(open: Offer<Lamp>['open'] = () => Promise.resolve(lamp())) {
  const things = source([offer('a', { open })]);
  const manager = new DeviceManager([things]);
  const [candidate] = await firstValueFrom(manager.of(LAMP));
  if (candidate === undefined) throw new Error('no lamp');
  const lists: (readonly Candidate[])[] = [];
  const watching = manager.devices.subscribe((list) => lists.push(list));
  const lease = await manager.open(candidate, holder);
  const given: string[] = [];
  /** Asks for the lamp; `given` tells in which order it was given. */
  const ask = async (request: LeaseRequest, signal?: AbortSignal): Promise<Lease<Lamp>> => {
    const won = await manager.open(candidate, request, signal);
    given.push(request.owner);
    return won;
  };
  return {
    manager,
    things,
    candidate,
    lease,
    ask,
    given,
    availability: () => lists.at(-1)?.[0]?.availability,
    stop: () => {
      watching.unsubscribe();
    },
  };
}

/** Every promise that can settle now has settled. */
const settled = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(0);
};

describe('somebody who waits for a device', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('gets it when it is given back', async () => {
    const { lease, ask, availability, stop } = await held();
    const asked = ask(waits('Antrag'));
    await settled();
    expect(availability()).toMatchObject({ state: 'leased', owner: 'Selbsttest', waiting: 1 });
    await lease.release();
    const next = await asked;
    expect(availability()).toMatchObject({ state: 'leased', owner: 'Antrag', waiting: 0 });
    await next.release();
    expect(availability()).toEqual({ state: 'free' });
    stop();
  });

  it('goes after those who are more urgent, and after those who came first', async () => {
    const { lease, ask, given, stop } = await held();
    const asked = [
      ask(waits('Diagnose', { priority: 'background' })),
      ask(waits('Schritt 1')),
      ask(waits('Schritt 2', { priority: 'planned' })),
      ask(waits('Sachbearbeiterin', { priority: 'attended' })),
    ];
    await settled();
    await lease.release();
    for (const one of [3, 1, 2, 0]) await (await asked[one])?.release();
    expect(given).toEqual(['Sachbearbeiterin', 'Schritt 1', 'Schritt 2', 'Diagnose']);
    stop();
  });

  it('is heard by a less urgent holder, which is not robbed', async () => {
    const { lease, ask, stop } = await held();
    const wanted: string[][] = [];
    let over = false;
    const hearing = lease.wanted.subscribe({
      next: (requests) => wanted.push(requests.map(({ owner }) => owner)),
      complete: () => (over = true),
    });
    const equal = ask(waits('Diagnose', { priority: 'background' }));
    const giveUp = new AbortController();
    const urgent = ask(waits('Sachbearbeiterin', { priority: 'attended' }), giveUp.signal);
    await settled();
    giveUp.abort(new Error('changed her mind'));
    await expect(urgent).rejects.toThrow('changed her mind');
    expect(wanted).toEqual([[], ['Sachbearbeiterin'], []]);
    await expect(lease.device.toggle()).resolves.toBe(true);
    await lease.release();
    expect(over).toBe(true);
    await (await equal).release();
    hearing.unsubscribe();
    stop();
  });

  it('gives up after its patience, and leaves no trace', async () => {
    const { lease, ask, availability, stop } = await held();
    const asked = ask(waits('Antrag', { waitMs: 500 }));
    const outcome = expect(asked).rejects.toMatchObject({
      code: 'timeout',
      message: 'waiting for Lamp took longer than 500 ms',
    });
    await vi.advanceTimersByTimeAsync(500);
    await outcome;
    expect(availability()).toMatchObject({ owner: 'Selbsttest', waiting: 0 });
    await lease.release();
    expect(availability()).toEqual({ state: 'free' });
    stop();
  });

  it('does not keep a device that it is given in the moment of giving up', async () => {
    const { lease, ask, availability, stop } = await held();
    const giveUp = new AbortController();
    const asked = ask(waits('Antrag'), giveUp.signal);
    const outcome = expect(asked).rejects.toThrow('too late');
    await settled();
    void lease.release();
    await lease.ended;
    giveUp.abort(new Error('too late'));
    await outcome;
    await settled();
    expect(availability()).toEqual({ state: 'free' });
    stop();
  });

  it('is told when the device is lost, so that somebody looks at the cable now', async () => {
    const device = lamp();
    const { ask, stop } = await held(() => Promise.resolve(device));
    const asked = ask(waits('Antrag'));
    await settled();
    device.life.lose();
    await expect(asked).rejects.toMatchObject({
      code: 'lost',
      message: 'Lamp has gone while it was waited for',
    });
    stop();
  });

  it('is told when the device is no longer listed, even when nobody else watches', async () => {
    const { things, ask, stop } = await held();
    stop();
    const asked = ask(waits('Antrag'));
    await settled();
    expect(things.watchers()).toBe(1);
    things.set([]);
    await expect(asked).rejects.toMatchObject({ code: 'lost' });
    expect(things.watchers()).toBe(0);
  });

  it('does not wait when it does not want to: the refusal names the holder', async () => {
    const { ask, lease, stop } = await held();
    await expect(ask({ owner: 'Antrag', reason: 'leuchten' })).rejects.toMatchObject({
      code: 'busy',
      message: 'Lamp is used by Selbsttest: Lampe prüfen',
    });
    await lease.release();
    stop();
  });
});
