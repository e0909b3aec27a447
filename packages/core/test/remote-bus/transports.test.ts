import { firstValueFrom, lastValueFrom, take, toArray } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import {
  LabBus,
  virtualHid,
  virtualHttp,
  virtualReader,
  virtualSerial,
  virtualUsb,
  type UsbHost,
} from '@buergerkoffer/device-lab';
import { DeviceError, type Bus, type HidReport, type UsbSetup } from '@buergerkoffer/core';
import { linked } from '../support/remote-bus.js';

const bytes = (...values: readonly number[]): Uint8Array => new Uint8Array(values);
const SETUP: UsbSetup = { requestType: 'vendor', recipient: 'interface', request: 1, value: 2, index: 3 };

const USB = {
  bus: 'usb',
  id: 'u',
  path: '1-1:1.0',
  physical: 'usb:1-1',
  vendorId: 1,
  productId: 2,
  interfaceNumber: 4,
  interfaceClass: 255,
  interfaceSubclass: 0,
  interfaceProtocol: 0,
} as const;

/** A USB device that echoes, on the other side of a message channel. */
async function echo() {
  const lab = new LabBus('usb');
  let host: UsbHost | undefined;
  const unplug = lab.plug(
    virtualUsb(USB, (made) => {
      host = made;
      return {
        endpoints: [
          { direction: 'in', number: 1, type: 'bulk', packetSize: 64 },
          { direction: 'out', number: 2, type: 'bulk', packetSize: 64 },
        ],
        controlIn: ({ request, value, index }, length) =>
          request === 9 ? undefined : bytes(request, value, index, length),
        controlOut: ({ request }, data) => request !== 9 && data.length < 5,
        received: (_, data) => {
          made.send(1, data);
        },
      };
    }),
  );
  const { remote, state, traffic } = linked(lab);
  const usb = await remote.open(USB, {});
  return { lab, usb, state, traffic, unplug, host: () => host };
}

