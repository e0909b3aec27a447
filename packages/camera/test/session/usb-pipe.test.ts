import { LabBus, plugUsb, type UsbHost, type VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { describe, expect, it, vi } from 'vitest';
import { PtpSession, usbPipe } from '@buergerkoffer/camera/session';
import { writeData, writeMessage } from '@buergerkoffer/camera/ptp';
import { readMessage } from '../../src/ptp/container.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const { signal } = new AbortController();
const ask = { signal, maxBytes: 1_000_000 };
const PACKET = 512;

type Answer = (command: ReturnType<typeof readMessage>, host: UsbHost) => void;

/** A still image interface whose camera does what `answer` says. */
function device(
  answer: Answer,
  statuses: number[] = [],
): VirtualUsbDevice & { readonly cancelled: number[] } {
  const cancelled: number[] = [];
  return {
    cancelled,
    vendorId: 0x1209,
    productId: 6,
    interfaces: [
      {
        number: 0,
        interfaceClass: 6,
        interfaceSubclass: 1,
        interfaceProtocol: 1,
        endpoints: [
          { direction: 'in', number: 1, type: 'bulk', packetSize: PACKET },
          { direction: 'out', number: 2, type: 'bulk', packetSize: PACKET },
          { direction: 'in', number: 3, type: 'interrupt', packetSize: 8 },
        ],
      },
    ],
    powerUp: (host) => ({
      controlIn: ({ request }) => {
        const code = statuses.shift() ?? 0x2001;
        return request === 0x67 ? Uint8Array.of(4, 0, code & 255, code >> 8) : undefined;
      },
      controlOut: ({ request }, data) => {
        if (request === 0x64) cancelled.push(data[2] ?? 0);
        return true;
      },
      received: (_, bytes) => {
        if (bytes[4] === 1) answer(readMessage(bytes), host);
      },
    }),
  };
}

async function pipeOf(answer: Answer, statuses?: number[]) {
  const bus = new LabBus('usb');
  const camera = device(answer, statuses);
  const { ports } = plugUsb(bus, camera);
  const [port] = ports;
  if (port?.bus !== 'usb') throw new Error('no port');
  return { pipe: usbPipe(await bus.open(port, {})), camera };
}

const ok = (transaction: number, code = 0x2001) =>
  writeMessage('response', { code, transaction, parameters: [] });
const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => i & 255);
const get = { code: 0x1009, transaction: 7, parameters: [1] };

