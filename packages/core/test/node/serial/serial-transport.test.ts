import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import type { DeviceError } from '@buergerkoffer/core';
import { NodeSerialTransport } from '../../../src/node/serial/serial-transport.js';
import { FakeSerialHandle } from '../../support/fake-serial.js';

const never = (): Promise<never> => new Promise(() => undefined);

function open(): {
  readonly handle: FakeSerialHandle;
  readonly line: NodeSerialTransport;
  readonly words: string[];
} {
  const handle = new FakeSerialHandle();
  const line = NodeSerialTransport.start(handle, { path: '/dev/ttyACM0', baudRate: 115_200 });
  const words: string[] = [];
  line.input.subscribe({
    next: (bytes) => words.push(new TextDecoder().decode(bytes)),
    error: (error: DeviceError) => words.push(`!${error.code}`),
    complete: () => words.push('.'),
  });
  return { handle, line, words };
}

/** Until the transport has handled what the fake did. */
const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

describe('a serial line', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('hands on what comes as plain bytes of their own', async () => {
    const handle = new FakeSerialHandle();
    const line = NodeSerialTransport.start(handle, { path: 'x', baudRate: 115_200 });
    const chunks: Uint8Array[] = [];
    line.input.subscribe((chunk) => chunks.push(chunk));
    handle.receive(0x61);
    await settled();
    handle.receive(0x62, 0x63);
    await settled();
    expect(chunks).toEqual([Uint8Array.of(0x61), Uint8Array.of(0x62, 0x63)]);
    expect(chunks.map((chunk) => [chunk.constructor, chunk.buffer.byteLength])).toEqual([
      [Uint8Array, 1],
      [Uint8Array, 2],
    ]);
  });

  it('keeps what comes before anybody reads', async () => {
    const handle = new FakeSerialHandle();
    const line = NodeSerialTransport.start(handle, { path: 'x', baudRate: 115_200 });
    handle.receive(0x61);
    await settled();
    handle.receive(0x62);
    await settled();
    const words: string[] = [];
    line.input.subscribe((bytes) => words.push(new TextDecoder().decode(bytes)));
    expect(words).toEqual(['ab']);
  });

  it('is a protocol error for whoever reads too late', async () => {
    const handle = new FakeSerialHandle();
    const line = NodeSerialTransport.start(handle, { path: 'x', baudRate: 115_200 });
    handle.receive(...new Uint8Array(65_536));
    await settled();
    handle.receive(1);
    await settled();
    const codes: string[] = [];
    line.input.subscribe({ error: (error: DeviceError) => codes.push(error.code) });
    expect(codes).toEqual(['protocol']);
  });

  it('writes any bytes in order, a piece at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 10_000 }), { maxLength: 5 }), async (pieces) => {
        const { handle, line } = open();
        await Promise.all(pieces.map((piece) => line.write(piece)));
        expect(handle.written).toEqual(pieces.flatMap((piece) => [...piece]));
        expect(handle.calls.every((call) => Number(call.slice(6)) <= 4096)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('writes what it was given, whatever the caller does with the buffer afterwards', async () => {
    const { handle, line } = open();
    const bytes = Uint8Array.of(1, 2);
    const writing = line.write(bytes);
    bytes.fill(9);
    await writing;
    expect(handle.written).toEqual([1, 2]);
  });

  it('answers at the deadline of a write that the device does not take, and the next one names it', async () => {
    const { handle, line } = open();
    handle.onWrite = never;
    const first = expect(line.write(new Uint8Array(5), { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'timeout',
      message: 'writing 5 bytes took longer than 100 ms: the device does not react',
    });
    const second = expect(line.write(new Uint8Array(1), { timeoutMs: 200 })).rejects.toMatchObject({
      code: 'timeout',
      message: 'writing 1 bytes took longer than 200 ms: writing 5 bytes hangs',
    });
    await vi.advanceTimersByTimeAsync(200);
    await Promise.all([first, second]);
  });

  it('sends nothing more of an aborted write than the piece that is under way', async () => {
    const { handle, line } = open();
    let taken: () => void = () => undefined;
    handle.onWrite = () =>
      new Promise((resolve) => {
        taken = resolve;
      });
    const aborting = new AbortController();
    const writing = expect(line.write(new Uint8Array(9_000), { signal: aborting.signal })).rejects.toBe(
      'enough',
    );
    await settled();
    aborting.abort('enough');
    await writing;
    taken();
    handle.onWrite = () => Promise.resolve();
    await line.write(Uint8Array.of(1));
    expect(handle.calls).toEqual(['write 4096', 'write 1']);
  });

  it('closes once, completes its input, and is closed for whoever writes then', async () => {
    const { handle, line, words } = open();
    await Promise.all([line.close(), line.close()]);
    expect(await line.ended).toEqual({ reason: 'closed' });
    await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'closed' });
    expect([handle.calls, words]).toEqual([['close'], ['.']]);
  });

  it('ends a write that waits when it is closed, and throws away the rest', async () => {
    const { handle, line } = open();
    handle.onWrite = never;
    const writing = expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'closed' });
    await settled();
    await line.close();
    await writing;
    expect(handle.calls).toEqual(['write 1', 'flush', 'close']);
  });

  it('closes within a second while the kernel still sends', async () => {
    const { handle, line } = open();
    handle.onClose = never;
    const closing = line.close();
    await vi.advanceTimersByTimeAsync(1_000);
    await closing;
    expect(await line.ended).toEqual({ reason: 'closed' });
  });

  it.each([['bad file descriptor'], ['EIO: i/o error, read'], ['EINVAL: invalid argument, read']])(
    'is lost when reading fails with %s: idle and writing',
    async (text) => {
      const { handle, line, words } = open();
      handle.onWrite = never;
      const writing = expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'lost' });
      await settled();
      handle.unplug(new Error(text));
      await writing;
      expect(await line.ended).toMatchObject({
        reason: 'lost',
        error: { code: 'lost', message: '/dev/ttyACM0 has gone' },
      });
      await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'lost' });
      await line.close();
      expect(words).toEqual(['!lost']);
    },
  );

  it('is lost when a write finds that the device has gone', async () => {
    const { handle, line, words } = open();
    handle.onWrite = () => Promise.reject(new Error('ENXIO: no such device or address, write'));
    await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'lost' });
    await line.ended;
    expect(words).toEqual(['!lost']);
  });

  it('lives on when a write fails for another reason', async () => {
    const { handle, line, words } = open();
    handle.onWrite = () => Promise.reject(new Error('EINVAL: invalid argument, write'));
    await expect(line.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'protocol' });
    handle.onWrite = () => Promise.resolve();
    await line.write(Uint8Array.of(1));
    expect(words).toEqual([]);
    await line.close();
  });
});
