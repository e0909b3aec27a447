import fc from 'fast-check';
import { firstValueFrom, NEVER, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import {
  DeviceError,
  DeviceLife,
  headText,
  lineText,
  readTraffic,
  recordedBus,
  type Bus,
  type HidTransport,
  type Masking,
  type SerialPort,
  type UsbPort,
  type UsbTransport,
} from '@buergerkoffer/core';
import { masked } from '../../src/traffic/mask.js';
import { bytesText, fits, plainBytes, readBytesText } from '../../src/traffic/traffic-bytes.js';

const USB: UsbPort = {
  bus: 'usb',
  id: 'u',
  path: '1-1:0',
  physical: 'usb:1-1',
  serialNumber: 'S1',
  vendorId: 0x1209,
  productId: 1,
  interfaceNumber: 0,
  interfaceClass: 0xff,
  interfaceSubclass: 0,
  interfaceProtocol: 0,
};

function usb(): UsbTransport {
  const life = new DeviceLife();
  let reads = 0;
  return {
    interfaceNumber: 0,
    endpoints: [{ direction: 'in', number: 1, type: 'bulk', packetSize: 64 }],
    ended: life.ended,
    close: () => life.close(),
    controlTransferIn: (_, length) => Promise.resolve({ status: 'ok', data: new Uint8Array(length) }),
    controlTransferOut: () => Promise.resolve({ status: 'stall' }),
    transferIn: () =>
      (reads += 1) > 1
        ? Promise.reject(new DeviceError('timeout', 'nothing came'))
        : Promise.resolve({ status: 'ok', data: new Uint8Array([1, 2, 3]) }),
    transferOut: (_, data) => Promise.resolve({ status: 'ok', bytesWritten: data.length }),
    clearHalt: () => Promise.resolve(),
  };
}

function recorderOf<K extends 'usb' | 'hid' | 'serial'>(kind: K, open: Bus<K>['open'], masking: Masking) {
  let text = '';
  let ms = 0;
  const bus: Bus<K> = { kind, events: NEVER, open };
  const sink = {
    head: (head: Parameters<typeof headText>[0]) => (text += `${headText(head)}\n`),
    line: (line: Parameters<typeof lineText>[0]) => (text += `${lineText(line)}\n`),
  };
  return {
    bus: recordedBus(bus, () => sink, { masking, now: () => 0, clock: () => (ms += 1) }),
    text: () => text,
    lines: () => readTraffic(text).lines,
  };
}

describe('a recorded USB interface', () => {
  it('answers as ever, and what went over it can be read again', async () => {
    const recorder = recorderOf('usb', () => Promise.resolve(usb()), 'none');
    const transport = await recorder.bus.open(USB, {});
    const setup = { requestType: 'vendor', recipient: 'device', request: 1, value: 2, index: 3 } as const;
    expect(await transport.controlTransferIn(setup, 2)).toEqual({ status: 'ok', data: new Uint8Array(2) });
    expect(await transport.controlTransferOut(setup)).toEqual({ status: 'stall' });
    expect(await transport.transferOut(2, new Uint8Array([9]))).toEqual({ status: 'ok', bytesWritten: 1 });
    expect(await transport.transferIn(1, 64)).toEqual({ status: 'ok', data: new Uint8Array([1, 2, 3]) });
    await expect(transport.transferIn(1, 64)).rejects.toMatchObject({ code: 'timeout' });
    await transport.clearHalt('in', 1);
    await transport.close();
    await transport.ended;

    const { head } = readTraffic(recorder.text());
    expect(head).toEqual({
      traffic: 1,
      port: USB,
      endpoints: [{ direction: 'in', number: 1, type: 'bulk', packetSize: 64 }],
      startedAt: '1970-01-01T00:00:00.000Z',
      masking: 'none',
    });
    expect(recorder.lines()).toMatchObject([
      { op: 'controlTransferIn', setup, length: 2, at: 1, took: 1, result: 'ok' },
      { op: 'controlTransferOut', result: 'stall' },
      { op: 'transferOut', endpoint: 2, sent: [{ bytes: new Uint8Array([9]) }], result: 'ok' },
      { op: 'transferIn', received: [{ bytes: new Uint8Array([1, 2, 3]) }] },
      { op: 'transferIn', result: 'failed', code: 'timeout' },
      { op: 'clearHalt', direction: 'in' },
      { op: 'ended', reason: 'closed' },
    ]);
  });

  it('leaves ports alone for which there is no sink', async () => {
    const plain = usb();
    const bus = recordedBus(
      { kind: 'usb', events: NEVER, open: () => Promise.resolve(plain) },
      () => undefined,
    );
    expect(await bus.open(USB, {})).toBe(plain);
  });

  it('keeps no serial number unless everything is kept', async () => {
    const recorder = recorderOf('usb', () => Promise.resolve(usb()), 'personal');
    await recorder.bus.open(USB, {});
    expect(recorder.text()).not.toContain('S1');
  });
});

describe('what comes by itself', () => {
  it('is written down as it is read: reports', async () => {
    const hid: HidTransport = {
      inputReports: of({ reportId: 3, data: new Uint8Array([7]) }),
      ended: new Promise(() => undefined),
      close: () => Promise.resolve(),
      sendReport: () => Promise.resolve(),
      sendFeatureReport: () => Promise.resolve(),
      receiveFeatureReport: () => Promise.resolve(new Uint8Array([5])),
    };
    const recorder = recorderOf('hid', () => Promise.resolve(hid), 'none');
    const port = { bus: 'hid', id: 'h', path: 'h', physical: 'h', vendorId: 1, productId: 2 } as const;
    const transport = await recorder.bus.open(port, {});
    await firstValueFrom(transport.inputReports);
    await transport.sendReport(1, new Uint8Array([1]));
    expect(await transport.receiveFeatureReport(9)).toEqual(new Uint8Array([5]));
    expect(recorder.lines()).toMatchObject([
      { op: 'inputReport', reportId: 3, received: [{ bytes: new Uint8Array([7]) }] },
      { op: 'sendReport', reportId: 1 },
      { op: 'receiveFeatureReport', reportId: 9 },
    ]);
  });

  it('is written down as it is read: bytes of a line', async () => {
    const recorder = recorderOf(
      'serial',
      () =>
        Promise.resolve({
          input: of(new TextEncoder().encode('+CGSN: 490154203237518 OK')),
          ended: new Promise(() => undefined),
          close: () => Promise.resolve(),
          write: () => Promise.resolve(),
        }),
      'personal',
    );
    const port: SerialPort = { bus: 'serial', id: 's', path: 's', physical: 's' };
    const line = await recorder.bus.open(port, { baudRate: 9600 });
    await firstValueFrom(line.input);
    expect(recorder.text()).toContain('*15');
    expect(recorder.text()).not.toContain('343930');
  });
});

describe('masking', () => {
  const text = (...parameters: Parameters<typeof masked>) => bytesText(masked(...parameters));
  const long = new Uint8Array(100).fill(0xaa);

  it('hides nothing, or everything but the number of bytes', () => {
    expect(text('none', 'write', 'sent', new Uint8Array([1, 2]))).toBe('0102');
    expect(text('all', 'write', 'sent', long)).toBe('*100');
    expect(text('all', 'write', 'sent', new Uint8Array(0))).toBe('');
  });

  it('keeps the head of a message and hides what follows', () => {
    expect(text('personal', 'transferIn', 'received', long)).toBe(`${'aa'.repeat(32)} *68`);
  });

  it('keeps of a card what says how it went, and hides what it said', () => {
    expect(text('personal', 'transmit', 'sent', new Uint8Array([0, 0xa4, 4, 0xc, 2, 0x3f, 0]))).toBe(
      '00a4040c02 *2',
    );
    expect(text('personal', 'transmit', 'received', new Uint8Array([1, 2, 0x90, 0]))).toBe('*2 9000');
    expect(text('personal', 'transmit', 'received', new Uint8Array([0x90, 0]))).toBe('9000');
  });

  it('hides bodies of HTTP, and long numbers wherever they stand', () => {
    expect(text('personal', 'request', 'sent', long)).toBe('*100');
    const digits = new TextEncoder().encode('1234 12345A678901');
    expect(text('personal', 'input', 'received', digits)).toBe('3132333420 *5 41 *6');
  });

  it('never changes the number of bytes', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 90 }),
        fc.constantFrom<Masking>('none', 'personal', 'all'),
        fc.constantFrom('transmit', 'input', 'request', 'transferOut'),
        fc.constantFrom('sent', 'received'),
        (bytes, masking, op, direction) => {
          const runs = masked(masking, op, direction, bytes);
          expect(fits(runs, bytes)).toBe(true);
          expect(plainBytes(readBytesText(bytesText(runs), 'p'))).toHaveLength(bytes.length);
        },
      ),
    );
  });
});

