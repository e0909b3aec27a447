import {
  hidReferenceRole,
  usbReferenceRole,
  type HidReferenceModel,
  type TransportUnderTest,
} from '@buergerkoffer/core/testing';
import { webHidBus, webSerialBus, webUsbBus } from '@buergerkoffer/core/web';
import { referenceHid, referenceLine, referenceUsb } from '@buergerkoffer/device-lab';
import { LabWebHid } from './lab-web-hid.js';
import { LabWebSerial } from './lab-web-serial.js';
import { LabWebUsb } from './lab-web-usb.js';

const TWIN = 'twin';

/** Timers that live now, where the test can count them. */
export type CountTimers = () => Readonly<Record<string, number>>;
const uncounted: CountTimers = () => ({});

/** A bus of a browser without the API, where this is tried in one. */
function absent<B>(api: string, bus: () => B): { readonly absentBus?: () => B } {
  return 'navigator' in globalThis && api in navigator ? {} : { absentBus: bus };
}

/** A plug that can be pulled and put back. */
function plugOf(plug: () => () => void): { readonly unplug: () => void; readonly plug: () => void } {
  let unplug = plug();
  return {
    unplug: () => {
      unplug();
    },
    plug: () => {
      unplug = plug();
    },
  };
}

/** Two USB reference devices of the lab, seen through WebUSB. */
export function usbSubject(timers = uncounted): TransportUnderTest<'usb'> {
  const usb = new LabWebUsb();
  usb.plug(referenceUsb({ role: 'second' }), '1-2');
  return {
    bus: webUsbBus(usb),
    openOptions: {},
    roleOf: usbReferenceRole,
    ...absent('usb', () => webUsbBus()),
    leaks: () => ({ ...timers(), listeners: usb.listeners }),
    ...plugOf(() => usb.plug(referenceUsb(), '1-1')),
  };
}

/** Two HID reference devices of the lab, seen through WebHID. */
export function hidSubject(model: HidReferenceModel, timers = uncounted): TransportUnderTest<'hid'> {
  const hid = new LabWebHid();
  const first = plugOf(() => hid.plug(referenceHid(model), '1-1'));
  // A browser tells no serial number: the name tells the twin apart.
  hid.plug({ ...referenceHid(model, 'second'), model: TWIN }, '1-2');
  return {
    bus: webHidBus(hid),
    openOptions: {},
    roleOf: (port) => (port.model === TWIN ? 'second' : hidReferenceRole(model, port)),
    ...absent('hid', () => webHidBus()),
    leaks: () => ({ ...timers(), listeners: hid.listeners }),
    ...first,
  };
}

/** Two reference devices on serial lines of the lab, seen through Web Serial. */
export function serialSubject(timers = uncounted): TransportUnderTest<'serial'> {
  const serial = new LabWebSerial();
  serial.plug(referenceLine(), '1-2', { vendorId: 0x1209, productId: 2 });
  return {
    bus: webSerialBus(serial),
    openOptions: { baudRate: 115_200 },
    roleOf: ({ productId }) => (productId === 2 ? 'second' : 'first'),
    ...absent('serial', () => webSerialBus()),
    leaks: () => ({ ...timers(), listeners: serial.listeners }),
    ...plugOf(() => serial.plug(referenceLine(), '1-1', { vendorId: 0x1209, productId: 1 })),
  };
}
