import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeviceError, type HidReport } from '@buergerkoffer/core';
import type { HidReportDescriptor } from '@buergerkoffer/core';
import { NodeHidTransport } from '../../../src/node/hid/hid-transport.js';
import { FakeHidHandle } from '../../support/fake-hid.js';

/** 4 bytes in, out and feature, without ids. */
const PLAIN: HidReportDescriptor = {
  collections: [{ usagePage: 0xff00, usage: 1 }],
  numbered: false,
  input: new Map([[0, 4]]),
  output: new Map([[0, 4]]),
  feature: new Map([[0, 4]]),
};
const NUMBERED: HidReportDescriptor = {
  ...PLAIN,
  numbered: true,
  input: new Map([[1, 4]]),
  output: new Map([
    [2, 3],
    [3, 0],
  ]),
  feature: new Map([[4, 2]]),
};

const never = (): Promise<never> => new Promise(() => undefined);

async function open(descriptor: HidReportDescriptor): Promise<{
  readonly handle: FakeHidHandle;
  readonly transport: NodeHidTransport;
  readonly reports: HidReport[];
  readonly ends: string[];
  readonly released: () => number;
}> {
  const handle = new FakeHidHandle();
  let released = 0;
  const transport = await NodeHidTransport.start(handle, {
    path: '/dev/hidraw0',
    descriptor,
    released: () => {
      released += 1;
    },
  });
  const reports: HidReport[] = [];
  const ends: string[] = [];
  transport.inputReports.subscribe({
    next: (report) => reports.push(report),
    error: (error: DeviceError) => ends.push(error.code),
    complete: () => ends.push('complete'),
  });
  return { handle, transport, reports, ends, released: () => released };
}

describe('reports of a HID device', () => {
  it('come in without a number where the device uses none, also when they begin with 0', async () => {
    const { handle, reports } = await open(PLAIN);
    handle.report(0, 1, 2, 3);
    expect(reports).toEqual([{ reportId: 0, data: Uint8Array.of(0, 1, 2, 3) }]);
  });

  it('come in with their number apart where the device uses numbers', async () => {
    const { handle, reports } = await open(NUMBERED);
    handle.report(1, 9, 8);
    expect(reports).toEqual([{ reportId: 1, data: Uint8Array.of(9, 8) }]);
  });

  it('are plain bytes of their own, no Buffer', async () => {
    const { handle, reports } = await open(NUMBERED);
    handle.report(1, 9);
    expect(reports[0]?.data.constructor).toBe(Uint8Array);
    expect(reports[0]?.data.buffer.byteLength).toBe(1);
  });

  it('go out with the number 0 in front where the device uses none, filled up with zeros', async () => {
    const { handle, transport } = await open(PLAIN);
    await transport.sendReport(0, Uint8Array.of(0, 7));
    expect(handle.written).toEqual([[0, 0, 7, 0, 0]]);
  });

  it('go out with their number in front, also without any data', async () => {
    const { handle, transport } = await open(NUMBERED);
    await transport.sendReport(2, Uint8Array.of(1, 2, 3));
    await transport.sendReport(3, new Uint8Array(0));
    await transport.sendFeatureReport(4, Uint8Array.of(5));
    expect([handle.written, handle.features]).toEqual([[[2, 1, 2, 3], [3]], [[4, 5, 0]]]);
  });

  it('of any length go out as they are or are refused, never cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 8 }), async (data) => {
        const { handle, transport } = await open(PLAIN);
        const outcome = await transport.sendReport(0, data).catch((error: unknown) => error);
        if (data.length > 4) {
          expect(outcome).toMatchObject({ code: 'invalid-request', path: 'data' });
          expect(handle.written).toEqual([]);
        } else {
          expect(handle.written).toEqual([[0, ...data, ...new Array<number>(4 - data.length).fill(0)]]);
        }
      }),
    );
  });

  it('that the device does not have are invalid requests', async () => {
    const { transport } = await open(NUMBERED);
    const invalid = { code: 'invalid-request', path: 'reportId' };
    await expect(transport.sendReport(1, new Uint8Array(1))).rejects.toMatchObject(invalid);
    await expect(transport.sendFeatureReport(2, new Uint8Array(1))).rejects.toMatchObject(invalid);
    await expect(transport.receiveFeatureReport(0)).rejects.toMatchObject(invalid);
  });

  it('are not kept for whoever subscribes later', async () => {
    const { handle, transport } = await open(PLAIN);
    handle.report(1);
    const late: HidReport[] = [];
    transport.inputReports.subscribe((report) => late.push(report));
    handle.report(2);
    expect(late.map(({ data }) => data[0])).toEqual([2]);
  });
});

