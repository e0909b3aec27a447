import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InPipe } from '../../src/usb/in-pipe.js';
import type { UsbAnswer } from '../../src/usb/usb-transfer.js';
import { counting } from '../support/echo-device.js';

/** What a request was answered, or `pending`. */
function ask(pipe: InPipe, length: number) {
  let answer: UsbAnswer | undefined;
  const unlink = pipe.receive(length, (given) => {
    answer = given;
  });
  return {
    unlink,
    get answer() {
      if (answer === undefined) return 'pending';
      return 'data' in answer ? `${answer.status} ${answer.data.length}` : answer.status;
    },
    get bytes() {
      return answer !== undefined && 'data' in answer ? [...answer.data] : [];
    },
  };
}

describe('an IN endpoint', () => {
  it('ends a request at a short packet, and keeps messages apart by it', () => {
    const pipe = new InPipe(8);
    pipe.send(counting(11));
    pipe.send(counting(3));
    expect(ask(pipe, 64).answer).toBe('ok 11');
    expect(ask(pipe, 64).answer).toBe('ok 3');
    expect(ask(pipe, 64).answer).toBe('pending');
  });

  it('ends a message of whole packets by an empty one, which answers the next request when this one is full', () => {
    const pipe = new InPipe(8);
    pipe.send(counting(16));
    expect(ask(pipe, 64).answer).toBe('ok 16');
    pipe.send(counting(16));
    expect(ask(pipe, 16).answer).toBe('ok 16');
    expect(ask(pipe, 16).answer).toBe('ok 0');
  });

  it('runs messages without an end together', () => {
    const pipe = new InPipe(8);
    const request = ask(pipe, 64);
    pipe.send(counting(16), false);
    expect(request.answer).toBe('pending');
    pipe.send(counting(3));
    expect(request.bytes).toEqual([...counting(16), ...counting(3)]);
  });

  it('keeps what a full request did not take', () => {
    const pipe = new InPipe(8);
    pipe.send(counting(20));
    expect(ask(pipe, 8).bytes).toEqual([...counting(8)]);
    expect(ask(pipe, 64).bytes).toEqual([...counting(20).subarray(8)]);
  });

  it('overflows on a packet that does not fit, and gives it to a larger request', () => {
    const pipe = new InPipe(8);
    pipe.send(counting(20));
    expect(ask(pipe, 10).answer).toBe('overflow');
    expect(ask(pipe, 7).answer).toBe('overflow');
    expect(ask(pipe, 24).bytes).toEqual([...counting(20)]);
  });

  it('answers a request of a short length when the packet fits', () => {
    const pipe = new InPipe(8);
    pipe.send(counting(5));
    expect(ask(pipe, 5).answer).toBe('ok 5');
  });

  it('answers requests in their order, and an unlinked one not at all', () => {
    const pipe = new InPipe(8);
    const [first, second, third] = [ask(pipe, 16), ask(pipe, 8), ask(pipe, 8)];
    pipe.send(counting(8), false);
    first.unlink();
    expect(first.answer).toBe('pending');
    expect(second.bytes).toEqual([...counting(8)]);
    pipe.send(counting(2));
    expect(third.answer).toBe('ok 2');
    third.unlink();
  });

  it('stalls behind what was sent, together with the packets that came before', () => {
    const pipe = new InPipe(8);
    const request = ask(pipe, 64);
    pipe.send(counting(8), false);
    pipe.sendHalt();
    pipe.send(counting(1));
    expect(request.answer).toBe('stall 8');
    expect(ask(pipe, 64).answer).toBe('stall 0');
    pipe.clearHalt();
    expect(ask(pipe, 64).answer).toBe('ok 1');
  });

  it('forgets what is discarded, also what a pending request has received', () => {
    const pipe = new InPipe(8);
    const request = ask(pipe, 64);
    pipe.send(counting(8), false);
    pipe.discard();
    pipe.send(new Uint8Array([7]));
    expect(request.bytes).toEqual([7]);
  });

  it('gives bytes that are the receiver’s own', () => {
    const pipe = new InPipe(8);
    const message = counting(3);
    pipe.send(message);
    const request = ask(pipe, 8);
    message.fill(0);
    expect(request.bytes).toEqual([0, 1, 2]);
  });

  it('loses, doubles and moves no byte, whatever is sent, asked and unlinked', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('send' as const), bytes: fc.nat(40), end: fc.boolean() }),
      fc.record({ do: fc.constant('ask' as const), length: fc.nat(50) }),
      fc.record({ do: fc.constant('unlink' as const), which: fc.nat(3) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const pipe = new InPipe(8);
        const got: number[] = [];
        let pending: { unlink: () => void }[] = [];
        let sent = 0;
        for (const one of steps) {
          if (one.do === 'send') {
            pipe.send(
              new Uint8Array(one.bytes).map((_, i) => sent + i),
              one.end,
            );
            sent += one.bytes;
          } else if (one.do === 'unlink') {
            pending[one.which]?.unlink();
            pending = pending.filter((_, i) => i !== one.which);
          } else {
            const handle = { unlink: (): void => undefined };
            pending.push(handle);
            handle.unlink = pipe.receive(one.length, (answer) => {
              pending = pending.filter((other) => other !== handle);
              if (answer.status === 'ok') {
                expect(answer.data.length).toBeLessThanOrEqual(one.length);
                got.push(...answer.data);
              }
            });
          }
        }
        for (const { unlink } of pending) unlink();
        pipe.send(new Uint8Array(0));
        for (let more = true; more;) {
          more = false;
          pipe.receive(4096, (answer) => {
            more = true;
            if (answer.status === 'ok') got.push(...answer.data);
          })();
        }
        expect(got).toEqual(Array.from({ length: sent }, (_, i) => i & 255));
      }),
    );
  });
});
