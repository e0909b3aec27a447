import { DeviceError, type CallOptions, type UsbInResult, type UsbTransport } from '@buergerkoffer/core';
import { USB_REFERENCE } from '@buergerkoffer/core/testing';
import { around, overlay, type Sabotage } from './sabotage.js';

type UsbSabotage = Sabotage<'usb'>;

const { interrupt, other } = USB_REFERENCE.endpoint;
const PACKET = 512;
const OK = (data: Uint8Array): UsbInResult => ({ status: 'ok', data });
const NOTHING = new Uint8Array(0);

/** What a USB transport can do wrong with transfers, requests and halts, and the case that catches it. */
export const USB_SABOTAGE: readonly UsbSabotage[] = [
  {
    does: 'lists no interrupt endpoints',
    caughtBy: 'the endpoints are those of the interface',
    transport: (usb) => overlay(usb, { endpoints: usb.endpoints.filter(({ type }) => type === 'bulk') }),
  },
  {
    does: 'cuts control requests after 64 bytes',
    caughtBy: 'control transfers carry data of every size, both ways',
    transport: (usb) =>
      overlay(usb, {
        controlTransferOut: (setup, data, options) =>
          usb.controlTransferOut(setup, data?.subarray(0, 64), options),
      }),
  },
  {
    does: 'throws at a control request without data',
    caughtBy: 'a control request goes out without data, and to the device as a whole',
    transport: (usb) =>
      overlay(usb, {
        controlTransferOut: (setup, data, options) =>
          data === undefined
            ? Promise.reject(new TypeError("reading 'buffer'"))
            : usb.controlTransferOut(setup, data, options),
      }),
  },
  {
    does: 'answers a control request with more than was asked for',
    caughtBy: 'a control answer is cut to what was asked for',
    transport: (usb) =>
      overlay(usb, {
        controlTransferIn: (setup, length, options) =>
          usb.controlTransferIn(setup, 64 * Math.ceil(length / 64), options),
      }),
  },
  {
    does: 'loses the last byte of long answers',
    caughtBy: 'bulk messages of every size are echoed',
    transport: (usb) =>
      reading(usb, async (endpoint, length, options) => {
        const answer = await usb.transferIn(endpoint, length, options);
        return answer.status === 'ok' && answer.data.length > PACKET
          ? OK(answer.data.subarray(0, -1))
          : answer;
      }),
  },
  {
    does: 'writes megabytes in pieces and forgets the last',
    caughtBy: 'a megabyte goes out in one call, whole and without an empty packet behind it',
    transport: (usb) =>
      overlay(usb, {
        transferOut: async (endpoint, data, options) => {
          const cut = data.length > 100_000 ? data.subarray(0, -16_384) : data;
          await usb.transferOut(endpoint, cut, options);
          return { status: 'ok', bytesWritten: data.length };
        },
      }),
  },
  {
    does: 'answers 16 KiB at most',
    caughtBy: 'a megabyte comes in one call',
    transport: (usb) =>
      reading(usb, (endpoint, length, options) =>
        usb.transferIn(endpoint, length > 0 ? Math.min(length, 16_384) : length, options),
      ),
  },
  {
    does: 'ends writes of whole packets with an empty one',
    caughtBy: 'a write of whole packets is not followed by an empty one, an empty write is one',
    transport: (usb) =>
      overlay(usb, {
        transferOut: async (endpoint, data, options) => {
          const answer = await usb.transferOut(endpoint, data, options);
          if (data.length > 0 && data.length % PACKET === 0) await usb.transferOut(endpoint, NOTHING);
          return answer;
        },
      }),
  },
  {
    does: 'does not send empty writes',
    caughtBy: 'a write of whole packets is not followed by an empty one, an empty write is one',
    transport: (usb) =>
      overlay(usb, {
        transferOut: (endpoint, data, options) =>
          data.length === 0
            ? Promise.resolve({ status: 'ok', bytesWritten: 0 } as const)
            : usb.transferOut(endpoint, data, options),
      }),
  },
  {
    does: 'fills messages of interrupt endpoints up',
    caughtBy: 'messages come on interrupt endpoints, one at a time',
    transport: (usb) =>
      reading(usb, async (endpoint, length, options) => {
        const answer = await usb.transferIn(endpoint, length, options);
        if (answer.status === 'stall' || endpoint !== interrupt) return answer;
        const filled = new Uint8Array(64);
        filled.set(answer.data);
        return OK(filled);
      }),
  },
  {
    does: 'reads on behind a packet that is not full',
    caughtBy: 'a request is answered at a packet that is not full',
    transport: (usb) =>
      reading(usb, async (endpoint, length, options) => {
        const first = await usb.transferIn(endpoint, length, options);
        if (first.status === 'stall' || first.data.length <= PACKET || length < 2 * PACKET) return first;
        const second = await usb.transferIn(endpoint, length, options);
        return second.status === 'stall' ? second : OK(new Uint8Array([...first.data, ...second.data]));
      }),
  },
  {
    does: 'reads twice for a request of whole packets',
    caughtBy: 'a request is answered when it is full, and the next one goes on there',
    transport: (usb) =>
      reading(usb, async (endpoint, length, options) => {
        const answer = await usb.transferIn(endpoint, length, options);
        if (answer.status === 'ok' && answer.data.length === length && length % PACKET === 0) {
          await usb.transferIn(endpoint, PACKET, options);
        }
        return answer;
      }),
  },
  {
    does: 'passes over empty packets',
    caughtBy: 'an empty packet is an empty answer',
    transport: (usb) =>
      reading(usb, async (endpoint, length, options) => {
        for (;;) {
          const answer = await usb.transferIn(endpoint, length, options);
          if (answer.status === 'stall' || answer.data.length > 0) return answer;
        }
      }),
  },
  {
    does: 'takes the empty end of a message with the message',
    caughtBy: 'the empty packet that ends a message of whole packets answers the request behind it',
    transport: (usb) =>
      reading(usb, async (endpoint, length, options) => {
        const answer = await usb.transferIn(endpoint, length, options);
        if (answer.status === 'ok' && answer.data.length > 0 && answer.data.length === length) {
          await usb.transferIn(endpoint, length, { timeoutMs: 1 }).catch(() => undefined);
        }
        return answer;
      }),
  },
  {
    does: 'asks for one packet at a time',
    caughtBy: 'messages of whole packets that nothing ends run into one another',
    transport: (usb) =>
      reading(usb, (endpoint, length, options) =>
        usb.transferIn(endpoint, Math.min(length, PACKET), options),
      ),
  },
  {
    does: 'drops what a request leaves of a packet, as the library usb does',
    caughtBy: 'a request for less than a packet: the rest of the packet comes first with the next, by itself',
    transport: (usb) => roundedUp(usb, 'drops'),
  },
  {
    does: 'joins the rest of a packet with the next message',
    caughtBy: 'a request for less than a packet: the rest of the packet comes first with the next, by itself',
    transport: (usb) => roundedUp(usb, 'joins'),
  },
  {
    does: 'drops what a request leaves of a later packet',
    caughtBy: 'a request that ends inside a later packet leaves the rest of that packet alone',
    transport: (usb) => roundedUp(usb, 'drops'),
  },
  {
    does: 'answers the rest of a packet whole, however little is asked for',
    caughtBy: 'the rest of a packet is asked for byte by byte, and its empty end follows',
    transport: (usb) => roundedUp(usb, 'whole'),
  },
  {
    does: 'answers after the first packet',
    caughtBy: 'a request waits for more behind packets that are full',
    transport: (usb) =>
      reading(usb, (endpoint, length, options) =>
        usb.transferIn(endpoint, Math.min(length, PACKET), options),
      ),
  },
  {
    does: 'answers a request for no bytes',
    caughtBy: 'a request for no bytes, or not for a number of them, is refused',
    transport: (usb) =>
      reading(usb, (endpoint, length, options) =>
        length >= 1 ? usb.transferIn(endpoint, length, options) : Promise.resolve(OK(NOTHING)),
      ),
  },
  {
    does: 'throws at a stall',
    caughtBy: 'a control request that is not understood is answered by a stall, the next one as ever',
    transport: (usb) => throwing(usb),
  },
  {
    does: 'throws at a halted endpoint',
    caughtBy: 'a halted IN endpoint stalls until the halt is cleared, and loses nothing',
    transport: (usb) => throwing(usb),
  },
  {
    does: 'clears halts by itself',
    caughtBy: 'a halted OUT endpoint stalls until the halt is cleared, and takes nothing',
    transport: (usb) =>
      overlay(usb, {
        transferOut: async (endpoint, data, options) => {
          const answer = await usb.transferOut(endpoint, data, options);
          if (answer.status === 'stall') await usb.clearHalt('out', endpoint);
          return answer;
        },
      }),
  },
  {
    does: 'waits on when an endpoint halts under a read',
    caughtBy: 'a read that is pending when the endpoint halts is answered by the stall',
    transport: (usb) =>
      reading(usb, async (endpoint, length, options) => {
        const answer = await usb.transferIn(endpoint, length, options);
        return answer.status === 'stall' ? new Promise(() => undefined) : answer;
      }),
  },
  {
    does: 'stalls everywhere while one endpoint is halted',
    caughtBy: 'a halt concerns one endpoint in one direction',
    transport: (usb) => {
      let halted = false;
      return overlay(usb, {
        controlTransferOut: (setup, data, options) => {
          halted ||= setup.request === 4;
          return usb.controlTransferOut(setup, data, options);
        },
        transferOut: (endpoint, data, options) =>
          halted ? Promise.resolve({ status: 'stall' } as const) : usb.transferOut(endpoint, data, options),
      });
    },
  },
  {
    does: 'fails to clear what is not halted',
    caughtBy: 'clearing a halt that is not there changes nothing',
    transport: (usb) =>
      overlay(usb, { clearHalt: () => Promise.reject(new DeviceError('protocol', 'it is not halted')) }),
  },
  {
    does: 'calls an endpoint that is not there not found',
    caughtBy: 'an endpoint that the interface does not have is an invalid request',
    transport: (usb) =>
      around(usb, (make, options) =>
        make(options).catch((error: unknown) => {
          if (!(error instanceof DeviceError) || error.code !== 'invalid-request') throw error;
          throw new DeviceError('not-found', 'no such endpoint');
        }),
      ),
  },
  {
    does: 'queues reads of one endpoint',
    caughtBy: 'a second read of an endpoint is busy, and the first one goes on',
    transport: (usb) => oneAtATime(usb),
  },
  {
    does: 'queues writes to one endpoint',
    caughtBy: 'a second write to an endpoint is busy, and the first one goes on',
    transport: (usb) => oneAtATime(usb),
  },
  {
    does: 'does one thing at a time, whatever the endpoint',
    caughtBy: 'transfers on different endpoints and control requests run beside one another',
    transport: (usb) => oneAtATime(usb),
  },
  {
    does: 'drops the answer to a read that was aborted',
    caughtBy: 'what comes after an aborted read is delivered in its order',
    transport: (usb) => forgetful(usb),
  },
  {
    does: 'drops the packets that an aborted read had taken',
    caughtBy: 'what an aborted read had taken is delivered by the next one',
    transport: (usb) => packetwise(usb),
  },
  {
    does: 'drops what comes in the moment of an abort',
    caughtBy: 'messages that come while reads are aborted all arrive, in their order',
    transport: (usb) => forgetful(usb),
  },
  {
    does: 'drops what comes in the moment of a deadline, as the library usb does',
    caughtBy: 'messages that come while reads run into their deadline all arrive, in their order',
    transport: (usb) => forgetful(usb),
  },
  {
    does: 'ends all reads to end one',
    caughtBy: 'an aborted read disturbs nothing that is pending on other endpoints',
    transport: (usb) => {
      const aborts = new AbortController();
      return reading(usb, (endpoint, length, options = {}) => {
        options.signal?.addEventListener('abort', () => {
          aborts.abort(new DeviceError('protocol', 'interrupted'));
        });
        if (endpoint !== other) return usb.transferIn(endpoint, length, options);
        return usb.transferIn(endpoint, length, { ...options, signal: aborts.signal });
      });
    },
  },
  {
    does: 'sends an aborted write behind the next one',
    caughtBy: 'an aborted write comes before later ones or not at all',
    transport: (usb) => {
      let aborted: Uint8Array | undefined;
      return overlay(usb, {
        transferOut: async (endpoint, data, options = {}) => {
          if (options.signal !== undefined) {
            aborted = data.slice();
            return new Promise((_, reject) => {
              options.signal?.addEventListener('abort', () => {
                reject(options.signal?.reason as Error);
              });
            });
          }
          const answer = await usb.transferOut(endpoint, data, options);
          if (aborted !== undefined) await usb.transferOut(endpoint, aborted);
          return answer;
        },
      });
    },
  },
  {
    does: 'opens one interface of a device at a time',
    caughtBy: 'two interfaces of one device are two ports of one thing, open side by side',
    bus: (bus) => {
      const open = new Set<string>();
      return overlay(bus, {
        open: async (port, options, signal) => {
          if (open.has(port.physical)) throw new DeviceError('busy', 'the device is open');
          open.add(port.physical);
          const transport = await bus.open(port, options, signal);
          void transport.ended.then(() => open.delete(port.physical));
          return transport;
        },
      });
    },
  },
  {
    does: 'tells one interface only that the device has gone',
    caughtBy: 'all interfaces of an unplugged device are lost',
    transport: (usb) =>
      usb.interfaceNumber === 0 ? usb : overlay(usb, { ended: new Promise(() => undefined) }),
  },
  {
    does: 'does not choose the alternate setting',
    caughtBy: 'an alternate setting has its own endpoints, and is left again with close()',
    bus: (bus) => overlay(bus, { open: (port, _, signal) => bus.open(port, {}, signal) }),
  },
  {
    does: 'holds the port after a setting that is not there',
    caughtBy: 'an alternate setting that is not there is an invalid request, and the port stays free',
    bus: (bus) => {
      let held = false;
      return overlay(bus, {
        open: (port, options, signal) => {
          if (held) return Promise.reject(new DeviceError('busy', 'claimed'));
          held = options.alternateSetting === 7;
          return bus.open(port, options, signal);
        },
      });
    },
  },
  {
    does: 'calls a device that leaves in a write a protocol error',
    caughtBy: 'a device that leaves the bus in the middle of a write is lost',
    transport: (usb) =>
      overlay(usb, {
        transferOut: (endpoint, data, options) =>
          usb.transferOut(endpoint, data, options).catch(() => {
            throw new DeviceError('protocol', 'babble');
          }),
      }),
  },
];