describe('feature reports', () => {
  it('are asked for with room for the number and answered without it', async () => {
    const { handle, transport } = await open(NUMBERED);
    handle.onFeature = () => Promise.resolve(Buffer.from([4, 1, 2]));
    expect(await transport.receiveFeatureReport(4)).toEqual(Uint8Array.of(1, 2));
    expect(handle.asked).toEqual([[4, 3]]);
  });

  it('without a number lose the leading 0', async () => {
    const { handle, transport } = await open(PLAIN);
    handle.onFeature = () => Promise.resolve(Buffer.from([0, 0, 2]));
    expect(await transport.receiveFeatureReport(0)).toEqual(Uint8Array.of(0, 2));
  });

  it.each([[Buffer.from([5, 1])], [Buffer.alloc(0)]])(
    'that answer with another number are a protocol error: %j',
    async (answer) => {
      const { handle, transport } = await open(NUMBERED);
      handle.onFeature = () => Promise.resolve(answer);
      await expect(transport.receiveFeatureReport(4)).rejects.toMatchObject({ code: 'protocol' });
    },
  );

  it('that the device refuses are a protocol error, and the transport lives on', async () => {
    const { handle, transport, ends } = await open(NUMBERED);
    handle.onFeature = () => Promise.reject(new Error('ioctl (GFEATURE): Broken pipe'));
    await expect(transport.receiveFeatureReport(4)).rejects.toMatchObject({ code: 'protocol' });
    await transport.sendReport(2, Uint8Array.of(1));
    expect(ends).toEqual([]);
  });
});