describe('the file of a recording', () => {
  const head = `${JSON.stringify({ traffic: 1, port: USB, startedAt: 'now', masking: 'none' })}\n`;

  it('leaves out a last line that was cut off', () => {
    const { lines } = readTraffic(`${head}{"op":"ended","at":1,"reason":"lost"}\n{"op":"trans`);
    expect(lines).toEqual([{ op: 'ended', at: 1, reason: 'lost' }]);
  });

  it.each([
    ['', 'line 1'],
    ['{}\n', 'line 1'],
    ['{"traffic":2}\n', 'line 1'],
    [`${head}nonsense\n`, 'line 2'],
    [`${head}{"op":"ended","at":1,"reason":"lost"}\n{"op":"ended","at":-1,"reason":"lost"}\n`, 'line 3.at'],
    [`${head}{"op":"steal","at":1}\n`, 'line 2.op'],
    [`${head}{"op":"write","sent":"0g","at":1,"took":1,"begun":0,"result":"ok"}\n`, 'line 2.sent'],
    [`${head}{"op":"write","sent":"*99999999999","at":1,"took":1,"begun":0,"result":"ok"}\n`, 'line 2.sent'],
    [`${head}{"op":"write","sent":"","at":1,"took":1,"begun":0,"result":"maybe"}\n`, 'line 2.result'],
  ])('names the line of what is wrong in %j', (text, path) => {
    expect(() => readTraffic(text)).toThrow(expect.objectContaining({ path }));
  });

  it('is refused with a typed error whatever it holds', () => {
    const json = fc.json({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.array(fc.oneof(json, fc.string())), (lines) => {
        try {
          readTraffic(head + lines.map((line) => `${line}\n`).join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});
