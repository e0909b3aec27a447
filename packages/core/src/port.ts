/** Where things can be attached. */
export type BusKind = 'usb' | 'hid' | 'serial' | 'tcp' | 'pcsc' | 'http';

/** All bus kinds, in the order in which a driver prefers them when one thing is seen on several. */
export const BUS_KINDS = [
  'usb',
  'hid',
  'pcsc',
  'serial',
  'http',
  'tcp',
] as const satisfies readonly BusKind[];

/** What every port says about itself. */
interface PortBase<K extends BusKind> {
  readonly bus: K;
  /** Unique on its bus while attached; the same thing plugged in again may get another one. */
  readonly id: string;
  /** Where it is, as an integrator would look for it: `1-4.2:1.0`, `/dev/ttyACM0`, a reader's name, an address. */
  readonly path: string;
  /**
   * Place in the topology. Ports with the same `physical` belong to one thing: `usb:1-4.2`, `net:printer.local`. An
   * http or tcp port that is known to be a thing on USB (IPP over USB, a configuration that says so) names its USB
   * place. Serial numbers never join two ports: many cheap devices share one.
   */
  readonly physical: string;
  /** Which of several equal functions of one thing, such as the slots of a reader; absent for the first or only one. */
  readonly part?: string;
  /** What the thing calls itself, where it tells. */
  readonly maker?: string;
  readonly model?: string;
  readonly serialNumber?: string;
}

/**
 * One interface of a USB device; two functions of one device are two ports with one `physical`. An interface whose settings are of several
 * classes is a port for each of them.
 */
export interface UsbPort extends PortBase<'usb'> {
  readonly vendorId: number;
  readonly productId: number;
  /** bcdDevice, the maker's release of the device: `0x0104` is 1.04. Undefined where the bus does not tell. */
  readonly deviceVersion?: number;
  readonly interfaceNumber: number;
  readonly interfaceClass: number;
  readonly interfaceSubclass: number;
  readonly interfaceProtocol: number;
  /** The alternate setting that is this port, where that is not the interface's first one; it is chosen when the port is opened. */
  readonly alternateSetting?: number;
}

/** One top-level collection of a HID device. */
export interface HidPort extends PortBase<'hid'> {
  readonly vendorId: number;
  readonly productId: number;
  readonly usagePage?: number;
  readonly usage?: number;
  readonly interfaceNumber?: number;
}

/** A serial line; the ids are those of its USB adapter where it has one. */
export interface SerialPort extends PortBase<'serial'> {
  readonly vendorId?: number;
  readonly productId?: number;
  /** USB interface behind the line, the control interface of two: tells the lines of one LTE stick apart. */
  readonly interfaceNumber?: number;
}

/** An address that speaks a protocol of its own; comes from configuration or DNS-SD. */
export interface TcpPort extends PortBase<'tcp'> {
  readonly host: string;
  readonly port: number;
  /** DNS-SD type such as `_ptp._tcp`, or the type that the configuration gives. */
  readonly service?: string;
  /** Undefined until somebody tried. */
  readonly reachable?: boolean;
}

/** One slot of a reader that the PC/SC service lists. */
export interface PcscPort extends PortBase<'pcsc'> {
  readonly reader: string;
}

/** The base address of an HTTP service; comes from configuration or DNS-SD. */
export interface HttpPort extends PortBase<'http'> {
  readonly url: string;
  /** DNS-SD type such as `_ipp._tcp` or `_uscan._tcp`, or the type that the configuration gives. */
  readonly service?: string;
  /** Undefined until somebody tried. */
  readonly reachable?: boolean;
}

/** The ports of each bus. */
export interface PortOf {
  readonly usb: UsbPort;
  readonly hid: HidPort;
  readonly serial: SerialPort;
  readonly tcp: TcpPort;
  readonly pcsc: PcscPort;
  readonly http: HttpPort;
}

/** A place where something is attached: plain data, safe to send to a worker. */
export type Port<K extends BusKind = BusKind> = PortOf[K];

type MatchKeys<K extends BusKind> = Exclude<
  { [P in keyof PortOf[K]]-?: PortOf[K][P] extends string | number | undefined ? P : never }[keyof PortOf[K]],
  // Every slot of every reader is a thing that a driver of cards can use. Of no other bus is that true.
  | 'id'
  | 'path'
  | 'physical'
  | 'part'
  | 'serialNumber'
  | 'alternateSetting'
  | (K extends 'pcsc' ? never : 'bus')
>;

/**
 * A port is matched when every field given here is equal; at least one field must be given. `{ bus: 'pcsc' }` matches
 * every slot of every card reader.
 */
export type PortMatch<K extends BusKind = BusKind> = { readonly [P in MatchKeys<K>]?: PortOf[K][P] };

/** Whether `port` has every value that `match` names; an empty match matches nothing. */
export function matchesPort<K extends BusKind>(match: PortMatch<K>, port: PortOf[K]): boolean {
  const wanted = Object.entries(match);
  return wanted.length > 0 && wanted.every(([field, value]) => Reflect.get(port, field) === value);
}
