import type { Observable } from 'rxjs';
import type { Diagnostic } from './bus.js';
import type { Device, DeviceInfo, DeviceKind } from './device.js';
import type { DeviceMeter } from './health/meter.js';
import type { Port } from './port.js';

/** A device that a source can open: one driver on one port, a simulator, a function of another process. */
export interface Offer<D extends Device = Device> {
  /** Unique within its source, stable while the thing stays attached. */
  readonly id: string;
  readonly kind: DeviceKind<D>;
  readonly info: DeviceInfo;
  /** Place in the topology; offers with the same place, kind and part are one candidate. */
  readonly physical: string;
  /** Which of several equal functions of the thing; absent for the first or only one. */
  readonly part?: string;
  /** The ports it uses; empty for simulators and devices of other processes. */
  readonly ports: readonly Port[];
  /** Id of the driver, or of the source. */
  readonly driver: string;
  /** Undefined where the question makes no sense or nobody tried yet. */
  readonly reachable?: boolean;
  /** Opens the device; what it does is counted by `meter` as far as the source can see it. */
  open(signal: AbortSignal, meter?: DeviceMeter): Promise<D>;
  /** Resets the whole physical thing; absent where that cannot be done. */
  reset?(signal: AbortSignal): Promise<void>;
}

/** Where devices come from: buses with drivers, a bench of simulators, a child process, a service. */
export interface DeviceSource {
  readonly id: string;
  /** Cold. The whole list at every change, the first one as soon as it is complete. */
  readonly offers: Observable<readonly Offer[]>;
  /** Cold. All that is to be said now, at every change; starts with the current state. */
  readonly diagnostics: Observable<readonly Diagnostic[]>;
  /** Cold. The attached ports, whether or not a driver understands them; absent where there are none to see. */
  readonly ports?: Observable<readonly Port[]>;
  /**
   * Told by the manager at every change: leases use these ports, all of them. A source that asks things what they
   * are leaves these alone, and what conflicts with them; resolves when it has let go of them.
   */
  leave?(ports: readonly Port[]): Promise<void>;
}
