import type { Device, DeviceInfo, DeviceKind } from '../device.js';
import { DeviceError } from '../device-error.js';
import { FaultScript, type PlannedFault } from './fault.js';
import type { Losable, Simulated } from './simulated.js';

/** What every simulator can be told; kinds add their own data. */
export interface SimulationOptions {
  /** Unsigned 32-bit; the same seed gives the same device. Default 1. */
  readonly seed?: number;
  /** Faults that it will show. */
  readonly faults?: readonly PlannedFault[];
  /** Milliseconds between two events; 0 runs as fast as possible. Each kind states its default. */
  readonly paceMs?: number;
  /** Overrides of the device's own description. */
  readonly info?: Partial<DeviceInfo>;
}

/** A simulated thing of `kind`; `make` builds one open device, given the faults and a way to pull its own plug. */
export function simulate<D extends Device>(
  kind: DeviceKind<D>,
  info: DeviceInfo,
  options: SimulationOptions,
  make: (world: { readonly faults: FaultScript; readonly vanish: () => void }) => D & Losable,
): Simulated<D> {
  const faults = new FaultScript(options.faults);
  let plugged = true;
  let current: (D & Losable) | undefined;
  const unplug = (): void => {
    plugged = false;
    current?.lose(new DeviceError('lost', `${info.model} was unplugged`));
    current = undefined;
  };
  return {
    kind,
    info: { ...info, ...options.info, simulated: true },
    faults,
    open: (signal) => {
      if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
      if (!plugged) return Promise.reject(new DeviceError('lost', `${info.model} is not plugged in`));
      if (current !== undefined)
        return Promise.reject(new DeviceError('busy', `${info.model} is already open`));
      const device = make({ faults, vanish: unplug });
      current = device;
      void device.ended.then(() => {
        if (current === device) current = undefined;
      });
      return Promise.resolve(device);
    },
    unplug,
    plug: () => {
      plugged = true;
    },
  };
}
