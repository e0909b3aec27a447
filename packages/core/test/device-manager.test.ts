import { firstValueFrom, Observable } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { DeviceManager, type Candidate, type Offer } from '@buergerkoffer/core';
import { HORN, LAMP, lamp, offer, source, type Lamp } from './support/fakes.js';

const request = { owner: 'Antrag', reason: 'Fingerabdruck aufnehmen' };

async function only(manager: DeviceManager): Promise<Candidate<Lamp>> {
  const [candidate] = await firstValueFrom(manager.of(LAMP));
  if (candidate === undefined) throw new Error('no candidate');
  return candidate;
}

function watch(manager: DeviceManager): { lists: (readonly Candidate[])[]; stop(): void } {
  const lists: (readonly Candidate[])[] = [];
  const subscription = manager.devices.subscribe((list) => lists.push(list));
  return {
    lists,
    stop: () => {
      subscription.unsubscribe();
    },
  };
}

describe('the device list', () => {
  it('is empty at once when there are no sources', async () => {
    expect(await firstValueFrom(new DeviceManager([]).devices)).toEqual([]);
  });

  it('shows one candidate for one function seen on several ports, and one for each function', async () => {
    const usb = offer('usb:1-4', {
      id: 'usb',
      driver: 'ccid-usb',
      ports: [
        {
          bus: 'usb',
          id: 'u',
          path: '1-4:1.0',
          physical: 'usb:1-4',
          vendorId: 1,
          productId: 2,
          interfaceNumber: 0,
          interfaceClass: 11,
          interfaceSubclass: 0,
          interfaceProtocol: 0,
        },
      ],
    });
    const pcsc = offer('usb:1-4', {
      id: 'pcsc',
      driver: 'pcsc',
      ports: [{ bus: 'pcsc', id: 'p', path: 'Reader 00', physical: 'usb:1-4', reader: 'Reader 00' }],
    });
    const horn: Offer = { ...offer('usb:1-4'), id: 'horn', kind: HORN };
    const list = await firstValueFrom(new DeviceManager([source([pcsc, horn]), source([usb])]).devices);
    expect(list.map((c) => c.id)).toEqual(['usb:1-4#horn', 'usb:1-4#lamp']);
    expect(list[1]?.drivers).toEqual(['ccid-usb', 'pcsc']);
  });

  it('does not wait for a source that says nothing', async () => {
    vi.useFakeTimers();
    try {
      const silent = {
        id: 'silent',
        offers: new Observable<readonly Offer[]>(),
        diagnostics: new Observable<never>(),
      };
      const watched = watch(new DeviceManager([source([offer('a')]), silent]));
      await vi.advanceTimersByTimeAsync(999);
      expect(watched.lists.map((list) => list.length)).toEqual([1]);
      watched.stop();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is not told twice to somebody who hears of a change while somebody else makes the next one', async () => {
    const manager = new DeviceManager([source([offer('a'), offer('b')])]);
    const leases: Promise<unknown>[] = [];
    const eager = manager.devices.subscribe((list) => {
      const free = list.find(({ availability }) => availability.state === 'free');
      if (free !== undefined) leases.push(manager.open(free, request));
    });
    const patient = watch(manager);
    await Promise.all(leases);
    const states = patient.lists.map((list) => list.map(({ availability }) => availability.state).join());
    expect(states).toEqual(['leased,leased']);
    eager.unsubscribe();
    patient.stop();
  });

  it('keeps the object of a candidate that has not changed', () => {
    const things = source([offer('a')]);
    const watched = watch(new DeviceManager([things]));
    things.set([offer('a'), offer('b')]);
    expect(watched.lists).toHaveLength(2);
    expect(watched.lists[1]?.[0]).toBe(watched.lists[0]?.[0]);
    watched.stop();
  });

  it('shows two equal functions of one thing apart', async () => {
    const slots = ['contact', 'contactless'].map((part) => offer('usb:1-4', { id: part, part }));
    const list = await firstValueFrom(new DeviceManager([source(slots)]).devices);
    expect(list.map(({ id }) => id)).toEqual(['usb:1-4#lamp/contact', 'usb:1-4#lamp/contactless']);
  });

  it('is watched once however many look, and not at all when nobody does', () => {
    const watched = source();
    const manager = new DeviceManager([watched]);
    const first = watch(manager);
    const second = watch(manager);
    expect(watched.watchers()).toBe(1);
    first.stop();
    second.stop();
    expect(watched.watchers()).toBe(0);
  });
});

describe('a lease', () => {
  it('shows who has the device, keeps others out and ends on release', async () => {
    const manager = new DeviceManager([source([offer('a')])]);
    const watched = watch(manager);
    const lease = await manager.open(await only(manager), request);
    expect(watched.lists.at(-1)?.[0]?.availability).toEqual({ state: 'leased', ...request, waiting: 0 });
    await expect(manager.open(await only(manager), { owner: 'B', reason: 'x' })).rejects.toMatchObject({
      code: 'busy',
      message: 'Lamp is used by Antrag: Fingerabdruck aufnehmen',
    });
    await lease.release();
    await lease.release();
    expect(watched.lists.at(-1)?.[0]?.availability).toEqual({ state: 'free' });
    watched.stop();
  });

  it('ends by itself when the device is lost', async () => {
    const device = lamp();
    const manager = new DeviceManager([source([offer('a', { open: () => Promise.resolve(device) })])]);
    const lease = await manager.open(await only(manager), request);
    device.life.lose();
    expect(await lease.ended).toMatchObject({ reason: 'lost' });
    await expect(manager.open(await only(manager), request)).resolves.toBeDefined();
  });

  it('is not given while a cancelled opening still holds the hardware', async () => {
    let finish = (_: Lamp): void => undefined;
    let asked = (): void => undefined;
    const opening = new Promise<Lamp>((resolve) => (finish = resolve));
    const begun = new Promise<void>((resolve) => (asked = resolve));
    const open = (): Promise<Lamp> => {
      asked();
      return opening;
    };
    const manager = new DeviceManager([source([offer('a', { open })])]);
    const controller = new AbortController();
    const candidate = await only(manager);
    const lease = manager.open(candidate, request, controller.signal);
    await begun;
    controller.abort(new Error('closed the window'));
    await expect(lease).rejects.toThrow('closed the window');
    await expect(manager.open(candidate, request)).rejects.toMatchObject({ code: 'busy' });
    const late = lamp();
    finish(late);
    expect(await late.ended).toEqual({ reason: 'closed' });
    await new Promise((resolve) => setImmediate(resolve));
    await expect(manager.open(candidate, request)).resolves.toBeDefined();
  });

  it('is refused for a candidate of somebody else', async () => {
    const candidate = await only(new DeviceManager([source([offer('a')])]));
    await expect(new DeviceManager([]).open(candidate, request)).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });
});
