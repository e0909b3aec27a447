import type { Device } from '../device.js';
import type { DeviceDriver } from '../driver.js';
import type { BusKind } from '../port.js';
import { matchWords } from './match-words.js';

/** A driver of some bus, with its bus and its matches still bound together: what a list of all drivers holds. */
export type AnyDriver = { readonly [K in BusKind]: DeviceDriver<Device, K> }[BusKind];

/** One line of the list of supported devices. */
export interface SupportedDevice {
  readonly driver: string;
  /** Id of the kind, such as `fingerprint-scanner`. */
  readonly kind: string;
  /** German name of the kind. */
  readonly title: string;
  readonly bus: BusKind;
  /** What the driver looks for, in words. */
  readonly match: string;
  /** Whether the thing itself is asked before it is taken for one of these. */
  readonly asks: boolean;
}

/** Every match of every driver, in the order of kind, driver, bus and match. */
export function supportedDevices(drivers: readonly AnyDriver[]): readonly SupportedDevice[] {
  return drivers
    .flatMap((driver) =>
      driver.matches.map((match): SupportedDevice => ({
        driver: driver.id,
        kind: driver.kind.id,
        title: driver.kind.title,
        bus: driver.bus,
        match: matchWords(match),
        asks: driver.identify !== undefined,
      })),
    )
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b), 'en'));
}

function keyOf({ kind, driver, bus, match }: SupportedDevice): string {
  return [kind, driver, bus, match].join(' ');
}
