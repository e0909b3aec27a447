import {
  matchesPort,
  type AnyDriver,
  type BusKind,
  type Device,
  type DeviceDriver,
  type Port,
} from '@buergerkoffer/core';
import { ptpIpDriver, ptpUsbDriver } from '@buergerkoffer/camera';
import { tcpBus } from '@buergerkoffer/core/node';
import { uru4500Driver } from '@buergerkoffer/fingerprint';
import { ippDriver, ippUsbDriver, usbPrinterDriver } from '@buergerkoffer/print';

/**
 * The drivers of this release; udev rules, the list of supported devices and what `koffer` opens come from here. A vendor
 * puts drivers of their own into their program: `busSource(bus, [driver])`.
 */
export const DRIVERS: readonly AnyDriver[] = [
  uru4500Driver,
  ptpUsbDriver,
  ptpIpDriver({ bus: tcpBus() }),
  ippDriver(),
  ippUsbDriver(),
  usbPrinterDriver(),
];

/** The drivers of one bus. */
export function driversOf<K extends BusKind>(bus: K): readonly DeviceDriver<Device, K>[] {
  return DRIVERS.filter((driver): driver is AnyDriver & DeviceDriver<Device, K> => driver.bus === bus);
}

/** The drivers whose matches fit `port`: nobody waits for others to understand it. */
export function driversFor<K extends BusKind>(bus: K, port: Port<K>): readonly DeviceDriver<Device, K>[] {
  return driversOf(bus).filter(({ matches }) => matches.some((match) => matchesPort(match, port)));
}
