import type { Device, DeviceKind } from '../device.js';
import { encodeValue } from './plain-value.js';

const COMMON = ['info', 'ended', 'close'];

/**
 * The properties that a kind adds to a device and that are plain data (`capabilities`), with their values: own
 * ones and getters, which do no I/O by contract. Methods and what cannot travel are left out.
 */
export function plainProperties(device: Device, kind: DeviceKind): readonly (readonly [string, unknown])[] {
  return namesOf(device)
    .filter((name) => !COMMON.includes(name) && !Object.hasOwn(kind.operations, name))
    .flatMap((name) => {
      try {
        const value: unknown = Reflect.get(device, name);
        if (value === undefined) return [];
        encodeValue(value, name);
        return [[name, value] as const];
      } catch {
        return [];
      }
    });
}

/** Own enumerable names, and those of getters on the classes of `value`. */
function namesOf(value: object): readonly string[] {
  const names = new Set(Object.keys(value));
  let prototype: unknown = Object.getPrototypeOf(value);
  while (typeof prototype === 'object' && prototype !== null && prototype !== Object.prototype) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (descriptor.get !== undefined) names.add(name);
    }
    prototype = Object.getPrototypeOf(prototype);
  }
  return [...names];
}
