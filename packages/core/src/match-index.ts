import type { Device } from './device.js';
import type { DeviceDriver } from './driver.js';
import type { BusKind, Port } from './port.js';

/** Rows that name the same fields, as a tree: one level for each field, its values as branches. */
interface Rows<D> {
  readonly fields: readonly string[];
  readonly root: Branch<D>;
}

interface Branch<D> {
  readonly next: Map<unknown, Branch<D>>;
  readonly drivers: D[];
}

/**
 * Finds the drivers of a port. The rows of all match tables are indexed together by the fields that they name, so
 * that a look-up costs as many steps as there are ways to name a thing, not as there are rows or drivers.
 */
export class MatchIndex<K extends BusKind> {
  readonly #rows: readonly Rows<DeviceDriver<Device, K>>[];

  constructor(drivers: readonly DeviceDriver<Device, K>[]) {
    const byFields = new Map<string, Rows<DeviceDriver<Device, K>>>();
    for (const driver of drivers) {
      for (const match of driver.matches) {
        const row = new Map<string, unknown>(Object.entries(match));
        const fields = [...row.keys()].sort();
        if (fields.length === 0) continue;
        const name = fields.join();
        const rows = byFields.get(name) ?? { fields, root: branch() };
        byFields.set(name, rows);
        const leaf = fields.reduce((at, field) => follow(at, row.get(field)), rows.root);
        if (leaf.drivers.at(-1) !== driver) leaf.drivers.push(driver);
      }
    }
    this.#rows = [...byFields.values()].sort((a, b) => precision(b.fields) - precision(a.fields));
  }

  /**
   * The drivers that understand `port`, each once: those that name vendor and product first, then those that name
   * more, of equals the one that was given first.
   */
  driversOf(port: Port<K>): readonly DeviceDriver<Device, K>[] {
    const found = new Set<DeviceDriver<Device, K>>();
    for (const { fields, root } of this.#rows) {
      let at: Branch<DeviceDriver<Device, K>> | undefined = root;
      for (const field of fields) at = at?.next.get(Reflect.get(port, field));
      for (const driver of at?.drivers ?? []) found.add(driver);
    }
    return [...found];
  }
}

function branch<D>(): Branch<D> {
  return { next: new Map(), drivers: [] };
}

/** The branch of `value`, grown where there is none yet. */
function follow<D>(at: Branch<D>, value: unknown): Branch<D> {
  const next = at.next.get(value) ?? branch<D>();
  at.next.set(value, next);
  return next;
}

/** More for rows that say more; ids of vendor and product outweigh all that a class can say. The bus says nothing. */
function precision(fields: readonly string[]): number {
  const named = fields.includes('vendorId') && fields.includes('productId');
  return fields.filter((field) => field !== 'bus').length + (named ? 100 : 0);
}
