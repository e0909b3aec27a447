import { firstValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { LabBus, virtualHid, virtualReader } from '@buergerkoffer/device-lab';

describe('a virtual HID device', () => {
  it('answers feature reports and refuses unknown ones', async () => {
    const hidPort = {
      bus: 'hid',
      id: 'h',
      path: 'hid',
      physical: 'usb:1-3',
      vendorId: 1,
      productId: 2,
    } as const;
    const bus = new LabBus('hid');
    bus.plug(
      virtualHid(hidPort, () => ({ getFeature: (id) => (id === 9 ? new Uint8Array([9, 1]) : undefined) })),
    );
    const hid = await bus.open(hidPort, {});
    expect(await hid.receiveFeatureReport(9)).toEqual(new Uint8Array([9, 1]));
    await expect(hid.receiveFeatureReport(8)).rejects.toMatchObject({ code: 'protocol' });
    await expect(hid.sendFeatureReport(9, new Uint8Array(1))).rejects.toMatchObject({ code: 'protocol' });
  });
});

describe('a virtual reader', () => {
  it('ends the connection, not the reader, when the card is taken out', async () => {
    const reader = virtualReader({
      bus: 'pcsc',
      id: 'r',
      path: 'Reader 00',
      physical: 'usb:1-5',
      reader: 'Reader 00',
    });
    const bus = new LabBus('pcsc');
    bus.plug(reader);
    const slot = await bus.open(reader.port, {});
    await expect(slot.connect('exclusive')).rejects.toMatchObject({ code: 'attention' });
    reader.insert({
      atr: new Uint8Array([0x3b]),
      transmit: () => Promise.resolve(new Uint8Array([0x90, 0])),
    });
    const card = await slot.connect('exclusive');
    expect(await card.transmit(new Uint8Array([0, 0xa4, 0, 0]))).toEqual(new Uint8Array([0x90, 0]));
    reader.remove();
    expect(await card.ended).toMatchObject({ reason: 'lost' });
    expect(await firstValueFrom(slot.card)).toEqual({ state: 'absent' });
  });
});
