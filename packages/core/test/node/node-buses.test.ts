import { firstValueFrom, takeWhile, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { busSource, DeviceManager, type Bus, type BusKind } from '@buergerkoffer/core';
import { hidBus, pcscBus, serialBus, usbBus, usbPlaceInPath } from '@buergerkoffer/core/node';

describe('the buses of this computer', () => {
  it.each<[string, () => Bus<BusKind>]>([
    ['usb', usbBus as () => Bus<BusKind>],
    ['hid', hidBus as () => Bus<BusKind>],
    ['serial', serialBus as () => Bus<BusKind>],
    ['pcsc', pcscBus as () => Bus<BusKind>],
  ])('%s lists, with or without hardware, libraries and services', async (_, make) => {
    const events = await firstValueFrom(
      make().events.pipe(
        takeWhile((event) => event.type !== 'listed', true),
        toArray(),
      ),
    );
    const diagnostics = events.flatMap((event) => (event.type === 'diagnostics' ? event.diagnostics : []));
    expect(events.at(-1)).toEqual({ type: 'listed' });
    expect(diagnostics.every((diagnostic) => diagnostic.remedy !== '')).toBe(true);
  });

  it('give a manager its first list within a second', async () => {
    const manager = new DeviceManager([
      busSource(usbBus(), []),
      busSource(hidBus(), []),
      busSource(serialBus(), []),
    ]);
    const started = performance.now();
    await firstValueFrom(manager.devices);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('the place of a device', () => {
  it.each([
    ['/sys/devices/pci0000:00/0000:00:14.0/usb1/1-4/1-4.2/1-4.2:1.0/0003:046D:C31C.0001', 'usb:1-4.2'],
    ['/sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.1/tty/ttyACM0', 'usb:2-1'],
    ['/sys/devices/pnp0/00:04/tty/ttyS0', undefined],
  ])('of %s is %s', (path, place) => {
    expect(usbPlaceInPath(path)).toBe(place);
  });
});
