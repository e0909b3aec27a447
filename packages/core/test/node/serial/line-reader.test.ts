import { EventEmitter } from 'node:events';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LineReader } from '../../../src/node/serial/line-reader.js';
import { NodeSerialTransport } from '../../../src/node/serial/serial-transport.js';
import { FakeSerialHandle } from '../../support/fake-serial.js';

/** A poller that nothing comes through unless a test says so. */
class Poller extends EventEmitter {
  poll(): void {
    // The test emits.
  }
}

describe('reading an open line', () => {
  let folder: string;
  let path: string;
  let fd: number;
  const poller = new Poller();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'line-reader-'));
    path = join(folder, 'line');
    writeFileSync(path, '');
    fd = openSync(path, 'r');
  });
  afterEach(async () => {
    closeSync(fd);
    await rm(folder, { recursive: true });
  });

  /** A handle whose file is at its end, as a line is that hung up. */
  const atItsEnd = (): FakeSerialHandle => Object.assign(new FakeSerialHandle(), { fd, poller });

  it('is lost when the line reads as its end, instead of asking again for ever', async () => {
    await expect(new LineReader(atItsEnd()).read(Buffer.alloc(8))).rejects.toMatchObject({ code: 'lost' });
  });

  it('ends the transport as lost', async () => {
    const line = NodeSerialTransport.start(atItsEnd(), { path: '/dev/ttyACM0', baudRate: 115_200 });
    expect(await line.ended).toMatchObject({ reason: 'lost', error: { message: '/dev/ttyACM0 has gone' } });
    await line.close();
  });

  it('tells how many bytes came', async () => {
    const handle = atItsEnd();
    writeFileSync(path, 'abc');
    const buffer = Buffer.alloc(8);
    expect(await new LineReader(handle).read(buffer)).toBe(3);
    expect(buffer.toString('utf8', 0, 3)).toBe('abc');
  });

  it('is refused once the library has closed the line', async () => {
    const closed = Object.assign(new FakeSerialHandle(), { fd: null, poller });
    await expect(new LineReader(closed).read(Buffer.alloc(8))).rejects.toThrow('Port is not open');
  });

  it('begins no read after it was stopped, and waits for none', async () => {
    const reader = new LineReader(atItsEnd());
    const reading = reader.read(Buffer.alloc(8));
    await reader.stop();
    await expect(reading).rejects.toMatchObject({ code: 'lost' });
    await expect(reader.read(Buffer.alloc(8))).rejects.toThrow('Port is not open');
  });

  it('asks a handle without a descriptor of its own', async () => {
    const handle = new FakeSerialHandle();
    const reading = new LineReader(handle).read(Buffer.alloc(8));
    handle.receive(1, 2);
    expect(await reading).toBe(2);
  });
});
