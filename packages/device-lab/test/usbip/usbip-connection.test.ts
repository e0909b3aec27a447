import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, InputError } from '@buergerkoffer/formats';
import type { VirtualUsbDevice } from '@buergerkoffer/device-lab';
import { readImportReply, writeImport } from '../../src/usbip/op-codec.js';
import { UsbipConnection, UsbipExports } from '../../src/usbip/usbip-connection.js';
import { counting, echoDevice } from '../support/echo-device.js';
import { readAnswers, submit } from '../support/usbip-client.js';

const LIST = new Uint8Array([1, 0x11, 0x80, 5, 0, 0, 0, 0]);

function connect(exports: UsbipExports) {
  const sent: number[] = [];
  let closed = false;
  const connection = new UsbipConnection(exports, {
    send: (...parts) => {
      for (const part of parts) sent.push(...part);
    },
    imported: () => undefined,
    close: () => {
      closed = true;
    },
  });
  return {
    connection,
    reply: () => new Uint8Array(sent.splice(0)),
    isClosed: () => closed,
  };
}

const serve = (...devices: VirtualUsbDevice[]): UsbipExports => new UsbipExports(devices);

describe('a USB/IP server', () => {
  it('lists its devices and hangs up', () => {
    const { connection, reply, isClosed } = connect(serve(echoDevice(), { ...echoDevice(), vendorId: 7 }));
    connection.receive(LIST);
    const reader = new ByteReader(reply());
    expect([reader.u16(), reader.u16(), reader.u32(), reader.u32()]).toEqual([0x0111, 5, 0, 2]);
    for (const [busId, vendorId] of [
      ['1-1', 0x1209],
      ['1-2', 7],
    ] as const) {
      reader.skip(256);
      expect(reader.ascii(32).replaceAll('\0', '')).toBe(busId);
      reader.skip(8);
      expect([reader.u32(), reader.u16(), reader.u16(), reader.u16()]).toEqual([2, vendorId, 1, 0x0100]);
      expect([...reader.bytes(6)]).toEqual([0, 0, 0, 1, 1, 1]);
      expect([...reader.bytes(4)]).toEqual([0xff, 0, 0, 0]);
    }
    reader.expectEnd();
    expect(isClosed()).toBe(true);
  });

  it('gives a device to one client at a time, with power from the import to the end of the connection', () => {
    const power: string[] = [];
    const device = echoDevice(() => {
      power.push('up');
      return { powerDown: () => power.push('down') };
    });
    const exports = serve(device);
    const first = connect(exports);
    first.connection.receive(writeImport('1-1'));
    expect(readImportReply(first.reply())).toEqual({ busNumber: 1, deviceNumber: 2, speed: 2 });
    const second = connect(exports);
    second.connection.receive(writeImport('1-1'));
    expect(readImportReply(second.reply())).toBe(2);
    expect(second.isClosed()).toBe(true);
    first.connection.end();
    const third = connect(exports);
    third.connection.receive(writeImport('1-1'));
    expect(readImportReply(third.reply())).toMatchObject({ deviceNumber: 2 });
    expect(power).toEqual(['up', 'down', 'up']);
  });

  it('refuses what it does not have', () => {
    const { connection, reply } = connect(serve(echoDevice()));
    connection.receive(writeImport('1-9'));
    expect(readImportReply(reply())).toBe(4);
  });

  it('refuses a device that does not power up', () => {
    const broken = echoDevice(() => {
      throw new Error('firmware');
    });
    const { connection, reply } = connect(serve(broken));
    connection.receive(writeImport('1-1'));
    expect(readImportReply(reply())).toBe(3);
  });

  it('goes on with the transfers that come behind the import, in whatever pieces', () => {
    const { connection, reply } = connect(serve(echoDevice()));
    const bytes = [
      ...writeImport('1-1'),
      ...submit({ seqnum: 1, direction: 'out', endpoint: 0, setup: [0, 9, 1, 0, 0, 0, 0, 0] }),
      ...submit({ seqnum: 2, direction: 'out', endpoint: 1, data: counting(3) }),
      ...submit({ seqnum: 3, direction: 'in', endpoint: 1, length: 64 }),
    ];
    for (let at = 0; at < bytes.length; at += 7) connection.receive(new Uint8Array(bytes.slice(at, at + 7)));
    const answers = reply().subarray(320);
    expect(readAnswers(answers, (seqnum) => (seqnum === 3 ? 'in' : 'out'))).toEqual([
      '1: 0, 0',
      '2: 0, 3',
      '3: 0, 3 = 0 1 2',
    ]);
  });

  it('hangs up when the device vanishes', async () => {
    const { connection, isClosed } = connect(
      serve(
        echoDevice((host) => {
          host.vanish();
          return {};
        }),
      ),
    );
    connection.receive(writeImport('1-1'));
    await Promise.resolve();
    expect(isClosed()).toBe(true);
  });

  it('refuses another version and an unknown request with the offset', () => {
    const of = (...bytes: number[]) => {
      try {
        connect(serve()).connection.receive(new Uint8Array(bytes));
      } catch (error) {
        return error;
      }
      return undefined;
    };
    expect(of(1, 0x10, 0x80, 5, 0, 0, 0, 0)).toMatchObject({ code: 'unsupported', offset: 0 });
    expect(of(1, 0x11, 0x80, 9, 0, 0, 0, 0)).toMatchObject({ code: 'malformed', offset: 2 });
  });

  it('answers or refuses whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.uint8Array(), fc.constantFrom(LIST, writeImport('1-1')))),
        (chunks) => {
          const { connection } = connect(serve(echoDevice()));
          try {
            for (const chunk of chunks) connection.receive(chunk);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
          connection.end();
        },
      ),
    );
  });
});

describe('the reply to an import', () => {
  it('is not read before it is all there, and nothing else is taken for it', () => {
    const { connection, reply } = connect(serve(echoDevice()));
    connection.receive(writeImport('1-1'));
    const bytes = reply();
    expect(readImportReply(bytes.subarray(0, 7))).toBeUndefined();
    expect(readImportReply(bytes.subarray(0, 319))).toBeUndefined();
    expect(() => readImportReply(LIST)).toThrow(InputError);
  });
});