describe('a USB interface on the other side', () => {
  it('says what it is', async () => {
    const { usb } = await echo();
    expect(usb.interfaceNumber).toBe(4);
    expect(usb.endpoints).toEqual([
      { direction: 'in', number: 1, type: 'bulk', packetSize: 64 },
      { direction: 'out', number: 2, type: 'bulk', packetSize: 64 },
    ]);
    await usb.close();
  });

  it('transfers in both directions, and answers a stall with a stall', async () => {
    const { usb, host } = await echo();
    expect(await usb.controlTransferIn(SETUP, 4)).toEqual({ status: 'ok', data: bytes(1, 2, 3, 4) });
    expect(await usb.controlTransferIn({ ...SETUP, request: 9 }, 4)).toEqual({ status: 'stall' });
    expect(await usb.controlTransferOut(SETUP, bytes(1, 2))).toEqual({ status: 'ok', bytesWritten: 2 });
    expect(await usb.controlTransferOut(SETUP)).toEqual({ status: 'ok', bytesWritten: 0 });
    expect(await usb.transferOut(2, bytes(7, 8))).toEqual({ status: 'ok', bytesWritten: 2 });
    expect(await usb.transferIn(1, 64)).toEqual({ status: 'ok', data: bytes(7, 8) });
    host()?.halt('in', 1);
    expect(await usb.transferIn(1, 64)).toEqual({ status: 'stall' });
    await usb.clearHalt('in', 1);
    await usb.transferOut(2, bytes(9));
    expect(await usb.transferIn(1, 64)).toEqual({ status: 'ok', data: bytes(9) });
    await usb.close();
  });

  it('keeps the deadline, and the other side’s errors stay what they are', async () => {
    const { usb } = await echo();
    await expect(usb.transferIn(1, 64, { timeoutMs: 5 })).rejects.toMatchObject({ code: 'timeout' });
    const failure: unknown = await usb.transferIn(7, 64).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeviceError);
    expect(failure).toMatchObject({ code: 'invalid-request', message: 'the interface has no in endpoint 7' });
    await usb.close();
  });

  it('can be used at once after a transfer was aborted', async () => {
    const { usb } = await echo();
    const waiting = new AbortController();
    const again = usb.transferIn(1, 64, { signal: waiting.signal });
    waiting.abort(new Error('enough'));
    await expect(again).rejects.toThrow('enough');
    await usb.transferOut(2, bytes(5));
    expect(await usb.transferIn(1, 64)).toEqual({ status: 'ok', data: bytes(5) });
    await expect(usb.transferIn(1, 64, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
      'before',
    );
    await usb.close();
  });

  it('ends what is pending when it is closed, and refuses everything after', async () => {
    const { usb } = await echo();
    const pending = expect(usb.transferIn(1, 64)).rejects.toMatchObject({ code: 'closed' });
    await usb.close();
    await usb.close();
    await pending;
    expect(await usb.ended).toEqual({ reason: 'closed' });
    await expect(usb.transferIn(1, 64)).rejects.toMatchObject({ code: 'closed' });
  });

  it('is lost when it is unplugged', async () => {
    const { usb, unplug } = await echo();
    const pending = expect(usb.transferIn(1, 64)).rejects.toMatchObject({ code: 'lost' });
    await usb.controlTransferIn(SETUP, 4);
    unplug();
    await pending;
    expect(await usb.ended).toMatchObject({ reason: 'lost', error: { message: '1-1:1.0 was unplugged' } });
    await expect(usb.transferIn(1, 64)).rejects.toMatchObject({ code: 'lost' });
    await usb.close();
  });

  it('hands answers over without a copy, and copies what its caller may still use once', async () => {
    const { usb, traffic } = await echo();
    const buffer = new Uint8Array(1_000);
    const message = buffer.subarray(10, 20).fill(7);
    await usb.transferOut(2, message);
    expect(buffer.byteLength).toBe(1_000);
    const sent = traffic.toBus.flatMap((one) => ('input' in one ? [one.input] : [])).at(-1);
    expect(sent).toMatchObject({ endpoint: 2, data: { byteLength: 0 } });
    const answer = await usb.transferIn(1, 64);
    if (answer.status === 'stall') throw new Error('stall');
    expect(answer.data).toEqual(message);
    expect(answer.data.buffer.byteLength).toBe(10);
    await usb.close();
  });
});

