import { BehaviorSubject } from 'rxjs';
import type { Device, DeviceInfo, DeviceKind } from '../device.js';
import { DeviceError } from '../device-error.js';
import { FaultScript, type KnownFaults, type PlannedFault } from './fault.js';
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

/** What a simulated device is given when it is opened. */
export interface SimulatedWorld {
  /** Its description, with the overrides of the options. */
  readonly info: DeviceInfo;
  readonly faults: FaultScript;
  /** Pulls its own plug. */
  readonly vanish: () => void;
}

/**
 * A simulated thing of `kind`; `make` builds one open device. With `known` a fault that the simulator cannot show
 * throws `unsupported` here and in `faults.plan`.
 */
export function simulate<D extends Device>(
  kind: DeviceKind<D>,
  info: DeviceInfo,
  options: SimulationOptions,
  make: (world: SimulatedWorld) => D & Losable,
  known?: KnownFaults,
): Simulated<D> {
  const faults = new FaultScript(options.faults, known);
  const merged: DeviceInfo = { ...info, ...options.info, simulated: true };
  const plugged = new BehaviorSubject(true);
  let current: (D & Losable) | undefined;
  const unplug = (): void => {
    const device = current;
    current = undefined;
    device?.lose(new DeviceError('lost', `${merged.model} was unplugged`));
    if (plugged.value) plugged.next(false);
  };
  return {
    kind,
    info: merged,
    faults,
    plugged: plugged.asObservable(),
    open: async (signal) => {
      await Promise.resolve();
      signal?.throwIfAborted();
      if (!plugged.value) throw new DeviceError('lost', `${merged.model} is not plugged in`);
      if (current !== undefined) throw new DeviceError('busy', `${merged.model} is already open`);
      const device = make({ info: merged, faults, vanish: unplug });
      current = device;
      void device.ended.then(() => {
        if (current === device) current = undefined;
      });
      return device;
    },
    unplug,
    plug: () => {
      if (!plugged.value) plugged.next(true);
    },
  };
}
