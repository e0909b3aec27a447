import { ByteInput, type ByteTransport, type End } from '@buergerkoffer/core';
import { describe, expect, it, vi } from 'vitest';
import { ByteWriter } from '@buergerkoffer/formats';
import { readEosEvents } from '../../src/ptp/eos-events.js';
import { readHandles } from '../../src/ptp/fields.js';
import { connectPtpIp } from '../../src/session/ptpip-pipe.js';
import { PtpSession } from '../../src/session/ptp-session.js';
import { bytesOfLine, linesOf, recordingsAbsent } from '../support/shared-data.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const { signal } = new AbortController();

/** A connection whose far end is a function: it is given what was written, and says what it likes. */
function line(answer: (bytes: Uint8Array, say: (bytes: Uint8Array) => void) => void) {
  const input = new ByteInput();
  let settle: (end: End) => void = () => undefined;
  const ended = new Promise<End>((resolve) => {
    settle = resolve;
  });
  const end = (over: End): void => {
    input.end(over);
    settle(over);
  };
  const transport: ByteTransport = {
    input: input.stream,
    ended,
    write: (bytes) => {
      answer(bytes, (said) => {
        input.push(said.slice());
      });
      return Promise.resolve();
    },
    close: () => {
      end({ reason: 'closed' });
      return Promise.resolve();
    },
  };
  return {
    transport,
    say: (bytes: Uint8Array) => {
      input.push(bytes);
    },
    end,
  };
}

function packet(kind: number, build: (payload: ByteWriter) => ByteWriter): Uint8Array {
  const payload = build(new ByteWriter('little')).toBytes();
  return new ByteWriter('little')
    .u32(8 + payload.length)
    .u32(kind)
    .bytes(payload)
    .toBytes();
}

const ACK = packet(2, (p) => p.u32(1).bytes(new Uint8Array(16)).u16(0x4c).u16(0).u32(0x10000));
const EVENT_ACK = packet(4, (p) => p);
const response = (transaction: number, code = 0x2001) => packet(7, (p) => p.u16(code).u32(transaction));
const data = (transaction: number, bytes: Uint8Array, announced = bytes.length) => [
  packet(9, (p) => p.u32(transaction).u32(announced).u32(0)),
  packet(12, (p) => p.u32(transaction).bytes(bytes)),
];

/** A pipe to a camera that answers operation packets with what `operation` says. */
async function pipeOf(
  operation: (code: number, transaction: number) => readonly Uint8Array[],
  inPieces = false,
) {
  const event = line((_, say) => {
    say(EVENT_ACK);
  });
  const command = line((bytes, say) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const kind = view.getUint32(4, true);
    const answers =
      kind === 1 ? [ACK] : kind === 6 ? operation(view.getUint16(12, true), view.getUint32(14, true)) : [];
    if (kind === 11) say(response(view.getUint32(8, true), 0x201f));
    for (const one of answers) {
      if (!inPieces) say(one);
      else for (const byte of one) say(Uint8Array.of(byte));
    }
  });
  const pipe = await connectPtpIp(
    { command: command.transport, openEvents: () => Promise.resolve(event.transport) },
    signal,
  );
  return { pipe, command, event };
}

const ask = { signal, maxBytes: 1_000_000 };

describe.skipIf(recordingsAbsent)('the recorded PTP/IP session with a simulated EOS', () => {
  it('is done again with the same bytes after the first packet', async () => {
    const lines = linesOf('ptp/ptpip-eos1300d-simulated.ndjson').map((one) => ({
      socket: one['socket'],
      sent: one['dir'] === 'to-camera',
      bytes: bytesOfLine(one),
    }));
    const differences: string[] = [];
    const playing = (socket: string) => {
      const own = lines.filter((one) => one.socket === socket);
      let at = 0;
      let left = new Uint8Array(0);
      return line((bytes, say) => {
        // The recorded host wrote a packet at a time; several of ours may come in one write.
        left = Uint8Array.from([...left, ...bytes]);
        while (left.length > 0 && own[at]?.sent === true) {
          const expected = own[at]?.bytes ?? new Uint8Array(0);
          const first = at === 0 && socket === 'command';
          const length = first ? left.length : expected.length;
          if (left.length < length) return;
          const same = first || Buffer.from(left.subarray(0, length)).equals(expected);
          if (!same) differences.push(`packet ${at}: ${Buffer.from(left).toString('hex')}`);
          left = left.slice(length);
          at += 1;
        }
        while (own[at]?.sent === false) {
          say(own[at]?.bytes ?? new Uint8Array(0));
          at += 1;
        }
      });
    };
    const pipe = await connectPtpIp(
      {
        command: playing('command').transport,
        openEvents: () => Promise.resolve(playing('event').transport),
      },
      signal,
    );
    const session = await PtpSession.open(pipe, { signal });
    expect(session.info.manufacturer).toBe('Canon Inc.');
    expect(readHandles((await session.run(0x1004)).data)).toEqual([0x10001]);
    await session.run(0x9114, [1]);
    await session.run(0x9115, [1]);
    const events = readEosEvents((await session.run(0x9116)).data);
    expect(events.some((event) => event.type === 'property-changed')).toBe(true);
    const destination = new ByteWriter('little').u32(12).u32(0xd11c).u32(4).toBytes();
    await session.run(0x9110, [], { data: destination });
    expect(readEosEvents((await session.run(0x9116)).data)).toEqual([]);
    expect((await session.ask(0x911a, [0x0fffffff, 0x1000, 1])).code).toBe(0x2005);
    await session.run(0x9128, [1, 0]);
    await session.run(0x9128, [2, 0]);
    await session.run(0x9129, [2]);
    await session.run(0x9129, [1]);
    for (let poll = 0; poll < 3; poll += 1) await session.run(0x9116);
    expect(readHandles((await session.run(0x1007, [0xffffffff, 0, 0])).data)).toEqual([1]);
    await session.close();
    expect(differences).toEqual([]);
  });
});

