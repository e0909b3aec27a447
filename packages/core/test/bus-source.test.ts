import { firstValueFrom, take } from 'rxjs';
import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { busSource, defineDriver, type Bus, type HidPort, type Offer } from '@buergerkoffer/core';
import { FakeSerialBus, LAMP, lamp } from './support/fakes.js';

const byId = defineDriver({
  id: 'lamp-1209',
  kind: LAMP,
  bus: 'serial',
  matches: [{ vendorId: 0x1209, productId: 1 }],
  openOptions: { baudRate: 9600 },
  open: (transport) => {
    const device = lamp();
    void device.ended.then(() => transport.close());
    return Promise.resolve(device);
  },
});

const byAnswer = defineDriver({
  ...byId,
  id: 'lamp-at',
  matches: [{ model: 'modem' }],
  identify: async (transport) => {
    const answer = firstValueFrom(transport.input.pipe(take(1)));
    await transport.write(new TextEncoder().encode('AT\r'));
    return new TextDecoder().decode(await answer) === 'LAMP';
  },
});

function lists(source: ReturnType<typeof busSource>): { seen: string[][]; stop(): void } {
  const seen: string[][] = [];
  const subscription = source.offers.subscribe((offers: readonly Offer[]) =>
    seen.push(offers.map((o) => o.id)),
  );
  return {
    seen,
    stop: () => {
      subscription.unsubscribe();
    },
  };
}

describe('busSource', () => {
  it('offers a device while its port is attached', () => {
    const bus = new FakeSerialBus();
    bus.attach('/dev/ttyACM0', { vendorId: 0x1209, productId: 1 });
    bus.attach('/dev/ttyACM1', { vendorId: 0x1209, productId: 2 });
    const watched = lists(busSource(bus, [byId]));
    bus.detach('/dev/ttyACM0');
    expect(watched.seen).toEqual([['/dev/ttyACM0/lamp-1209'], []]);
    watched.stop();
  });

  it('asks a thing whose ids do not tell, and gives the port back', async () => {
    const bus = new FakeSerialBus();
    bus.answers.set('/dev/ttyUSB0', 'LAMP').set('/dev/ttyUSB1', 'OTHER');
    const watched = lists(busSource(bus, [byAnswer]));
    bus.attach('/dev/ttyUSB0', { model: 'modem' });
    bus.attach('/dev/ttyUSB1', { model: 'modem' });
    await vi.waitFor(() => {
      expect(watched.seen.at(-1)).toEqual(['/dev/ttyUSB0/lamp-at']);
      expect(bus.open_).toBe(0);
    });
    watched.stop();
  });

  it('gives up on a thing that never answers, leaving nothing open', async () => {
    vi.useFakeTimers();
    try {
      const bus = new FakeSerialBus();
      bus.attach('/dev/ttyUSB0', { model: 'modem' });
      const watched = lists(busSource(bus, [byAnswer]));
      await vi.advanceTimersByTimeAsync(3_100);
      expect(watched.seen.at(-1)).toEqual([]);
      expect(bus.open_).toBe(0);
      watched.stop();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('closes the transport when the driver fails to open', async () => {
    const bus = new FakeSerialBus();
    bus.attach('/dev/ttyACM0', { vendorId: 0x1209, productId: 1 });
    const failing = { ...byId, open: () => Promise.reject(new Error('no')) };
    const [offer] = await firstValueFrom(busSource(bus, [failing]).offers);
    await expect(offer?.open(new AbortController().signal)).rejects.toThrow('no');
    expect(bus.open_).toBe(0);
  });

  it('does not compile for a port or a driver of another bus', () => {
    expectTypeOf<Bus<'usb'>['open']>().parameter(0).not.toEqualTypeOf<HidPort>();
    const check = (usb: Bus<'usb'>, hid: HidPort): void => {
      // @ts-expect-error a HID port is not a USB port
      void usb.open(hid, {});
      // @ts-expect-error a serial driver does not run on a USB bus
      busSource(usb, [byId]);
    };
    expect(check).toBeTypeOf('function');
  });
});
