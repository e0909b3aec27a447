import { busSource, DeviceManager, type Device, type DeviceDriver } from '@buergerkoffer/core';
import { childBus } from '@buergerkoffer/core/node';

// #region bus
/** The USB devices of `drivers`, whose native library runs in a process of its own. */
export function usbBeside(drivers: readonly DeviceDriver<Device, 'usb'>[]): DeviceManager {
  const usb = childBus('usb', { module: new URL('usb-bus.mjs', import.meta.url) });
  return new DeviceManager([busSource(usb, drivers)]);
}
// #endregion
