import { firstValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { LabBus, virtualReader } from '@buergerkoffer/device-lab';

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