describe('a camera over PTP/IP', () => {
  it('is understood in whatever pieces its packets come', async () => {
    const payload = Uint8Array.from({ length: 300 }, (_, i) => i & 255);
    const { pipe } = await pipeOf(
      (_, transaction) => [...data(transaction, payload), response(transaction)],
      true,
    );
    const reply = await pipe.transact({ code: 0x1009, transaction: 7, parameters: [1] }, ask);
    expect(reply.data).toEqual(payload);
    await pipe.close();
  });

  it.each([
    ['another transaction', (transaction: number) => [response(transaction + 1)]],
    ['data that it did not announce', (transaction: number) => [data(transaction, Uint8Array.of(1))[1]]],
    ['more data than it announced', (transaction: number) => data(transaction, Uint8Array.of(1, 2), 1)],
    ['less data than it announced', (transaction: number) => data(transaction, Uint8Array.of(1, 2), 3)],
    [
      'two gigabytes',
      (transaction: number) => [packet(9, (p) => p.u32(transaction).u32(0x8000_0000).u32(0))],
    ],
    ['a packet of four bytes', () => [Uint8Array.of(4, 0, 0, 0, 7, 0, 0, 0)]],
    ['a packet of four gigabytes', () => [Uint8Array.of(255, 255, 255, 255, 10, 0, 0, 0)]],
    ['a packet of no type', () => [packet(99, (p) => p)]],
    [
      'a response before the end of its data',
      (transaction: number) => [data(transaction, Uint8Array.of(1))[0], response(transaction)],
    ],
    ['a greeting', () => [ACK]],
  ])('that sends %s is a protocol error', async (_, answer) => {
    const { pipe } = await pipeOf((__, transaction) =>
      answer(transaction).filter((one) => one !== undefined),
    );
    await expect(pipe.transact({ code: 0x1009, transaction: 7, parameters: [] }, ask)).rejects.toMatchObject({
      kind: 'device',
      code: 'protocol',
    });
    await pipe.close();
  });

  it.each([
    [1, 'access-denied'],
    [2, 'busy'],
    [3, 'access-denied'],
  ])('that refuses the computer for reason %i is %s', async (reason, code) => {
    const command = line((_, say) => {
      say(packet(5, (p) => p.u32(reason)));
    });
    const connecting = connectPtpIp(
      { command: command.transport, openEvents: () => Promise.reject(new Error('never asked')) },
      signal,
    );
    await expect(connecting).rejects.toMatchObject({ kind: 'device', code });
    expect((await command.transport.ended).reason).toBe('closed');
  });

  it('tells its events, and is told that the computer is still there', async () => {
    const written: Uint8Array[] = [];
    const event = line((bytes, say) => {
      written.push(bytes);
      if (written.length === 1) say(EVENT_ACK);
    });
    const command = line((_, say) => {
      say(ACK);
    });
    const pipe = await connectPtpIp(
      { command: command.transport, openEvents: () => Promise.resolve(event.transport) },
      signal,
    );
    const events: unknown[] = [];
    pipe.events.subscribe((one) => events.push(one));
    event.say(packet(8, (p) => p.u16(0x4002).u32(3).u32(42)));
    event.say(packet(13, (p) => p));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events).toMatchObject([{ code: 0x4002, transaction: 3, parameters: [42] }]);
    expect(Buffer.from(written[1] ?? []).toString('hex')).toBe('080000000e000000');
    await pipe.close();
  });

  it('that cancels an operation answers the next one', async () => {
    let calls = 0;
    const { pipe } = await pipeOf((_, transaction) => {
      calls += 1;
      return calls === 1 ? [] : [response(transaction)];
    });
    const giveUp = new AbortController();
    const first = pipe.transact(
      { code: 0x100e, transaction: 1, parameters: [] },
      { ...ask, signal: giveUp.signal },
    );
    giveUp.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    await pipe.recover(1);
    const second = await pipe.transact({ code: 0x1001, transaction: 2, parameters: [] }, ask);
    expect(second.code).toBe(0x2001);
    await pipe.close();
  });

  it('is lost when either connection is', async () => {
    const { pipe, event } = await pipeOf(() => []);
    const pending = pipe.transact({ code: 0x1001, transaction: 1, parameters: [] }, ask);
    pending.catch(() => undefined);
    const { DeviceError } = await import('@buergerkoffer/core');
    event.end({ reason: 'lost', error: new DeviceError('lost', 'gone') });
    expect((await pipe.ended).reason).toBe('lost');
    await expect(pending).rejects.toMatchObject({ kind: 'device' });
  });
});
