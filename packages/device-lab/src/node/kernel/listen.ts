import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { DeviceError } from '@buergerkoffer/core';
import { attachment, type Attached } from './attached.js';
import { systemCode, systemFailure } from './system-error.js';

/** Where a server listens. */
export interface ListenOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: a free one. */
  readonly port?: number;
}

/** A device, or several, behind a TCP port. */
export interface Listening extends Attached {
  readonly port: number;
}

/** Lets `server` listen until it is unplugged: then it is closed, and whoever is connected cut off. */
export async function listen(
  server: Server,
  { host = '127.0.0.1', port = 0 }: ListenOptions,
): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen({ host, port });
  try {
    await once(server, 'listening');
  } catch (cause) {
    if (systemCode(cause) === 'EADDRINUSE') throw new DeviceError('busy', `port ${port} is taken`, { cause });
    throw systemFailure(cause, {
      absent: `there is no ${host} to listen at`,
      remedy: 'give the name or address of this computer',
      forbidden: `port ${port} may not be used`,
    });
  }
  const attached = attachment(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  const address = server.address();
  return { ...attached, port: typeof address === 'object' && address !== null ? address.port : port };
}
