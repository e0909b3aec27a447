import { usbReferenceRole, type TransportUnderTest } from '@buergerkoffer/core/testing';
import { LabBus, plugUsb, referenceUsb, type ReferenceUsbOptions } from '@buergerkoffer/device-lab';
import { timersLeft } from './virtual-time.js';

/** Two USB reference devices on a bus of this process. */
export function usbSubject(
  speed: NonNullable<ReferenceUsbOptions['speed']> = 'high',
): TransportUnderTest<'usb'> {
  const bus = new LabBus('usb');
  const plug = () => plugUsb(bus, referenceUsb({ speed }), { place: '1-1' });
  const second = plugUsb(bus, referenceUsb({ speed, role: 'second' }), { place: '1-2' });
  let first = plug();
  return {
    bus,
    openOptions: {},
    roleOf: usbReferenceRole,
    unplug: () => {
      first.unplug();
    },
    plug: () => {
      first = plug();
    },
    leaks: timersLeft,
    release: () => {
      first.unplug();
      second.unplug();
    },
  };
}