function reading(usb: UsbTransport, transferIn: UsbTransport['transferIn']): UsbTransport {
  return overlay(usb, { transferIn });
}

/** Stalls become exceptions. */
function throwing(usb: UsbTransport): UsbTransport {
  return around(usb, async (make, options) => {
    const answer = await make(options);
    if (typeof answer === 'object' && answer !== null && 'status' in answer && answer.status === 'stall') {
      throw new DeviceError('protocol', 'endpoint stalled');
    }
    return answer;
  });
}

/** Whole packets are asked for; what was not asked for is dropped, joined with the next answer, or answered whole. */
function roundedUp(usb: UsbTransport, how: 'drops' | 'joins' | 'whole'): UsbTransport {
  let rest = NOTHING;
  return reading(usb, async (endpoint, length, options) => {
    if (rest.length > 0 && how === 'whole') {
      const all = rest;
      rest = NOTHING;
      return OK(all);
    }
    const answer = await usb.transferIn(endpoint, PACKET * Math.ceil(length / PACKET), options);
    if (answer.status === 'stall') return answer;
    const all = new Uint8Array([...rest, ...answer.data]);
    rest = how === 'drops' ? NOTHING : all.subarray(length);
    return OK(all.subarray(0, length));
  });
}

/** Every call waits for the one before. */
function oneAtATime(usb: UsbTransport): UsbTransport {
  let last: Promise<unknown> = Promise.resolve();
  return around(usb, (make, options) => {
    const work = last.catch(() => undefined).then(() => make(options));
    last = work;
    return work;
  });
}

