import type { AnyDriver, BusKind, Device, DeviceDriver } from '@buergerkoffer/core';

/**
 * The drivers of this release; udev rules, the list of supported devices and what `koffer` opens come from here. A vendor
 * puts drivers of their own into their program: `busSource(bus, [driver])`.
 */
export const DRIVERS: readonly AnyDriver[] = [];

/** The drivers of one bus. */
export function driversOf<K extends BusKind>(bus: K): readonly DeviceDriver<Device, K>[] {
  return DRIVERS.filter((driver): driver is AnyDriver & DeviceDriver<Device, K> => driver.bus === bus);
}
