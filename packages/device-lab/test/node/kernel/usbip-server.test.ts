import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { attachUsbipServer, attachVhciRemote } from '@buergerkoffer/device-lab/node';
import { readImportReply, writeImport } from '../../../src/usbip/op-codec.js';
import { counting, echoDevice } from '../../support/echo-device.js';
import { readAnswers, submit } from '../../support/usbip-client.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(...devices: VirtualUsbDevice[]) {
  const server = await attachUsbipServer(devices, { port: 0 });
  closing.push(() => server.unplug());
  return server;
}

async function client(port: number) {
  const socket = connect(port, '127.0.0.1');
  closing.push(() => Promise.resolve(void socket.destroy()));
  await once(socket, 'connect');
  return socket;
}

/** The next `length` bytes that come. */
async function bytesOf(socket: Socket, length: number): Promise<Uint8Array> {
  for (;;) {
    const bytes: unknown = socket.read(length);
    if (bytes instanceof Uint8Array) return bytes;
    await once(socket, 'readable');
  }
}

describe('a USB/IP server on TCP', () => {
  it('lets a client import a device and use it', async () => {
    const { port, busIds } = await serve(echoDevice());
    expect(busIds).toEqual(['1-1']);
    const socket = await client(port);
    socket.write(writeImport('1-1'));
    expect(readImportReply(await bytesOf(socket, 320))).toMatchObject({ deviceNumber: 2 });
    socket.write(submit({ seqnum: 1, direction: 'out', endpoint: 0, setup: [0, 9, 1, 0, 0, 0, 0, 0] }));
    socket.write(submit({ seqnum: 2, direction: 'out', endpoint: 1, data: counting(3) }));
    socket.write(submit({ seqnum: 3, direction: 'in', endpoint: 1, length: 64 }));
    const answers = readAnswers(await bytesOf(socket, 3 * 48 + 3), (seqnum) => (seqnum === 3 ? 'in' : 'out'));
    expect(answers).toEqual(['1: 0, 0', '2: 0, 3', '3: 0, 3 = 0 1 2']);
  });

  it('takes power from a device whose client has gone, and gives it to the next', async () => {
    let down = (): void => undefined;
    const unpowered = new Promise<void>((resolve) => {
      down = resolve;
    });
    const { port } = await serve(echoDevice(() => ({ powerDown: down })));
    const first = await client(port);
    first.write(writeImport('1-1'));
    await bytesOf(first, 320);
    first.destroy();
    await unpowered;
    const second = await client(port);
    second.write(writeImport('1-1'));
    expect(readImportReply(await bytesOf(second, 320))).toMatchObject({ deviceNumber: 2 });
  });

  it('hangs up on what is no USB/IP, and goes on for others', async () => {
    const { port } = await serve(echoDevice());
    const wrong = await client(port);
    wrong.write('GET / HTTP/1.1\r\n\r\n');
    wrong.resume();
    await once(wrong, 'close');
    const right = await client(port);
    right.write(writeImport('1-1'));
    expect(readImportReply(await bytesOf(right, 320))).toMatchObject({ deviceNumber: 2 });
  });

  it('ends with its clients when it is unplugged', async () => {
    const server = await serve(echoDevice());
    const socket = await client(server.port);
    socket.write(writeImport('1-1'));
    await bytesOf(socket, 320);
    socket.resume();
    const closed = once(socket, 'close');
    await server.unplug();
    await Promise.all([closed, server.ended, server.unplug()]);
  });

  it('is busy when its port is taken', async () => {
    const { port } = await serve(echoDevice());
    await expect(attachUsbipServer([echoDevice()], { port })).rejects.toMatchObject({ code: 'busy' });
  });
});

describe('importing into the kernel', () => {
  const vhciFolder = '/nowhere';

  it.each([
    ['there is no server', 1, '1-1', 'not-found'],
    ['the server has no such device', undefined, '1-7', 'not-found'],
    ['the kernel has no virtual host controller', undefined, '1-1', 'not-found'],
  ])('is refused when %s', async (_, port, busId, code) => {
    const server = await serve(echoDevice());
    const remote = { host: '127.0.0.1', port: port ?? server.port, busId };
    await expect(attachVhciRemote(remote, { vhciFolder })).rejects.toMatchObject({ code });
  });

  it('is refused for a bus id that no device can have', async () => {
    const remote = { host: '127.0.0.1', port: 1, busId: 'x'.repeat(32) };
    await expect(attachVhciRemote(remote, { vhciFolder })).rejects.toMatchObject({ kind: 'input' });
  });

  it('is busy when somebody else has imported the device', async () => {
    const { port } = await serve(echoDevice());
    const socket = await client(port);
    socket.write(writeImport('1-1'));
    await bytesOf(socket, 320);
    await expect(attachVhciRemote({ host: '127.0.0.1', port, busId: '1-1' })).rejects.toMatchObject({
      code: 'busy',
    });
  });
});
