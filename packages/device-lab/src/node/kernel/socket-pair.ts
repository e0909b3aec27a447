import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, Socket } from 'node:net';
import { DeviceError } from '@buergerkoffer/core';

/** Two ends of one stream in this process. */
export interface SocketPair {
  /** The end that is given away; nothing was read from it. */
  readonly theirs: Socket;
  readonly ours: Socket;
}

/**
 * Two connected Unix sockets. They meet at an abstract address, of which nothing is left in a file system (Linux).
 */
export async function socketPair(): Promise<SocketPair> {
  const address = `\0device-lab-${randomUUID()}`;
  const server = createServer();
  server.listen(address);
  await once(server, 'listening');
  try {
    const theirs = new Socket();
    theirs.pause(); // whoever gets it reads from its descriptor
    const accepted: Promise<unknown[]> = once(server, 'connection');
    theirs.connect(address);
    await once(theirs, 'connect');
    const [ours] = await accepted;
    if (!(ours instanceof Socket)) throw new DeviceError('unsupported', 'no socket pair');
    return { theirs, ours };
  } finally {
    server.close();
  }
}

/** The file descriptor of a socket, to hand it to the kernel; Node has no name of its own for it. */
export function descriptorOf(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, '_handle');
  const descriptor: unknown =
    typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'fd') : undefined;
  if (typeof descriptor === 'number' && descriptor >= 0) return descriptor;
  throw new DeviceError('unsupported', 'this version of Node does not tell the descriptor of a socket', {
    remedy: 'use a version of Node that package.json names under engines',
  });
}
