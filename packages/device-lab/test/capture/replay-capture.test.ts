import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { UsbTransport } from '@buergerkoffer/core';
import {
  captureTraffic,
  LabBus,
  plugUsb,
  replayCapture,
  type ReplayedUsbDevice,
} from '@buergerkoffer/device-lab';
import { inVirtualTime } from '../support/virtual-time.js';
import { control, ENUMERATED, inTurn, usbmonFile, type Half, type Urb } from '../support/usbmon-file.js';

const bulkOut = (...data: number[]): Urb => ({ transfer: 3, endpoint: 2, data });
const bulkIn = (length: number, ...data: number[]): Urb => ({ transfer: 3, endpoint: 0x81, length, data });
const vendor = { requestType: 'vendor', recipient: 'device', index: 0 } as const;
const WRITE = { ...vendor, request: 4, value: 7 };
const READ = { ...vendor, request: 5, value: 8 };

/** What the tests' recording holds behind the enumeration: a request each way, an echo, a stall. */
const SESSION: readonly Urb[] = [
  control([0x40, 4], 7, [1, 2]),
  control([0xc0, 5], 8, [9, 8, 7]),
  bulkOut(10, 11, 12),
  bulkIn(64, 12, 11, 10),
  control([0xc0, 5], 8, [], { status: -32 }),
];

const session = (...urbs: readonly Urb[]): Uint8Array => usbmonFile(inTurn(...ENUMERATED, ...urbs));

async function open(device: ReplayedUsbDevice) {
  const bus = new LabBus('usb');
  const told: unknown[] = [];
  const { ports, unplug } = plugUsb(bus, device, { failed: (error) => told.push(error) });
  const [port] = ports;
  if (port === undefined) throw new Error('no port');
  return { usb: await bus.open(port, {}), port, told, unplug };
}

async function play(usb: UsbTransport) {
  return [
    await usb.controlTransferOut(WRITE, new Uint8Array([1, 2])),
    await usb.controlTransferIn(READ, 3),
    await usb.transferOut(2, new Uint8Array([10, 11, 12])),
    await usb.transferIn(1, 64),
    await usb.controlTransferIn(READ, 3),
  ];
}

const ANSWERS = [
  { status: 'ok', bytesWritten: 2 },
  { status: 'ok', data: new Uint8Array([9, 8, 7]) },
  { status: 'ok', bytesWritten: 3 },
  { status: 'ok', data: new Uint8Array([12, 11, 10]) },
  { status: 'stall' },
];

