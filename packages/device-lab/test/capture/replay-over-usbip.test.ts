import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { replayCapture } from '@buergerkoffer/device-lab';
import { attachUsbipServer } from '@buergerkoffer/device-lab/node';
import { writeImport } from '../../src/usbip/op-codec.js';
import { readAnswers, submit } from '../support/usbip-client.js';
import { control, ENUMERATED, inTurn, usbmonFile } from '../support/usbmon-file.js';

const IMPORT_REPLY_BYTES = 320;

/** The next `length` bytes that come. */
async function bytesOf(socket: Socket, length: number): Promise<Uint8Array> {
  for (;;) {
    const bytes: unknown = socket.read(length);
    if (bytes instanceof Uint8Array) return bytes;
    await once(socket, 'readable');
  }
}

it('a recorded device answers a client of USB/IP as it was recorded, and stalls where that differs', async () => {
  const file = usbmonFile(
    inTurn(...ENUMERATED, control([0x40, 4], 7, [1]), {
      transfer: 3,
      endpoint: 0x81,
      length: 64,
      data: [7, 8],
    }),
  );
  const device = replayCapture(file);
  const told: unknown[] = [];
  await using server = await attachUsbipServer([device], { port: 0, failed: (error) => told.push(error) });
  const socket = connect(server.port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write(writeImport('1-1'));
    await bytesOf(socket, IMPORT_REPLY_BYTES);
    const request = [0x40, 4, 7, 0, 0, 0, 1, 0];
    const writes = [
      { seqnum: 1, direction: 'out', endpoint: 0, setup: [0, 9, 1, 0, 0, 0, 0, 0] },
      { seqnum: 2, direction: 'in', endpoint: 1, length: 64 },
      { seqnum: 3, direction: 'out', endpoint: 0, setup: request, data: new Uint8Array([1]) },
      { seqnum: 4, direction: 'out', endpoint: 0, setup: request, data: new Uint8Array([1]) },
    ] as const;
    for (const one of writes) socket.write(submit(one));
    const answers = readAnswers(await bytesOf(socket, 4 * 48 + 2), (n) => (n === 2 ? 'in' : 'out'));
    expect([...answers].sort()).toEqual(['1: 0, 0', '2: 0, 2 = 7 8', '3: 0, 1', '4: -32, 0']);
    expect(device.progress.mismatch).toBe('step 3 of 2: a control-out request more than was recorded');
    expect(told).toHaveLength(1);
  } finally {
    socket.destroy();
  }
});