/** A read that is given up stays with the device, and nobody hears what comes of it. */
function forgetful(usb: UsbTransport): UsbTransport {
  const pending = new Map<number, Promise<UsbInResult>>();
  return reading(usb, async (endpoint, length, { signal, timeoutMs = 5_000 }: CallOptions = {}) => {
    await pending.get(endpoint)?.catch(() => undefined);
    const native = usb.transferIn(endpoint, length, { timeoutMs: 60_000 });
    pending.set(endpoint, native);
    native.catch(() => undefined);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new DeviceError('timeout', 'late'));
      }, timeoutMs);
      const clear = (): void => {
        clearTimeout(timer);
      };
      signal?.addEventListener('abort', () => {
        clear();
        reject(signal.reason as Error);
      });
      native.then(resolve, reject).finally(clear);
    });
  });
}

/** Reads packet by packet, and forgets what it has when it is given up. */
function packetwise(usb: UsbTransport): UsbTransport {
  return reading(usb, async (endpoint, length, options) => {
    const all: number[] = [];
    for (;;) {
      const answer = await usb.transferIn(endpoint, PACKET, options);
      if (answer.status === 'stall') return answer;
      all.push(...answer.data);
      if (answer.data.length < PACKET || all.length >= length) return OK(new Uint8Array(all));
    }
  });
}
