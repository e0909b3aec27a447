import { describe, expect, it, vi } from 'vitest';
import type { UsbTransport } from '@buergerkoffer/core';
import { LabBus, plugUsb, stillCamera } from '@buergerkoffer/device-lab';

const PICTURE = Uint8Array.from({ length: 5_000 }, (_, i) => i % 251);

async function camera() {
  const bus = new LabBus('usb');
  const { ports, unplug } = plugUsb(bus, stillCamera({ picture: PICTURE, shutterMs: 1 }));
  const [port] = ports;
  if (port === undefined) throw new Error('no camera');
  return { usb: await bus.open(port, {}), unplug };
}

const u32 = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];

/** One operation; the payloads of data and response. */
async function ask(usb: UsbTransport, code: number, ...parameters: readonly number[]) {
  const command = [...u32(12 + 4 * parameters.length), 1, 0, code & 255, code >> 8, ...u32(7)];
  await usb.transferOut(2, new Uint8Array([...command, ...parameters.flatMap(u32)]));
  const containers: { readonly type: number; readonly code: number; readonly payload: Uint8Array }[] = [];
  do {
    const answer = await usb.transferIn(1, 64 * 512);
    if (answer.status === 'stall') throw new Error('stalled');
    const view = new DataView(answer.data.buffer, answer.data.byteOffset);
    expect(view.getUint32(0, true)).toBe(answer.data.length);
    expect(view.getUint32(8, true)).toBe(7);
    containers.push({
      type: view.getUint16(4, true),
      code: view.getUint16(6, true),
      payload: answer.data.subarray(12),
    });
  } while (containers.at(-1)?.type !== 3);
  return { response: containers.at(-1)?.code, data: containers.find(({ type }) => type === 2)?.payload };
}

describe('a virtual still camera', () => {
  it('is a still image device of USB', async () => {
    const bus = new LabBus('usb');
    const { ports } = plugUsb(bus, stillCamera({ picture: PICTURE }));
    expect(ports).toMatchObject([{ interfaceClass: 6, interfaceSubclass: 1, interfaceProtocol: 1 }]);
  });

  it('hands out its picture, byte for byte', async () => {
    const { usb } = await camera();
    expect((await ask(usb, 0x1002, 1)).response).toBe(0x2001);
    expect((await ask(usb, 0x1007, 0xffffffff, 0, 0)).data).toEqual(new Uint8Array([1, 0, 0, 0, 1, 0, 0, 0]));
    expect((await ask(usb, 0x1009, 1)).data).toEqual(PICTURE);
  });

  it('takes a picture and tells of it', async () => {
    const { usb } = await camera();
    const event = usb.transferIn(3, 64);
    expect((await ask(usb, 0x100e, 0, 0)).response).toBe(0x2001);
    const told = await event;
    expect(told).toMatchObject({ status: 'ok' });
    if (told.status === 'ok') expect([...told.data.subarray(6, 8), told.data[12]]).toEqual([0x02, 0x40, 2]);
    expect((await ask(usb, 0x1009, 2)).data).toEqual(PICTURE);
    expect((await ask(usb, 0x100b, 2)).response).toBe(0x2001);
    expect((await ask(usb, 0x1009, 2)).response).toBe(0x2009);
  });

  it('refuses what it does not know, and stalls at nonsense', async () => {
    const { usb } = await camera();
    expect((await ask(usb, 0x9999)).response).toBe(0x2005);
    await usb.transferOut(2, new Uint8Array([1, 2, 3]));
    expect(await usb.transferIn(1, 512)).toEqual({ status: 'stall' });
    await usb.clearHalt('in', 1);
    expect((await ask(usb, 0x1001)).response).toBe(0x2001);
  });

  it('leaves no timer behind when its plug is pulled', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { usb, unplug } = await camera();
      await usb.transferOut(2, new Uint8Array([...u32(12), 1, 0, 0x0e, 0x10, ...u32(7)]));
      unplug();
      await usb.close();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
