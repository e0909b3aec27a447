import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { VirtualLineDevice } from '@buergerkoffer/device-lab';
import { attachTcpLine } from '@buergerkoffer/device-lab/node';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function attach(device: VirtualLineDevice, failed?: (error: unknown) => void) {
  const attached = await attachTcpLine(device, failed === undefined ? {} : { failed });
  closing.push(() => attached.unplug());
  return attached;
}

/** Everything that a service says to a client that sends `text` and hangs up when it has heard `until`. */
async function talk(port: number, text: string, until: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let heard = '';
  for await (const chunk of socket) {
    heard += String(chunk);
    if (heard.endsWith(until)) break;
  }
  return heard;
}

const echo: VirtualLineDevice = {
  powerUp: (send) => {
    send(new TextEncoder().encode('RDY '));
    return {
      received: async (bytes) => {
        await Promise.resolve();
        send(bytes);
      },
    };
  },
};

describe('a line device behind a TCP port', () => {
  it('begins anew with each connection', async () => {
    const { port } = await attach(echo);
    expect(await talk(port, 'one', 'one')).toBe('RDY one');
    expect(await talk(port, 'two', 'two')).toBe('RDY two');
  });

  it('loses power with the connection', async () => {
    let down = (): void => undefined;
    const unpowered = new Promise<void>((resolve) => {
      down = resolve;
    });
    const { port } = await attach({ powerUp: () => ({ received: () => undefined, powerDown: down }) });
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.destroy();
    await unpowered;
  });

  it('takes no more while it is at something', async () => {
    let taken = 0;
    let first = (): void => undefined;
    const busy = new Promise<void>((resolve) => {
      first = resolve;
    });
    const { port } = await attach({
      powerUp: () => ({
        received: (bytes) => {
          taken += bytes.length;
          first();
          return new Promise(() => undefined);
        },
      }),
    });
    const socket = connect(port, '127.0.0.1');
    closing.push(() => Promise.resolve(void socket.destroy()));
    socket.write(new Uint8Array(64 * 1024 * 1024));
    await busy;
    const before = taken;
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toBe(before);
    expect(socket.writableLength).toBeGreaterThan(0);
  });

  it('cuts off a client that does not listen', async () => {
    const { port } = await attach({
      powerUp: (send) => {
        const flood = setInterval(() => {
          send(new Uint8Array(1024 * 1024));
        }, 1);
        return {
          received: () => undefined,
          powerDown: () => {
            clearInterval(flood);
          },
        };
      },
    });
    const socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.on('error', () => undefined);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    // A paused socket notices its end when it reads or writes.
    const poke = setInterval(() => socket.write('x'), 5);
    await closed;
    clearInterval(poke);
  });

  it('that does not get power hangs up, and tells whoever attached it', async () => {
    const fault = new Error('firmware');
    const failed: unknown[] = [];
    const broken: VirtualLineDevice = {
      powerUp: () => {
        throw fault;
      },
    };
    const { port } = await attach(broken, (error) => failed.push(error));
    expect(await talk(port, '', 'x')).toBe('');
    expect(failed).toEqual([fault]);
  });

  it('hangs up when it is unplugged', async () => {
    const attached = await attach(echo);
    const talking = talk(attached.port, 'x', 'never');
    await new Promise((resolve) => setImmediate(resolve));
    await attached.unplug();
    await talking.catch(() => undefined);
    await attached.ended;
    await expect(talk(attached.port, 'x', 'x')).rejects.toThrow('ECONNREFUSED');
  });
});