describe('a device made of a recording of usbmon', () => {
  it.each(['pcapng', 'simple', 'pcap'] as const)('answers as the recorded one did (%s)', async (format) => {
    for (const order of ['little', 'big'] as const) {
      const device = replayCapture(usbmonFile(inTurn(...ENUMERATED, ...SESSION), format, order));
      const { usb } = await open(device);
      expect(await play(usb)).toEqual(ANSWERS);
      expect(device.progress).toEqual({ played: 5, of: 5 });
    }
  });

  it('says what it is, with the texts that were asked for and no others', async () => {
    const device = replayCapture(session(...SESSION));
    const { port, usb } = await open(device);
    expect(port).toMatchObject({ vendorId: 0x1209, productId: 1, model: 'Parrot', interfaceClass: 0xff });
    expect(port).not.toHaveProperty('serialNumber');
    expect(device.speed).toBe('full');
    expect(usb.endpoints.map(({ number, type }) => `${type} ${number}`)).toEqual([
      'bulk 1',
      'bulk 2',
      'interrupt 3',
    ]);
  });

  it('begins anew each time it is plugged in', async () => {
    const device = replayCapture(session(...SESSION));
    for (let round = 0; round < 2; round += 1) {
      const { usb, unplug } = await open(device);
      expect(await play(usb)).toEqual(ANSWERS);
      unplug();
    }
  });

  it.each([
    [
      'another byte',
      (usb: UsbTransport) => usb.controlTransferOut(WRITE, new Uint8Array([1, 3])),
      'whose byte 1 differs',
    ],
    [
      'another length',
      (usb: UsbTransport) => usb.controlTransferOut(WRITE, new Uint8Array(5)),
      'with 5 instead of 2 bytes',
    ],
    [
      'another value',
      (usb: UsbTransport) => usb.controlTransferOut({ ...WRITE, value: 9 }, new Uint8Array(2)),
      'with another value',
    ],
    [
      'a request the other way',
      (usb: UsbTransport) => usb.controlTransferIn(READ, 2),
      'instead of a control-out request',
    ],
  ])('tells the step at which the host sends %s, and stalls from then on', async (_, differ, words) => {
    const device = replayCapture(session(...SESSION));
    const { usb, told } = await open(device);
    const reading = usb.transferIn(1, 64);
    expect(await differ(usb)).toEqual({ status: 'stall' });
    expect(device.progress).toMatchObject({
      played: 0,
      of: 5,
      mismatch: expect.stringMatching(/^step 1 of 5: /) as string,
    });
    expect(device.progress.mismatch).toContain(words);
    expect(told).toEqual([expect.objectContaining({ code: 'protocol' })]);
    expect(await reading).toEqual({ status: 'stall' });
    await usb.clearHalt('in', 1);
    expect(await usb.transferIn(1, 64)).toEqual({ status: 'stall' });
    expect(await usb.controlTransferOut(WRITE, new Uint8Array([1, 2]))).toEqual({ status: 'stall' });
  });

  it('tells when the host goes on where the recording ends', async () => {
    const device = replayCapture(session(...SESSION));
    const { usb } = await open(device);
    await play(usb);
    expect(await usb.transferOut(2, new Uint8Array(1))).toEqual({ status: 'stall' });
    expect(device.progress.mismatch).toBe('step 6 of 5: a transfer to endpoint 2 more than was recorded');
  });

  it('never tells what the bytes are', async () => {
    const device = replayCapture(session(control([0x40, 4], 7, [0x73, 0x65])));
    const { usb, told } = await open(device);
    await usb.controlTransferOut(WRITE, new Uint8Array([0x73, 0x66]));
    expect(JSON.stringify([device.progress, String(told[0])])).not.toMatch(/73|115|65|101|66|102/);
  });

  it('sends what a step causes before the step is over, as in the recording', async () => {
    const start: Urb = control([0x40, 4], 7, [1]);
    const event: Urb = { transfer: 1, endpoint: 0x83, length: 8, data: [5] };
    const halves: Half[] = [
      ...inTurn(...ENUMERATED),
      { id: 90, event: 'S', urb: event },
      { id: 91, event: 'S', urb: start },
      { id: 90, event: 'C', urb: event },
      { id: 91, event: 'C', urb: start },
    ];
    const { usb } = await open(replayCapture(usbmonFile(halves)));
    let heard = false;
    const reading = usb.transferIn(3, 8).finally(() => (heard = true));
    await Promise.resolve();
    expect(heard).toBe(false);
    await usb.controlTransferOut(WRITE, new Uint8Array([1]));
    expect(await reading).toEqual({ status: 'ok', data: new Uint8Array([5]) });
  });

  it('lets a step on one endpoint wait for the one before it on another', async () => {
    const device = replayCapture(session(bulkOut(1), control([0x40, 4], 7, [2])));
    const { usb } = await open(device);
    const order: string[] = [];
    const second = usb.controlTransferOut(WRITE, new Uint8Array([2])).then(() => order.push('second'));
    const first = usb.transferOut(2, new Uint8Array([1])).then(() => order.push('first'));
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
    expect(device.progress).toEqual({ played: 2, of: 2 });
  });

  it('does not wait for ever for a step that never comes', async () => {
    const device = replayCapture(session(bulkOut(1), control([0x40, 4], 7, [2])));
    const { usb } = await open(device);
    const answer = await inVirtualTime(() => usb.controlTransferOut(WRITE, new Uint8Array([2])));
    expect(answer).toEqual({ status: 'stall' });
    expect(device.progress.mismatch).toBe('step 1 of 2: a control-out request of step 2 before it');
  });

  it('can be unplugged while a step waits', async () => {
    const { usb, unplug } = await open(replayCapture(session(bulkOut(1), control([0x40, 4], 7, [2]))));
    const waiting = usb.controlTransferOut(WRITE, new Uint8Array([2]));
    unplug();
    await expect(waiting).rejects.toMatchObject({ code: 'lost' });
  });

  it('ends a full message with a zero-length packet where more was asked for, and not where it was full', async () => {
    const full = Array.from({ length: 64 }, (_, i) => i);
    const { usb } = await open(
      replayCapture(session(bulkIn(128, ...full), bulkIn(64, ...full), bulkIn(64, 1))),
    );
    expect(await usb.transferIn(1, 640)).toMatchObject({ data: { length: 64 } });
    expect(await usb.transferIn(1, 640)).toMatchObject({ data: { length: 65 } });
  });

  it('halts its endpoint where it did, and goes on when the halt is cleared', async () => {
    const stalled: Urb = { ...bulkOut(1), status: -32 };
    const { usb } = await open(replayCapture(session(stalled, bulkOut(2), { ...bulkIn(64), status: -32 })));
    expect(await usb.transferOut(2, new Uint8Array([1]))).toEqual({ status: 'stall' });
    await usb.clearHalt('out', 2);
    expect(await usb.transferOut(2, new Uint8Array([2]))).toMatchObject({ status: 'ok' });
    expect(await usb.transferIn(1, 64)).toEqual({ status: 'stall' });
  });

  it('leaves out what was taken back with nothing in it, and keeps what had come', async () => {
    const device = replayCapture(
      session(
        { ...bulkIn(64), status: -2 },
        { ...bulkIn(64, 7), status: -104 },
        { ...bulkIn(64), status: -108 },
      ),
    );
    const { usb } = await open(device);
    expect(await usb.transferIn(1, 64)).toEqual({ status: 'ok', data: new Uint8Array([7]) });
    expect(device.progress).toEqual({ played: 1, of: 1 });
  });
});