describe('data from a camera', () => {
  it.each([0, 1, 499, 500, 501, 1012, 1_024, 70_000])(
    'of %i bytes comes whole, in one transfer',
    async (length) => {
      const { pipe } = await pipeOf(({ transaction }, host) => {
        host.send(1, writeData(0x1009, transaction, bytesOf(length)));
        host.send(1, ok(transaction));
      });
      expect((await pipe.transact(get, ask)).data).toEqual(bytesOf(length));
      await pipe.close();
    },
  );

  it.each([500, 1012, 1_024])(
    'of %i bytes comes whole without a zero-length packet behind it',
    async (length) => {
      const { pipe } = await pipeOf(({ transaction }, host) => {
        host.send(1, writeData(0x1009, transaction, bytesOf(length)), false);
        host.send(1, ok(transaction));
      });
      expect((await pipe.transact(get, ask)).data).toEqual(bytesOf(length));
      await pipe.close();
    },
  );

  it.each([1, 500, 512, 1_024, 1_500])(
    'of %i bytes comes whole behind a head in a transfer of its own',
    async (length) => {
      const { pipe } = await pipeOf(({ transaction }, host) => {
        const container = writeData(0x1009, transaction, bytesOf(length));
        host.send(1, container.slice(0, 12));
        host.send(1, container.slice(12));
        host.send(1, ok(transaction));
      });
      expect((await pipe.transact(get, ask)).data).toEqual(bytesOf(length));
      await pipe.close();
    },
  );

  it.each<[string, (transaction: number) => readonly Uint8Array[]]>([
    ['fewer bytes than announced', (t) => [writeData(0x1009, t, bytesOf(600)).slice(0, 600), ok(t)]],
    ['more bytes than announced', (t) => [Uint8Array.from([...writeData(0x1009, t, bytesOf(10)), 1]), ok(t)]],
    ['the number of another operation', (t) => [ok(t + 1)]],
    ['data of another operation', (t) => [writeData(0x1008, t, bytesOf(10)), ok(t)]],
    ['data twice', (t) => [writeData(0x1009, t, bytesOf(1)), writeData(0x1009, t, bytesOf(1)), ok(t)]],
    ['a command', (t) => [writeMessage('command', { code: 0x1009, transaction: t, parameters: [] })]],
    [
      'a container of four gigabytes',
      (t) => [Uint8Array.of(255, 255, 255, 255, 2, 0, 9, 16, t, 0, 0, 0), ok(t)],
    ],
    ['five bytes', () => [bytesOf(5)]],
    ['text', () => [new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n')]],
  ])('with %s is a protocol error, and the next operation goes well', async (_, answer) => {
    let calls = 0;
    const { pipe } = await pipeOf(({ transaction }, host) => {
      calls += 1;
      if (calls === 1) for (const one of answer(transaction)) host.send(1, one);
      else host.send(1, ok(transaction));
    });
    await expect(pipe.transact(get, ask)).rejects.toMatchObject({ kind: 'device', code: 'protocol' });
    await pipe.recover(7);
    expect((await pipe.transact({ ...get, transaction: 8 }, ask)).code).toBe(0x2001);
    await pipe.close();
  });

  it('tells how much came, at every megabyte', async () => {
    const { pipe } = await pipeOf(({ transaction }, host) => {
      host.send(1, writeData(0x1009, transaction, bytesOf(2_500_000)));
      host.send(1, ok(transaction));
    });
    const told: number[] = [];
    const options = { signal, maxBytes: 3_000_000, progress: (received: number) => told.push(received) };
    await pipe.transact(get, options);
    expect(told).toEqual([1_048_576 + 500, 2 * 1_048_576 + 500, 2_500_000]);
    await pipe.close();
  });
});

describe('an operation that is given up', () => {
  it('is cancelled by the class request, waited for while the camera is busy, and its late answer is skipped', async () => {
    let late: (() => void) | undefined;
    const { pipe, camera } = await pipeOf(
      ({ transaction }, host) => {
        if (transaction === 7) {
          late = () => {
            host.send(1, ok(7));
          };
          return;
        }
        late?.();
        host.send(1, ok(transaction));
      },
      [0x2019, 0x2019],
    );
    const giveUp = new AbortController();
    const first = pipe.transact(get, { ...ask, signal: giveUp.signal });
    setTimeout(() => {
      giveUp.abort(new Error('enough'));
    }, 20);
    await expect(first).rejects.toThrow('enough');
    await pipe.recover(7);
    expect(camera.cancelled).toEqual([7]);
    expect((await pipe.transact({ ...get, transaction: 8 }, ask)).code).toBe(0x2001);
    await pipe.close();
  });

  it('is typed when the endpoint stalls, and the next one goes well', async () => {
    let calls = 0;
    const { pipe } = await pipeOf(({ transaction }, host) => {
      calls += 1;
      if (calls === 1) host.halt('in', 1);
      else host.send(1, ok(transaction));
    });
    await expect(pipe.transact(get, ask)).rejects.toMatchObject({ code: 'protocol' });
    await pipe.recover(7);
    expect((await pipe.transact({ ...get, transaction: 8 }, ask)).code).toBe(0x2001);
    await pipe.close();
  });
});

describe('events', () => {
  it('come over an endpoint of small packets; one that makes no sense is dropped', async () => {
    let host: UsbHost | undefined;
    const { pipe } = await pipeOf((_, given) => {
      host = given;
      given.send(1, ok(7));
    });
    const events: number[] = [];
    pipe.events.subscribe(({ code }) => events.push(code));
    await pipe.transact(get, ask);
    const event = (code: number) => writeMessage('event', { code, transaction: 0, parameters: [1] });
    host?.send(3, event(0x4002), false);
    await new Promise((resolve) => setTimeout(resolve, 10));
    host?.send(3, bytesOf(5));
    host?.send(3, event(0x400d));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(events).toEqual([0x4002, 0x400d]);
    await pipe.close();
  });
});

describe('a session', () => {
  const answers: Answer = ({ code, transaction }, host) => {
    if (code === 0x1001) host.send(1, writeData(code, transaction, new Uint8Array(40)));
    host.send(1, ok(transaction));
  };

  it('carries out one operation after another, whoever asks', async () => {
    const order: number[] = [];
    const { pipe } = await pipeOf((command, host) => {
      if (command.code !== 0x9999) {
        answers(command, host);
        return;
      }
      order.push(command.parameters[0] ?? 0);
      setTimeout(() => {
        order.push(-(command.parameters[0] ?? 0));
        host.send(1, ok(command.transaction));
      }, 5);
    });
    const session = await PtpSession.open(pipe, { signal });
    await Promise.all([1, 2, 3].map((number) => session.run(0x9999, [number])));
    expect(order).toEqual([1, -1, 2, -2, 3, -3]);
    await session.close();
  });

  it('answers whoever waits at the deadline, and the next one as soon as the wire is free', async () => {
    const { pipe, camera } = await pipeOf((command, host) => {
      if (command.code !== 0x9999) answers(command, host);
    });
    const session = await PtpSession.open(pipe, { signal });
    await expect(session.run(0x9999, [], { timeoutMs: 30 })).rejects.toMatchObject({ code: 'timeout' });
    expect((await session.ask(0x1004)).code).toBe(0x2001);
    expect(camera.cancelled).toEqual([2]);
    await session.close();
  });

  it('tells a refusal with its code in words', async () => {
    const { pipe } = await pipeOf((command, host) => {
      if (command.code === 0x100e) host.send(1, ok(command.transaction, 0x200c));
      else answers(command, host);
    });
    const session = await PtpSession.open(pipe, { signal });
    await expect(session.run(0x100e)).rejects.toMatchObject({
      code: 'attention',
      message: 'the camera answers operation 0x100e with store full (0x200c)',
    });
    await session.close();
  });

  it('with a camera that answers nothing is a timeout', async () => {
    const { pipe } = await pipeOf(() => undefined);
    await expect(PtpSession.open(pipe, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
    await pipe.close();
  });
});