describe('a HID transport', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  it('listens for data from the beginning, so that no report and no unplugging is missed', async () => {
    const handle = new FakeHidHandle();
    await NodeHidTransport.start(handle, { path: 'x', descriptor: PLAIN, released: () => undefined });
    expect([handle.listenerCount('data'), handle.listenerCount('error')]).toEqual([1, 1]);
  });

  it('answers at the deadline of a call that hangs, and the next one names it', async () => {
    const { handle, transport } = await open(NUMBERED);
    handle.onFeature = never;
    const first = expect(transport.receiveFeatureReport(4, { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'timeout',
    });
    const second = expect(
      transport.sendReport(2, Uint8Array.of(1), { timeoutMs: 300 }),
    ).rejects.toMatchObject({
      code: 'timeout',
      message: 'output report 2 took longer than 300 ms: reading feature report 4 hangs',
    });
    await vi.advanceTimersByTimeAsync(300);
    await Promise.all([first, second]);
    expect(handle.written).toEqual([]);
  });

  it('rejects an aborted call with the reason and stays usable', async () => {
    const { handle, transport } = await open(NUMBERED);
    const aborting = new AbortController();
    let answer: (bytes: Uint8Array) => void = () => undefined;
    handle.onFeature = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const reading = expect(transport.receiveFeatureReport(4, { signal: aborting.signal })).rejects.toBe(
      'enough',
    );
    await vi.advanceTimersByTimeAsync(0);
    aborting.abort('enough');
    await reading;
    answer(Uint8Array.of(4, 0, 0));
    await transport.sendReport(2, Uint8Array.of(1));
    expect(handle.written).toEqual([[2, 1, 0, 0]]);
  });

  it('closes once, ends what waits with `closed` and completes its reports', async () => {
    const { handle, transport, ends, released } = await open(NUMBERED);
    handle.onFeature = never;
    const reading = expect(transport.receiveFeatureReport(4)).rejects.toMatchObject({ code: 'closed' });
    await vi.advanceTimersByTimeAsync(0);
    await Promise.all([transport.close(), transport.close()]);
    await reading;
    expect(await transport.ended).toEqual({ reason: 'closed' });
    expect([ends, handle.closed, released()]).toEqual([['complete'], 1, 1]);
    await expect(transport.sendReport(2, Uint8Array.of(1))).rejects.toMatchObject({ code: 'closed' });
  });

  it('closes within a second when the library hangs, and says later that the node is free', async () => {
    const { handle, transport, released } = await open(PLAIN);
    let letGo: () => void = () => undefined;
    handle.onClose = () =>
      new Promise((resolve) => {
        letGo = resolve;
      });
    const closing = transport.close();
    await vi.advanceTimersByTimeAsync(1_000);
    await closing;
    expect(released()).toBe(0);
    letGo();
    await vi.advanceTimersByTimeAsync(0);
    expect(released()).toBe(1);
  });

  it('hands on nothing that comes while it closes', async () => {
    const { handle, transport, reports } = await open(PLAIN);
    const closing = transport.close();
    handle.report(1, 2);
    await closing;
    expect(reports).toEqual([]);
  });

  it.each([
    ['a string', undefined],
    ['an Error', new Error('device disconnected')],
  ])('is lost when the library tells of it with %s: idle, reading and calling', async (_, error) => {
    const { handle, transport, ends, released } = await open(NUMBERED);
    handle.onFeature = never;
    const reading = expect(transport.receiveFeatureReport(4)).rejects.toMatchObject({ code: 'lost' });
    await vi.advanceTimersByTimeAsync(0);
    handle.unplug(error);
    await reading;
    expect(await transport.ended).toMatchObject({ reason: 'lost', error: { code: 'lost' } });
    await expect(transport.sendReport(2, Uint8Array.of(1))).rejects.toMatchObject({ code: 'lost' });
    await transport.close();
    expect([ends, handle.closed, released()]).toEqual([['lost'], 1, 1]);
  });

  it('is lost when a call finds that the device has gone', async () => {
    const { handle, transport, ends } = await open(PLAIN);
    handle.onWrite = () => Promise.reject(new Error('Cannot write to hid device: No such device'));
    await expect(transport.sendReport(0, Uint8Array.of(1))).rejects.toMatchObject({ code: 'lost' });
    await transport.ended;
    expect(ends).toEqual(['lost']);
  });

  it.each([
    'ioctl (GFEATURE): Input/output error',
    'ioctl (GFEATURE): Connection timed out',
    'ioctl (GFEATURE): Protocol error',
  ])('is lost, not broken, when a call fails with %s and the loss is told a moment later', async (text) => {
    const { handle, transport } = await open(NUMBERED);
    handle.onFeature = () => Promise.reject(new Error(text));
    const reading = expect(transport.receiveFeatureReport(4)).rejects.toMatchObject({ code: 'lost' });
    await vi.advanceTimersByTimeAsync(100);
    handle.unplug();
    await reading;
    await transport.close();
  });

  it('tells the failure itself when no loss is told within half a second', async () => {
    const { handle, transport } = await open(NUMBERED);
    handle.onFeature = () => Promise.reject(new Error('ioctl (GFEATURE): Input/output error'));
    const reading = expect(transport.receiveFeatureReport(4)).rejects.toMatchObject({ code: 'protocol' });
    await vi.advanceTimersByTimeAsync(500);
    await reading;
  });

  it('tells whoever subscribes after the end of it', async () => {
    const { handle, transport } = await open(PLAIN);
    handle.unplug();
    await transport.ended;
    const ends: string[] = [];
    transport.inputReports.subscribe({ error: (error: DeviceError) => ends.push(error.code) });
    expect(ends).toEqual(['lost']);
  });

  it('stays closed when the plug is pulled while it closes', async () => {
    const { handle, transport } = await open(PLAIN);
    handle.onClose = () => {
      handle.emit('error', 'could not read from HID device');
      return Promise.resolve();
    };
    await transport.close();
    expect(await transport.ended).toEqual({ reason: 'closed' });
  });
});