describe('a recording of several devices', () => {
  const other = (urbs: readonly Urb[]): Urb[] => urbs.map((urb) => ({ ...urb, address: 6 }));
  const both = session(bulkOut(1), ...other(ENUMERATED), ...other([bulkOut(2), bulkOut(3)]));

  it('is played as the one with the most steps, or as the one that is asked for', () => {
    expect(replayCapture(both).progress.of).toBe(2);
    expect(replayCapture(both, { address: 5 }).progress.of).toBe(1);
    expect(replayCapture(both, { vendorId: 0x1209, productId: 1, address: 6 }).progress.of).toBe(2);
  });

  it('does not have one that is not in it', () => {
    expect(() => replayCapture(both, { productId: 2 })).toThrow(expect.objectContaining({ code: 'missing' }));
  });
});

describe('a recording as lines', () => {
  it('tells what travelled, standard requests included', () => {
    const { head, lines } = captureTraffic(session(...SESSION));
    expect(head).toMatchObject({ port: { bus: 'usb', vendorId: 0x1209, model: 'Parrot' }, masking: 'none' });
    expect(lines.map(({ op }) => op).slice(-5)).toEqual([
      'controlTransferOut',
      'controlTransferIn',
      'transferOut',
      'transferIn',
      'controlTransferIn',
    ]);
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toMatchObject({ result: 'stall', begun: 9 });
    expect(lines.at(-2)).toMatchObject({
      received: [{ bytes: new Uint8Array([12, 11, 10]) }],
      at: 8,
      took: 0,
    });
  });
});

const LOOPBACK = new URL('../../../../../shared/data/lab/recordings/loopback.pcapng', import.meta.url);
const absent = !existsSync(LOOPBACK);
if (absent) console.warn('skipped: ../shared/data/lab/recordings/loopback.pcapng is not there');

describe.skipIf(absent)('the recorded loop-back device', () => {
  it('turns twenty messages round, as it did', async () => {
    const device = replayCapture(new Uint8Array(readFileSync(LOOPBACK)));
    const { usb, port } = await open(device);
    expect(port).toMatchObject({ maker: 'Lab', model: 'Bulk loopback', serialNumber: 'SER001' });
    for (let n = 1; n <= 20; n += 1) {
      const message = new TextEncoder().encode(`message ${n} `.repeat(n));
      await usb.transferOut(2, message);
      expect(await usb.transferIn(1, 4096)).toEqual({ status: 'ok', data: message.slice().reverse() });
    }
    expect(device.progress).toEqual({ played: 40, of: 40 });
  });
});
