import { createServer } from 'node:net';
import type { VirtualUsbDevice } from '../../usb/virtual-usb-device.js';
import { UsbipConnection, UsbipExports } from '../../usbip/usbip-connection.js';
import type { AttachOptions } from './attached.js';
import { listen, type Listening, type ListenOptions } from './listen.js';
import { sendTo, serveSocket } from './serve-socket.js';

/** The port of USB/IP (IANA). */
export const USBIP_PORT = 3240;
/** Clients that are connected at one time, at most. */
const CONNECTIONS = 64;
/** How long a client may take to say what it wants, in milliseconds. */
const REQUEST_MS = 10_000;

/** Where a USB/IP server listens: by default at port 3240 of 127.0.0.1, for the protocol knows no password. */
export type UsbipServerOptions = AttachOptions & ListenOptions;

/** Devices that other computers can import. */
export interface UsbipServer extends Listening {
  /** What the devices are called, in the order in which they were given: `1-1`, `1-2` … */
  readonly busIds: readonly string[];
}

/**
 * Offers USB devices to the stacks of other computers and programs (`usbip attach -r HOST -b 1-1`). A device gets
 * power when it is imported, is imported by one at a time, and loses power when the connection ends. Rejects `busy`
 * when the port is taken, `access-denied` when it may not be used.
 */
export async function attachUsbipServer(
  devices: readonly VirtualUsbDevice[],
  { failed, host, port = USBIP_PORT }: UsbipServerOptions = {},
): Promise<UsbipServer> {
  const exports = new UsbipExports(devices, failed);
  const server = createServer({ noDelay: true }, (socket) => {
    const connection = new UsbipConnection(exports, {
      send: sendTo(socket),
      imported: () => {
        socket.setTimeout(0);
      },
      close: () => {
        socket.destroySoon();
      },
    });
    serveSocket(socket, connection, failed);
    socket.setTimeout(REQUEST_MS, () => socket.destroy());
  });
  server.maxConnections = CONNECTIONS;
  const listening = await listen(server, { port, ...(host === undefined ? {} : { host }) });
  return { ...listening, busIds: exports.devices.map(({ busId }) => busId) };
}