describe('opening a port of the other side', () => {
  it('is refused with the reason of the bus', async () => {
    const { remote } = linked(new LabBus('usb'));
    await expect(remote.open(USB, {})).rejects.toMatchObject({
      code: 'not-found',
      message: 'nothing is plugged in at 1-1:1.0',
    });
  });

  it('is refused without the text of a foreign error', async () => {
    const lab = new LabBus('usb');
    const bus: Bus<'usb'> = {
      kind: 'usb',
      events: lab.events,
      open: () => Promise.reject(new TypeError('Erika Mustermann')),
    };
    await expect(linked(bus).remote.open(USB, {})).rejects.toMatchObject({
      code: 'protocol',
      message: 'opening the port failed in its process with TypeError',
    });
  });

  it('can be given up: what opens too late is closed there', async () => {
    const lab = new LabBus('usb');
    lab.plug(virtualUsb(USB, () => ({ endpoints: [] })));
    let go = (): void => undefined;
    const closed = vi.fn();
    const bus: Bus<'usb'> = {
      kind: 'usb',
      events: lab.events,
      open: async (...args) => {
        await new Promise<void>((resolve) => (go = resolve));
        const transport = await lab.open(args[0], args[1]);
        void transport.ended.then(closed);
        return transport;
      },
    };
    const { remote } = linked(bus);
    const giveUp = new AbortController();
    const opening = remote.open(USB, {}, giveUp.signal);
    await vi.waitFor(() => {
      expect(go).not.toHaveLength(1);
      go();
      giveUp.abort(new Error('no longer'));
    });
    await expect(opening).rejects.toThrow('no longer');
  });

  it('resets the thing where the bus can, and is unsupported where it cannot', async () => {
    const lab = new LabBus('usb');
    const reset = vi.fn(() => Promise.resolve());
    const bus: Bus<'usb'> = {
      kind: 'usb',
      events: lab.events,
      open: () => Promise.reject(new Error()),
      reset,
    };
    await linked(bus).remote.reset?.(USB);
    expect(reset).toHaveBeenCalledWith(USB, expect.any(AbortSignal));
    await expect(linked(lab).remote.reset?.(USB)).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('a HID device on the other side', () => {
  it('sends and receives reports', async () => {
    const lab = new LabBus('hid');
    const port = {
      bus: 'hid',
      id: 'h',
      path: '/dev/hidraw0',
      physical: 'usb:1-2',
      vendorId: 1,
      productId: 2,
    } as const;
    const unplug = lab.plug(
      virtualHid(port, (send) => ({
        report: (reportId, data) => {
          send({ reportId, data });
        },
        setFeature: (reportId) => reportId === 1,
        getFeature: (reportId) => (reportId === 1 ? bytes(4, 5) : undefined),
      })),
    );
    const hid = await linked(lab).remote.open(port, {});
    const reports: HidReport[] = [];
    let failed: unknown;
    const listening = hid.inputReports.subscribe({
      next: (report) => reports.push(report),
      error: (error: unknown) => (failed = error),
    });
    await hid.sendReport(3, bytes(1, 2));
    await hid.sendFeatureReport(1, bytes(1));
    await expect(hid.sendFeatureReport(2, bytes(1))).rejects.toMatchObject({ code: 'protocol' });
    expect(await hid.receiveFeatureReport(1)).toEqual(bytes(4, 5));
    expect(reports).toEqual([{ reportId: 3, data: bytes(1, 2) }]);
    unplug();
    await hid.ended;
    await vi.waitFor(() => {
      expect(failed).toMatchObject({ code: 'lost' });
    });
    listening.unsubscribe();
  });
});

describe('a line on the other side', () => {
  const port = { bus: 'serial', id: 's', path: '/dev/ttyACM0', physical: 'usb:1-3' } as const;

  it('keeps what came before anybody listened, and completes when it is closed', async () => {
    const lab = new LabBus('serial');
    lab.plug(
      virtualSerial(port, () => ({
        opened: (send) => {
          send(bytes(1, 2, 3));
        },
        received: (data, send) => {
          send(data);
        },
      })),
    );
    const line = await linked(lab).remote.open(port, { baudRate: 9600, parity: 'even', dataBits: 7 });
    const all = lastValueFrom(line.input.pipe(toArray()));
    await line.write(bytes(4));
    await line.close();
    expect((await all).map((chunk) => [...chunk])).toEqual([[1, 2, 3], [4]]);
    await expect(lastValueFrom(line.input.pipe(toArray()))).resolves.toEqual([]);
  });

  it('delivers everything in order while the app is slow, and asks for more as it takes', async () => {
    const lab = new LabBus('serial');
    const COUNT = 1_000;
    lab.plug(
      virtualSerial(port, () => ({
        received: (_, send) => {
          for (let i = 0; i < COUNT; i += 1) send(bytes(i & 255, i >> 8));
        },
      })),
    );
    const { remote, traffic } = linked(lab);
    const line = await remote.open(port, { baudRate: 9600 });
    const got = lastValueFrom(line.input.pipe(take(COUNT), toArray()));
    await line.write(bytes(1));
    const values = traffic.toApp.filter((message) => 'value' in message);
    // The write was answered while only what was asked for had been sent.
    expect(values.length).toBeLessThanOrEqual(64 + 32 + 1);
    expect((await got).map(([low = 0, high = 0]) => low + 256 * high)).toEqual(
      Array.from({ length: COUNT }, (_, i) => i),
    );
    await line.close();
  });
});

describe('a card reader on the other side', () => {
  const port = { bus: 'pcsc', id: 'r', path: 'Reader 00', physical: 'usb:1-4', reader: 'Reader 00' } as const;

  it('tells of its card, connects to it and loses it', async () => {
    const lab = new LabBus('pcsc');
    const reader = virtualReader(port);
    const unplug = lab.plug(reader);
    const slot = await linked(lab).remote.open(port, {});
    const seen: string[] = [];
    const watch = slot.card.subscribe({
      next: ({ state }) => seen.push(state),
      error: () => seen.push('lost'),
    });
    await expect(slot.connect('shared')).rejects.toMatchObject({ code: 'attention' });
    reader.insert({ atr: bytes(0x3b), transmit: (command) => Promise.resolve(command.slice().reverse()) });
    const card = await slot.connect('exclusive', { timeoutMs: 1_000 });
    expect(card.atr).toEqual(bytes(0x3b));
    expect(await card.transmit(bytes(1, 2, 3))).toEqual(bytes(3, 2, 1));
    await expect(slot.control(1, bytes())).rejects.toMatchObject({ code: 'unsupported' });
    reader.remove();
    expect(await card.ended).toMatchObject({ reason: 'lost' });
    await expect(card.transmit(bytes(1))).rejects.toMatchObject({ code: 'lost' });
    unplug();
    expect(await slot.ended).toMatchObject({ reason: 'lost' });
    await vi.waitFor(() => {
      expect(seen).toEqual(['absent', 'present', 'absent', 'lost']);
    });
    await expect(firstValueFrom(slot.card)).rejects.toMatchObject({ code: 'lost' });
    watch.unsubscribe();
  });
});

describe('an HTTP service on the other side', () => {
  const url = 'http://printer.local';
  const port = { bus: 'http', id: url, path: url, physical: 'net:printer.local', url } as const;

  /** A service whose answers have `pieces` pieces; a negative number fails after as many. */
  async function service(pieces: number) {
    const log: string[] = [];
    const lab = new LabBus('http');
    lab.plug(
      virtualHttp(port, async (request) => {
        await Promise.resolve();
        log.push(
          `${request.method} ${request.path} ${request.headers?.['accept'] ?? ''} ${String(request.body ?? '')}`,
        );
        const body = {
          async *[Symbol.asyncIterator]() {
            try {
              for (let i = 0; i < Math.abs(pieces); i += 1) {
                log.push(`piece ${i}`);
                await Promise.resolve();
                yield bytes(i);
              }
              if (pieces < 0) throw new DeviceError('lost', 'the line broke');
            } finally {
              log.push('released');
            }
          },
        };
        return { status: 200, headers: { 'content-type': 'image/jpeg' }, body };
      }),
    );
    return { http: await linked(lab).remote.open(port, {}), log };
  }

  async function read(body: AsyncIterable<Uint8Array>, atMost = Infinity): Promise<readonly number[]> {
    const all: number[] = [];
    for await (const piece of body) {
      all.push(...piece);
      if (all.length >= atMost) break;
    }
    return all;
  }

  it('answers with head and body', async () => {
    const { http, log } = await service(9);
    const headers = { accept: 'image/*' };
    const answer = await http.request({ method: 'POST', path: '/eSCL', headers, body: bytes(1, 2) });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'image/jpeg' } });
    expect(log).toEqual(['POST /eSCL image/* 1,2']);
    expect(await read(answer.body)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(log.at(-1)).toBe('released');
    await http.close();
  });

  it('is read a few pieces ahead only, and released when nobody reads on', async () => {
    const { http, log } = await service(1_000);
    const { body } = await http.request({ method: 'GET', path: '/' });
    expect(await read(body, 2)).toEqual([0, 1]);
    await vi.waitFor(() => {
      expect(log.at(-1)).toBe('released');
    });
    expect(log.length).toBeLessThan(12);
    await http.close();
  });

  it('fails where it failed, after the pieces before', async () => {
    const { http } = await service(-3);
    const { body } = await http.request({ method: 'GET', path: '/' });
    const all: number[] = [];
    const reading = (async () => {
      for await (const piece of body) all.push(...piece);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'lost', message: 'the line broke' });
    expect(all).toEqual([0, 1, 2]);
    await http.close();
  });
});
