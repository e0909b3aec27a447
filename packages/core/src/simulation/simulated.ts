import type { Observable } from 'rxjs';
import type { Device, DeviceInfo, DeviceKind } from '../device.js';
import type { DeviceError } from '../device-error.js';
import type { FaultScript } from './fault.js';

/**
 * A simulated piece of hardware: what lies on the table before anybody opens it. Plug it into a bench (package
 * device-lab) and the manager finds it like any other; or open it directly in a test.
 */
export interface Simulated<D extends Device = Device> {
  readonly kind: DeviceKind<D>;
  readonly info: DeviceInfo;
  readonly faults: FaultScript;
  /** Whether it is plugged in: the present state first, then every change, a fault `vanish` among them. */
  readonly plugged: Observable<boolean>;
  /** Opens it; one at a time, a second open is `busy`; `lost` while it is unplugged. */
  open(signal?: AbortSignal): Promise<D>;
  /** Pulls the plug: the open device ends with `lost` before this returns. */
  unplug(): void;
  /** Plugs it in again. */
  plug(): void;
}

/** An open simulated device: what a simulator adds to its kind's interface so that it can be unplugged. */
export interface Losable {
  /** Ends the device at once, as a pulled plug does. */
  lose(error: DeviceError): void;
}
