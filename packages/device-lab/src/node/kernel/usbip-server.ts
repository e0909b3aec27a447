import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { DeviceError } from '@buergerkoffer/core';
import type { VirtualUsbDevice } from '../../usb/virtual-usb-device.js';
import { UsbipConnection, UsbipExports } from '../../usbip/usbip-connection.js';
import { attachment, type AttachOptions, type Attached } from './attached.js';
import { sendTo, serveSocket } from './serve-socket.js';

/** The port of USB/IP (IANA). */
export const USBIP_PORT = 3240;
/** Clients that are connected at one time, at most. */
const CONNECTIONS = 64;

/** How long a client may take to say what it wants, in milliseconds. */
const REQUEST_MS = 10_000;

/** Where a USB/IP server listens. */
export interface UsbipServerOptions extends AttachOptions {
  /** Default 127.0.0.1: the protocol knows neither password nor encryption. */
  readonly host?: string;
  /** Default 3240; 0 takes a free one. */
  readonly port?: number;
}

/** Devices that other computers can import. */
export interface UsbipServer extends Attached {
  readonly port: number;
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
  { host = '127.0.0.1', port = USBIP_PORT, failed }: UsbipServerOptions = {},
): Promise<UsbipServer> {
  const exports = new UsbipExports(devices, failed);
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
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
    socket.on('close', () => sockets.delete(socket));
  });
  server.maxConnections = CONNECTIONS;
  await listening(server, host, port);
  const address = server.address();
  const attached = attachment(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return {
    ...attached,
    port: typeof address === 'object' && address !== null ? address.port : port,
    busIds: exports.devices.map(({ busId }) => busId),
  };
}

async function listening(server: ReturnType<typeof createServer>, host: string, port: number): Promise<void> {
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EADDRINUSE') throw new DeviceError('busy', `port ${port} is taken`, { cause });
    if (code === 'EACCES') throw new DeviceError('access-denied', `port ${port} may not be used`, { cause });
    throw new DeviceError('invalid-request', `nothing can listen at ${host}`, { cause });
  }
}
