import type { Device } from './device.js';
import type { DeviceDriver } from './driver.js';
import { matchesPort, type BusKind, type Port } from './port.js';

/**
 * Finds the drivers of a port. Drivers whose matches name vendor and product are indexed by them, so that
 * adding one does not slow discovery; the others are walked.
 */
export class MatchIndex<K extends BusKind> {
  readonly #byId = new Map<string, DeviceDriver<Device, K>[]>();
  readonly #general: DeviceDriver<Device, K>[] = [];

  constructor(drivers: readonly DeviceDriver<Device, K>[]) {
    for (const driver of drivers) {
      const keys = driver.matches.map(idOf);
      if (keys.includes(undefined)) this.#general.push(driver);
      for (const key of new Set(keys)) {
        if (key !== undefined) this.#byId.set(key, [...(this.#byId.get(key) ?? []), driver]);
      }
    }
  }

  /** The drivers that understand `port`, each once, those that name vendor and product first. */
  driversOf(port: Port<K>): readonly DeviceDriver<Device, K>[] {
    const key = idOf(port);
    const named = key === undefined ? [] : (this.#byId.get(key) ?? []);
    return [...new Set([...named, ...this.#general])].filter((driver) =>
      driver.matches.some((match) => matchesPort(match, port)),
    );
  }
}

function idOf(ids: object): string | undefined {
  return 'vendorId' in ids && 'productId' in ids
    ? `${String(ids.vendorId)}:${String(ids.productId)}`
    : undefined;
}
