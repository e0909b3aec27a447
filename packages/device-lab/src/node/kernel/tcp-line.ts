import { createServer, type Socket } from 'node:net';
import { LineEngine } from '../../serial/line-engine.js';
import type { VirtualLineDevice } from '../../serial/virtual-line-device.js';
import type { AttachOptions } from './attached.js';
import { listen, type Listening, type ListenOptions } from './listen.js';
import { pumpLine } from './pump-line.js';

/** Clients that are connected at one time, at most. */
const CONNECTIONS = 64;

/**
 * Puts a line device behind a TCP port, by default a free one of the loopback. It gets power for each connection, and
 * loses it with its end. A client that does not read what the device says is cut off. Rejects `busy` when the port is
 * taken, `access-denied` when it may not be used.
 */
export async function attachTcpLine(
  device: VirtualLineDevice,
  { failed, ...where }: AttachOptions & ListenOptions = {},
): Promise<Listening> {
  const server = createServer({ noDelay: true }, (socket) => {
    connected(device, socket, failed);
  });
  server.maxConnections = CONNECTIONS;
  return listen(server, where);
}

function connected(
  device: VirtualLineDevice,
  socket: Socket,
  failed: ((error: unknown) => void) | undefined,
): void {
  socket.on('error', () => undefined); // `close` follows, and says all there is to know
  let engine: LineEngine;
  try {
    engine = new LineEngine(device, failed);
  } catch (error) {
    failed?.(error);
    socket.destroy();
    return;
  }
  const end = pumpLine(engine, {
    fromHost: socket,
    toHost: socket,
    settings: {},
    overflow: () => socket.destroy(),
  });
  socket.on('close', () => {
    end();
    engine.powerDown();
  });
}
