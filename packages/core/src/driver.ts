import type { Device, DeviceKind } from './device.js';
import type { BusKind, Port, PortMatch } from './port.js';
import type { OpenOptionsOf, TransportOf } from './transport.js';

/** What a driver is given beside the transport. */
export interface DriverContext<K extends BusKind> {
  readonly port: Port<K>;
  /** Aborted when the caller no longer wants the device; opening must stop and release. */
  readonly signal: AbortSignal;
}

/** A driver: data that says which ports it understands, plus an open function. */
export interface DeviceDriver<D extends Device, K extends BusKind> {
  /** Unique name, `maker-model` or `protocol`: `uru4500`, `ipp`. */
  readonly id: string;
  readonly kind: DeviceKind<D>;
  readonly bus: K;
  /** Any of these; udev rules and the list of supported devices are generated from them. */
  readonly matches: readonly PortMatch<K>[];
  readonly openOptions: OpenOptionsOf[K];
  /** What helps when another program has the port, where the driver knows: it takes the place of the bus's remedy. */
  readonly busyRemedy?: string;
  /**
   * Where ids do not tell (AT, PTP, IPP): asks the thing itself, within {@link IDENTIFY_MS}. Not while a device uses
   * the port or one that conflicts with it, and not for a kind that another driver knows the thing for by its ids.
   * Anything but `true` is no; what it throws concerns nobody else. The transport is closed afterwards in any case.
   */
  identify?(transport: TransportOf[K], signal: AbortSignal): Promise<boolean>;
  /** Takes over `transport`, and closes it with the device. When opening fails the caller closes it. */
  open(transport: TransportOf[K], context: DriverContext<K>): Promise<D>;
}

/** How long a driver may ask an unknown thing whether it is one of its own, in milliseconds. */
export const IDENTIFY_MS = 3_000;

/** `driver` itself; the compiler checks its matches and its transport against its bus. */
export function defineDriver<D extends Device, K extends BusKind>(
  driver: DeviceDriver<D, K>,
): DeviceDriver<D, K> {
  return driver;
}
