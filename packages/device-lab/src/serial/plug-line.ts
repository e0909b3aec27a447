import type { SerialPort, TcpPort } from '@buergerkoffer/core';
import type { LabBus, Plugged } from '../lab-bus.js';
import { LineEngine } from './line-engine.js';
import { LineTransport } from './line-transport.js';
import type { VirtualLineDevice } from './virtual-line-device.js';

/** How a device on a serial line is plugged into a bus of this process. */
export interface PlugSerialOptions {
  /** What the port says beside where it is: ids and names of its USB adapter, a path of its own. */
  readonly port?: Partial<Omit<SerialPort, 'bus' | 'id' | 'physical'>>;
  /** Where: `1-4.2`. Default: the lowest free place. */
  readonly place?: string;
  /** Hears what the device's code threw; its host notices nothing. */
  readonly failed?: (error: unknown) => void;
}

/**
 * Plugs a device on a serial line into a bus of this process: it gets power, and keeps what it is in the middle of
 * until the plug is pulled. Opening sets the line and raises DTR and RTS, closing lowers them.
 */
export function plugSerial(
  bus: LabBus<'serial'>,
  device: VirtualLineDevice,
  options: PlugSerialOptions = {},
): Plugged<'serial'> {
  const { place, address } = bus.assign(options.place);
  const path = options.port?.path ?? `/dev/ttyLAB${address}`;
  const port: SerialPort = {
    ...options.port,
    bus: 'serial',
    id: `serial:${path}@${address}`,
    path,
    physical: `usb:${place}`,
  };
  const engine = new LineEngine(device, options.failed);
  const pull = bus.plug({
    port,
    connect: (settings, unplugged) =>
      Promise.resolve(
        new LineTransport({
          engine,
          settings: { ...DEFAULTS, ...settings, dtr: true, rts: true },
          unplugged,
        }),
      ),
  });
  return {
    ports: [port],
    unplug: () => {
      pull();
      engine.powerDown();
    },
  };
}

const DEFAULTS = { dataBits: 8, stopBits: 1, parity: 'none' } as const;

/** How a service is put on a bus of this process. */
export interface PlugTcpOptions {
  /** Default `lab.local`. */
  readonly host?: string;
  /** Default 9100. */
  readonly port?: number;
  /** DNS-SD type, such as `_pdl-datastream._tcp`. */
  readonly service?: string;
  /** Hears what the device's code threw; its client notices nothing. */
  readonly failed?: (error: unknown) => void;
}

/** Puts a service on a bus of this process: the device gets power for each connection, and loses it with its end. */
export function plugTcp(
  bus: LabBus<'tcp'>,
  device: VirtualLineDevice,
  options: PlugTcpOptions = {},
): Plugged<'tcp'> {
  const { host = 'lab.local', port: number = 9100, service, failed } = options;
  const path = `${host}:${number}`;
  const port: TcpPort = {
    bus: 'tcp',
    id: `tcp:${path}`,
    path,
    physical: `net:${host}`,
    host,
    port: number,
    ...(service === undefined ? {} : { service }),
  };
  const unplug = bus.plug({
    port,
    connect: (_, unplugged) => {
      const engine = new LineEngine(device, failed);
      const closed = (): void => {
        engine.powerDown();
      };
      return Promise.resolve(new LineTransport({ engine, settings: {}, unplugged, closed }));
    },
  });
  return { ports: [port], unplug };
}
