import { describe, expect, it } from 'vitest';
import type { UsbSetup } from '@buergerkoffer/core';
import type { UsbFunction, UsbHost, VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { UsbEngine } from '../../src/usb/usb-engine.js';
import type { UsbAnswer, UsbTransfer } from '../../src/usb/usb-transfer.js';
import { counting, echoDevice } from '../support/echo-device.js';

const standard = { requestType: 'standard', recipient: 'device', value: 0, index: 0 } as const;
const vendor = { requestType: 'vendor', recipient: 'device', value: 0, index: 0 } as const;
const CONFIGURE: UsbSetup = { ...standard, request: 9, value: 1 };

/** An engine, and every answer it gave in order. */
function run(device: VirtualUsbDevice = echoDevice(), configured = true) {
  const engine = new UsbEngine(device);
  const answers: string[] = [];
  const submit = (name: string, transfer: UsbTransfer) =>
    engine.submit(transfer, (answer) => answers.push(`${name} ${text(answer)}`));
  const ask = (setup: UsbSetup, length = 255): string => {
    submit('', { type: 'control-in', setup, length });
    return answers.pop()?.trim() ?? 'pending';
  };
  const tell = (setup: UsbSetup): string => {
    submit('', { type: 'control-out', setup, data: new Uint8Array(0) });
    return answers.pop()?.trim() ?? 'pending';
  };
  if (configured) tell(CONFIGURE);
  return { engine, answers, submit, ask, tell };
}

function text(answer: UsbAnswer): string {
  return 'data' in answer && answer.data.length > 0
    ? `${answer.status} ${[...answer.data].join(' ')}`
    : answer.status;
}

describe('endpoint 0', () => {
  it.each<[string, UsbSetup, number, string]>([
    [
      'the device descriptor, cut to what is asked',
      { ...standard, request: 6, value: 0x0100 },
      8,
      'ok 18 1 0 2 0 0 0 64',
    ],
    [
      'the head of the configuration',
      { ...standard, request: 6, value: 0x0200 },
      9,
      'ok 9 2 32 0 1 1 0 128 50',
    ],
    ['another configuration', { ...standard, request: 6, value: 0x0201 }, 9, 'stall'],
    ['a string', { ...standard, request: 6, value: 0x0303, index: 0x0409 }, 255, 'ok 6 3 69 0 49 0'],
    ['a device qualifier', { ...standard, request: 6, value: 0x0600 }, 10, 'stall'],
    ['the status of the device', { ...standard, request: 0 }, 2, 'ok 0 0'],
    [
      'the status of an endpoint that is not there',
      { ...standard, recipient: 'endpoint', request: 0, index: 0x85 },
      2,
      'stall',
    ],
    ['the configuration in use', { ...standard, request: 8 }, 1, 'ok 1'],
    ['the setting of an interface', { ...standard, recipient: 'interface', request: 10 }, 1, 'ok 0'],
    [
      'the setting of an interface that is not there',
      { ...standard, recipient: 'interface', request: 10, index: 3 },
      1,
      'stall',
    ],
    ['a request that no standard has', { ...standard, request: 99 }, 1, 'stall'],
    ['a vendor request that the device has not', { ...vendor, request: 1 }, 1, 'stall'],
  ])('answers %s', (_, setup, length, answer) => {
    expect(run().ask(setup, length)).toBe(answer);
  });

  it.each<[string, UsbSetup, string]>([
    ['another configuration', { ...CONFIGURE, value: 2 }, 'stall'],
    ['a setting that is not there', { ...standard, recipient: 'interface', request: 11, value: 1 }, 'stall'],
    ['remote wake-up', { ...standard, request: 3, value: 1 }, 'ok'],
    ['a test mode', { ...standard, request: 3, value: 2 }, 'stall'],
    [
      'a halt of an endpoint that is not there',
      { ...standard, recipient: 'endpoint', request: 3, index: 9 },
      'stall',
    ],
    ['the halt of endpoint 0', { ...standard, recipient: 'endpoint', request: 1, index: 0x80 }, 'ok'],
  ])('takes %s', (_, setup, answer) => {
    expect(run().tell(setup)).toBe(answer);
  });

  it('keeps a halt until it is cleared, and tells the device', () => {
    const cleared: string[] = [];
    const { ask, tell, answers, submit } = run(
      echoDevice(() => ({ haltCleared: (direction, endpoint) => cleared.push(`${direction} ${endpoint}`) })),
    );
    const halt = { ...standard, recipient: 'endpoint', index: 0x81 } as const;
    submit('pending', { type: 'in', endpoint: 1, length: 64 });
    expect(tell({ ...halt, request: 3 })).toBe('ok');
    expect(answers).toEqual(['pending stall']);
    expect(ask({ ...halt, request: 0 })).toBe('ok 1 0');
    expect(tell({ ...halt, request: 1 })).toBe('ok');
    expect(ask({ ...halt, request: 0 })).toBe('ok 0 0');
    expect(cleared).toEqual(['in 1']);
  });

  it('does one request after the other, and lets a new one take the place of one that is taken back', () => {
    const begun: number[] = [];
    const { submit, answers } = run(
      echoDevice(() => ({
        controlIn: ({ request }) => {
          begun.push(request);
          return request === 1 ? new Promise(() => undefined) : new Uint8Array([request]);
        },
      })),
    );
    const unlink = submit('first', { type: 'control-in', setup: { ...vendor, request: 1 }, length: 4 });
    const second = submit('second', { type: 'control-in', setup: { ...vendor, request: 2 }, length: 4 });
    submit('third', { type: 'control-in', setup: { ...vendor, request: 3 }, length: 4 });
    expect(begun).toEqual([1]);
    second();
    unlink();
    expect(answers).toEqual(['third ok 3']);
  });

  it('asks the device for a descriptor of a class, and takes that of the configuration where it does not know', () => {
    const hid = new Uint8Array([9, 0x21, 0x11, 1, 0, 1, 0x22, 5, 0]);
    const { ask } = run({
      ...echoDevice(() => ({
        classDescriptor: (type) => (type === 0x22 ? new Uint8Array([6, 0]) : undefined),
      })),
      interfaces: [{ number: 0, interfaceClass: 3, classDescriptors: hid, endpoints: [] }],
    });
    const get = { ...standard, recipient: 'interface', request: 6 } as const;
    expect(ask({ ...get, value: 0x2200 })).toBe('ok 6 0');
    expect(ask({ ...get, value: 0x2100 })).toBe(`ok ${hid.join(' ')}`);
    expect(ask({ ...get, value: 0x2300 })).toBe('stall');
  });
});

describe('the other endpoints', () => {
  it('are not there before the device is configured; what it said by then waits', () => {
    const greeting = echoDevice((host) => {
      host.send(1, counting(2));
      return {};
    });
    const { submit, answers, tell } = run(greeting, false);
    submit('early', { type: 'in', endpoint: 1, length: 64 });
    tell(CONFIGURE);
    submit('late', { type: 'in', endpoint: 1, length: 64 });
    expect(answers).toEqual(['early disabled', 'late ok 0 1']);
  });

  it('are reset, and pending transfers given back, when the device is configured again', () => {
    const { submit, answers, tell } = run();
    submit('in', { type: 'in', endpoint: 1, length: 64 });
    tell(CONFIGURE);
    expect(answers).toEqual(['in disabled']);
  });

  it('take OUT transfers one at a time while the device is at one', async () => {
    const taken: number[] = [];
    let done = (): void => undefined;
    const { submit, answers } = run(
      echoDevice(() => ({
        received: (_, [first = 0]) => {
          taken.push(first);
          return new Promise<void>((resolve) => {
            done = resolve;
          });
        },
      })),
    );
    submit('a', { type: 'out', endpoint: 1, data: new Uint8Array([1]) });
    const unlink = submit('b', { type: 'out', endpoint: 1, data: new Uint8Array([2]) });
    submit('c', { type: 'out', endpoint: 1, data: new Uint8Array([3]) });
    unlink();
    expect(taken).toEqual([1]);
    done();
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(taken).toEqual([1, 3]);
    expect(answers).toEqual(['a ok']);
  });

  it('still wait for the device when the transfer that it is at is taken back', () => {
    const taken: number[] = [];
    const { submit } = run(
      echoDevice(() => ({
        received: (_, [first = 0]) => {
          taken.push(first);
          return new Promise<void>(() => undefined);
        },
      })),
    );
    submit('a', { type: 'out', endpoint: 1, data: new Uint8Array([1]) })();
    submit('b', { type: 'out', endpoint: 1, data: new Uint8Array([2]) });
    expect(taken).toEqual([1]);
  });

  it('stall when the device has no code for what comes', () => {
    const { submit, answers } = run(echoDevice(() => ({})));
    submit('a', { type: 'out', endpoint: 1, data: counting(1) });
    submit('b', { type: 'out', endpoint: 2, data: counting(1) });
    expect(answers).toEqual(['a stall', 'b disabled']);
  });
});

describe('a device without power', () => {
  it('answers everything as gone, also what was pending', () => {
    let host: UsbHost | undefined;
    const { engine, submit, answers } = run(
      echoDevice((given): UsbFunction => {
        host = given;
        return { controlIn: () => new Promise(() => undefined) };
      }),
    );
    submit('in', { type: 'in', endpoint: 1, length: 64 });
    submit('control', { type: 'control-in', setup: { ...vendor, request: 1 }, length: 4 });
    engine.powerDown();
    submit('late', { type: 'in', endpoint: 1, length: 64 });
    host?.send(1, counting(1));
    expect(answers).toEqual(['control gone', 'in gone', 'late gone']);
  });

  it('does not send on an endpoint that it never had', () => {
    expect(() => new UsbEngine(echoDevice((host) => (host.send(7, counting(1)), {})))).toThrow(
      'no in endpoint 7',
    );
  });
});
