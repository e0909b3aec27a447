import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import type { VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { UsbEngine } from '../../src/usb/usb-engine.js';
import { UsbipSession } from '../../src/usbip/usbip-session.js';
import { counting, echoDevice } from '../support/echo-device.js';
import { DEVID, readAnswers, submit, unlink, type Submitted } from '../support/usbip-client.js';

const CONFIGURE = [0, 9, 1, 0, 0, 0, 0, 0];

/** A session with a configured device, and what it has sent. */
function run(device: VirtualUsbDevice = echoDevice()) {
  const engine = new UsbEngine(device);
  const sent: number[] = [];
  const directions = new Map<number, 'in' | 'out'>();
  const session = new UsbipSession(engine, DEVID, (...parts) => {
    for (const part of parts) sent.push(...part);
  });
  const send = (...commands: readonly (Submitted | Uint8Array)[]): void => {
    for (const command of commands) {
      if (command instanceof Uint8Array) session.receive(command);
      else {
        directions.set(command.seqnum, command.direction);
        session.receive(submit(command));
      }
    }
  };
  const answers = (): string[] =>
    readAnswers(new Uint8Array(sent.splice(0)), (seqnum) => directions.get(seqnum) ?? 'out');
  send({ seqnum: 1, direction: 'out', endpoint: 0, setup: CONFIGURE });
  answers();
  return { engine, session, send, answers };
}

describe('an imported device', () => {
  it('answers control transfers', () => {
    const { send, answers } = run();
    send(
      { seqnum: 2, direction: 'in', endpoint: 0, length: 8, setup: [0x80, 6, 0, 1, 0, 0, 8, 0] },
      { seqnum: 3, direction: 'in', endpoint: 0, length: 4, setup: [0xc0, 1, 0, 0, 0, 0, 4, 0] },
      { seqnum: 4, direction: 'out', endpoint: 0, setup: [0x80, 0, 0, 0, 0, 0, 0, 0] },
      { seqnum: 5, direction: 'in', endpoint: 0, length: 1, setup: [0xe0, 0, 0, 0, 0, 0, 1, 0] },
    );
    expect(answers()).toEqual(['2: 0, 8 = 18 1 0 2 0 0 0 64', '3: -32, 0', '4: 0, 0', '5: -32, 0']);
  });

  it('takes OUT data that comes in pieces, and gives it back on the IN endpoint', () => {
    const { session, send, answers } = run();
    const command = submit({ seqnum: 2, direction: 'out', endpoint: 1, data: counting(5) });
    for (const byte of command) session.receive(new Uint8Array([byte]));
    send({ seqnum: 3, direction: 'in', endpoint: 1, length: 64 });
    expect(answers()).toEqual(['2: 0, 5', '3: 0, 5 = 0 1 2 3 4']);
  });

  it('answers in the order of the device, not in that of the host', () => {
    const { send, answers } = run();
    send(
      { seqnum: 2, direction: 'in', endpoint: 1, length: 64 },
      { seqnum: 3, direction: 'out', endpoint: 1, data: counting(1) },
    );
    expect(answers()).toEqual(['2: 0, 1 = 0', '3: 0, 1']);
  });

  it('does not answer what is unlinked, and loses nothing by it', () => {
    const { send, answers } = run(
      echoDevice((host) => ({
        received: (endpoint, data) => {
          host.send(endpoint, data, false);
        },
      })),
    );
    send(
      { seqnum: 2, direction: 'in', endpoint: 1, length: 128 },
      { seqnum: 3, direction: 'out', endpoint: 1, data: counting(64) },
      unlink(4, 2),
      unlink(5, 2),
      unlink(6, 3),
    );
    expect(answers()).toEqual(['3: 0, 64', 'unlink 4: -104', 'unlink 5: 0', 'unlink 6: 0']);
    send({ seqnum: 7, direction: 'in', endpoint: 1, length: 64 });
    expect(answers()).toEqual([`7: 0, 64 = ${counting(64).join(' ')}`]);
  });

  it('reports overflow, halt and an endpoint that is not there as the kernel numbers them', () => {
    const { send, answers } = run(
      echoDevice((host) => ({
        received: (endpoint, data) => {
          host.send(endpoint, data, false);
          host.halt('in', endpoint);
        },
      })),
    );
    send(
      { seqnum: 2, direction: 'out', endpoint: 1, data: counting(64) },
      { seqnum: 3, direction: 'in', endpoint: 1, length: 10 },
      { seqnum: 4, direction: 'in', endpoint: 1, length: 128 },
      { seqnum: 5, direction: 'in', endpoint: 1, length: 128 },
      { seqnum: 6, direction: 'in', endpoint: 2, length: 64 },
      { seqnum: 7, direction: 'out', endpoint: 2, data: counting(1) },
    );
    expect(answers()).toEqual([
      '2: 0, 64',
      '3: -75, 0',
      `4: -32, 64 = ${counting(64).join(' ')}`,
      '5: -32, 0',
      '6: -108, 0',
      '7: -108, 0',
    ]);
  });

  it('keeps the host waiting while the device is at something', async () => {
    let done = (): void => undefined;
    const { send, answers } = run(
      echoDevice(() => ({
        received: () =>
          new Promise<void>((resolve) => {
            done = resolve;
          }),
      })),
    );
    send({ seqnum: 2, direction: 'out', endpoint: 1, data: counting(1) });
    expect(answers()).toEqual([]);
    done();
    await new Promise((resolve) => setImmediate(resolve));
    expect(answers()).toEqual(['2: 0, 1']);
  });

  it('answers what is pending, and what is asked later, as shut down when the device has lost power', () => {
    const { engine, send, answers } = run();
    send({ seqnum: 2, direction: 'in', endpoint: 1, length: 64 });
    engine.powerDown();
    send({ seqnum: 3, direction: 'out', endpoint: 1, data: counting(1) });
    expect(answers()).toEqual(['2: -108, 0', '3: -108, 0']);
  });

  it('says nothing any more when the session has ended', () => {
    const { session, send, answers } = run();
    send({ seqnum: 2, direction: 'in', endpoint: 1, length: 64 });
    session.end();
    send({ seqnum: 3, direction: 'out', endpoint: 1, data: counting(1) });
    expect(answers()).toEqual([]);
  });
});

describe('bytes that are no commands', () => {
  it.each<[string, Uint8Array, string, number]>([
    ['an unknown command', new Uint8Array(48).fill(9), 'malformed', 48],
    ['another device', submit({ seqnum: 2, direction: 'in', endpoint: 1, devid: 7 }), 'malformed', 56],
    ['an endpoint beyond 15', submit({ seqnum: 2, direction: 'in', endpoint: 16 }), 'malformed', 64],
    [
      'a length beyond all bounds',
      submit({ seqnum: 2, direction: 'in', endpoint: 1, length: 0xffffffff }),
      'too-large',
      72,
    ],
    [
      'an isochronous transfer',
      submit({ seqnum: 2, direction: 'in', endpoint: 1, packets: 3 }),
      'unsupported',
      80,
    ],
  ])('are refused with their offset: %s', (_, bytes, code, offset) => {
    const { session } = run();
    expect(
      fault(() => {
        session.receive(bytes);
      }),
    ).toMatchObject({ code, offset });
  });

  it('are refused when a transfer is asked for twice, or too many are pending', () => {
    const { session, send } = run();
    const read = (seqnum: number): Submitted => ({ seqnum, direction: 'in', endpoint: 1, length: 64 });
    send(read(2));
    expect(
      fault(() => {
        session.receive(submit(read(2)));
      }),
    ).toMatchObject({ code: 'malformed' });
    const many = () => {
      for (let seqnum = 3; seqnum < 3_000; seqnum += 1) session.receive(submit(read(seqnum)));
    };
    expect(fault(many)).toMatchObject({ code: 'too-large' });
  });

  it('are refused when more bytes wait for the device than it may be given', () => {
    const { session } = run(echoDevice(() => ({ received: () => new Promise(() => undefined) })));
    const data = new Uint8Array(16 * 1024 * 1024);
    const many = () => {
      for (let seqnum = 2; seqnum < 10; seqnum += 1) {
        session.receive(submit({ seqnum, direction: 'out', endpoint: 1, length: data.length }));
        session.receive(data);
      }
    };
    expect(fault(many)).toMatchObject({ code: 'too-large' });
  });

  it('never do anything but be answered or refused', () => {
    const command = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .record({
          seqnum: fc.nat(9),
          direction: fc.constantFrom('in' as const, 'out' as const),
          endpoint: fc.nat(3),
          length: fc.nat(300),
          setup: fc.array(fc.nat(255), { minLength: 8, maxLength: 8 }),
        })
        .map(({ length, ...rest }) =>
          submit(rest.direction === 'in' ? { ...rest, length } : { ...rest, data: new Uint8Array(length) }),
        ),
      fc.tuple(fc.nat(9), fc.nat(9)).map(([seqnum, unlinks]) => unlink(seqnum, unlinks)),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 30 }), (commands) => {
        const { session } = run();
        try {
          for (const bytes of commands) session.receive(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
        session.end();
      }),
      { numRuns: 300 },
    );
  });
});

function fault(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
