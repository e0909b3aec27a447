import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * Runs `work` while no other process of this computer runs work under the same `name`; until then it waits, and
 * says so once through `onWait`. The lock is an abstract Unix socket: the kernel gives it up with its process, however
 * that ends, so there is no stale lock. Rejects with `signal.reason` when aborted while waiting.
 */
export async function withLock<T>(
  name: string,
  work: () => Promise<T>,
  options: { readonly signal?: AbortSignal | undefined; readonly onWait?: () => void } = {},
): Promise<T> {
  const path = `\0${name}`;
  let waited = false;
  for (;;) {
    options.signal?.throwIfAborted();
    const held = await hold(path);
    if (held !== undefined) {
      try {
        return await work();
      } finally {
        held.release();
      }
    }
    if (!waited) options.onWait?.();
    waited = true;
    options.signal?.throwIfAborted();
    await othersEnd(path, options.signal);
  }
}

interface Held {
  release(): void;
}

/** The lock, or undefined while another process has it. */
async function hold(path: string): Promise<Held | undefined> {
  const waiting = new Set<Socket>();
  const server: Server = createServer((socket) => {
    waiting.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => waiting.delete(socket));
  });
  server.listen({ path });
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
  return {
    release: () => {
      server.close();
      // Whoever waits learns of it by the end of the connection.
      for (const socket of waiting) socket.destroy();
    },
  };
}

/** Resolves when the process that has the lock gives it up or is gone. */
function othersEnd(path: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path });
    const aborted = (): void => {
      socket.destroy();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', aborted, { once: true });
    // Refused: it was given up just now. `close` follows in each case.
    socket.on('error', () => undefined);
    socket.resume();
    socket.on('close', () => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    });
  });
}
