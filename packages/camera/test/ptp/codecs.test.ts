import fc from 'fast-check';
import { ByteWriter, InputError } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import {
  isJpegFormat,
  readContainerHead,
  readDeviceInfo,
  readEosEvents,
  readEosViewFinder,
  readHandles,
  readMessage,
  readNikonEvents,
  readNikonEventsEx,
  readNikonLiveView,
  readObjectInfo,
  readPacket,
  readPropertyDescription,
  readStorageInfo,
  responseWords,
  writeData,
  writeMessage,
} from '@buergerkoffer/camera/ptp';
import { recordingsAbsent, sharedFile } from '../support/shared-data.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const little = () => new ByteWriter('little');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The events of an answer to GetEvent: type, then the words behind it. */
function records(...all: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  const writer = little();
  for (const [type, payload] of all)
    writer
      .u32(8 + payload.length)
      .u32(type)
      .bytes(payload);
  return writer.u32(8).u32(0).toBytes();
}

describe('a container', () => {
  it('holds a command as recorded sessions have it', () => {
    const open = writeMessage('command', { code: 0x1002, transaction: 0, parameters: [1] });
    expect(hex(open)).toBe('10000000010002100000000001000000');
    expect(readMessage(open)).toEqual({
      type: 'command',
      length: 16,
      code: 0x1002,
      transaction: 0,
      parameters: [1],
    });
    expect(hex(writeData(0x9110, 13, Uint8Array.of(12, 0)))).toBe('0e000000020010910d0000000c00');
  });

  it.each([
    ['fewer than twelve bytes', '0c00000003', 'truncated', undefined],
    ['a length below twelve', '0b0000000300012000000000', 'out-of-range', 0],
    ['a response of 36 bytes', '240000000300012000000000', 'out-of-range', 0],
    ['half a parameter', '0e0000000300012000000000', 'out-of-range', 0],
    ['a type that is none', '0c0000000500012000000000', 'malformed', 4],
    ['type zero', '0c0000000000012000000000', 'malformed', 4],
  ])('with %s is refused with the offset', (_, text, code, offset) => {
    expect(() => readContainerHead(new Uint8Array(Buffer.from(text, 'hex')))).toThrow(
      expect.objectContaining({ code, ...(offset === undefined ? {} : { offset }) }) as Error,
    );
  });

  it('that is shorter or longer than it says, or is data, is no message', () => {
    const whole = writeMessage('response', { code: 0x2001, transaction: 1, parameters: [1, 2] });
    expect(() => readMessage(whole.subarray(0, 16))).toThrow(
      expect.objectContaining({ code: 'truncated' }) as Error,
    );
    expect(() => readMessage(Uint8Array.from([...whole, 0]))).toThrow(
      expect.objectContaining({ code: 'malformed', offset: 20 }) as Error,
    );
    expect(() => readMessage(writeData(1, 1, new Uint8Array(4)))).toThrow(InputError);
    expect(() =>
      writeMessage('command', { code: 1, transaction: 1, parameters: [1, 2, 3, 4, 5, 6] }),
    ).toThrow(InputError);
  });

  it('of any code, transaction and parameters is read as it was written', () => {
    const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
    fc.assert(
      fc.property(
        fc.constantFrom('command', 'response', 'event'),
        fc.integer({ min: 0, max: 0xffff }),
        u32,
        fc.array(u32, { maxLength: 5 }),
        (type, code, transaction, parameters) => {
          const read = readMessage(writeMessage(type as 'event', { code, transaction, parameters }));
          expect(read).toMatchObject({ type, code, transaction, parameters });
        },
      ),
    );
  });
});

describe('datasets', () => {
  it('hold texts whose zero is missing or comes early', () => {
    const info = (name: number[]) => {
      const writer = little().bytes(new Uint8Array(52)).u8(name.length);
      for (const unit of name) writer.u16(unit);
      return readObjectInfo(writer.u8(0).toBytes()).fileName;
    };
    expect(info([0x41, 0x42, 0])).toBe('AB');
    expect(info([0x41, 0x42])).toBe('AB');
    expect(info([0x41, 0, 0x42])).toBe('A');
  });

  it('refuse an array that announces more than is there, with the offset, at once', () => {
    expect(() => readHandles(Uint8Array.of(255, 255, 255, 255, 1, 2))).toThrow(
      expect.objectContaining({ code: 'truncated', offset: 4 }) as Error,
    );
  });

  it('hold properties of every type: negative, 64-bit, lists, ranges', () => {
    const range = little()
      .u16(0x5001)
      .u16(3)
      .u8(1)
      .u16(0xfffe)
      .u16(5)
      .u8(1)
      .u16(0xff00)
      .u16(100)
      .u16(1)
      .toBytes();
    expect(readPropertyDescription(range)).toMatchObject({
      writable: true,
      factoryDefault: -2,
      current: 5,
      form: { type: 'range', minimum: -256, maximum: 100, step: 1 },
    });
    const long = little().u16(1).u16(8).u8(0).u32(1).u32(1).u32(2).u32(0).toBytes();
    expect(readPropertyDescription(long)).toMatchObject({
      factoryDefault: 0x1_0000_0001n,
      current: 2n,
      form: { type: 'any' },
    });
    const signed = little()
      .u16(1)
      .u16(7)
      .u8(0)
      .u32(0xffff_ffff)
      .u32(0xffff_ffff)
      .u32(0)
      .u32(0)
      .u8(0)
      .toBytes();
    expect(readPropertyDescription(signed).factoryDefault).toBe(-1n);
    const list = little().u16(1).u16(0x4002).u8(0).u32(2).u8(7).u8(8).u32(0).u8(0).toBytes();
    expect(readPropertyDescription(list)).toMatchObject({ factoryDefault: [7, 8], current: [] });
    expect(() => readPropertyDescription(little().u16(1).u16(99).u8(0).u32(0).toBytes())).toThrow(
      expect.objectContaining({ code: 'unsupported' }) as Error,
    );
  });
});

describe("Canon's events", () => {
  const added = little()
    .u32(0x9191d602)
    .u32(0x20001)
    .u16(0x3801)
    .bytes(new Uint8Array(10))
    .u32(4_855_570)
    .u32(0x90910000)
    .u32(7)
    .ascii('IMG_1.JPG')
    .u8(0)
    .toBytes();
  const requested = little()
    .u32(5)
    .u16(0xb103)
    .bytes(new Uint8Array(6))
    .u32(99)
    .u32(0)
    .ascii('A\nB')
    .u8(0)
    .toBytes();

  it('tell of objects on the card and in memory, and of properties', () => {
    const value = little().u32(0xd11b).u32(12).toBytes();
    expect(
      readEosEvents(
        records(
          [0xc181, added],
          [0xc186, requested],
          [0xc189, value],
          [0xc18d, new Uint8Array(4)],
          [0xc1ff, new Uint8Array(3)],
        ),
      ),
    ).toEqual([
      {
        type: 'object-added',
        object: { handle: 0x9191d602, format: 0x3801, sizeBytes: 4_855_570, fileName: 'IMG_1.JPG' },
      },
      { type: 'transfer-requested', object: { handle: 5, format: 0xb103, sizeBytes: 99, fileName: 'A?B' } },
      { type: 'property-changed', property: 0xd11b, value: 12 },
      { type: 'will-shut-down' },
    ]);
  });

  it('end with their end, or with nothing at all', () => {
    expect(readEosEvents(new Uint8Array(0))).toEqual([]);
    expect(readEosEvents(Uint8Array.from([...records(), 1, 2, 3]))).toEqual([]);
  });

  it('are refused with the offset where a record cannot be', () => {
    expect(() => readEosEvents(little().u32(7).u32(1).toBytes())).toThrow(
      expect.objectContaining({ code: 'out-of-range', offset: 0 }) as Error,
    );
    expect(() => readEosEvents(little().u32(400).u32(0xc189).u32(1).toBytes())).toThrow(
      expect.objectContaining({ code: 'truncated', offset: 8 }) as Error,
    );
    expect(() => readEosEvents(records([0xc186, new Uint8Array(3)]))).toThrow(
      expect.objectContaining({ code: 'truncated', offset: 8 }) as Error,
    );
  });

  it.skipIf(recordingsAbsent)(
    'are read from a real answer of an EOS 1300D, whose tail is not looked at',
    () => {
      const events = readEosEvents(sharedFile('ptp/eos_events.bin'));
      expect(events).toHaveLength(84);
      expect(events.every(({ type }) => type === 'property-changed')).toBe(true);
      expect(events[0]).toEqual({ type: 'property-changed', property: 0xd105, value: 3 });
    },
  );
});

describe("Nikon's events", () => {
  it('have one parameter each, or as many as they say', () => {
    expect(readNikonEvents(little().u16(2).u16(0x4002).u32(7).u16(0xc101).u32(0).toBytes())).toEqual([
      { code: 0x4002, parameters: [7] },
      { code: 0xc101, parameters: [0] },
    ]);
    expect(
      readNikonEventsEx(little().u16(2).u16(0).u16(0x4002).u16(1).u32(7).u16(0x400d).u16(0).toBytes()),
    ).toEqual([
      { code: 0x4002, parameters: [7] },
      { code: 0x400d, parameters: [] },
    ]);
    expect([readNikonEvents(new Uint8Array(0)), readNikonEventsEx(new Uint8Array(2))]).toEqual([[], []]);
  });

  it('are refused where they announce more than there is', () => {
    expect(() => readNikonEvents(little().u16(3).u16(1).u32(1).toBytes())).toThrow(InputError);
    expect(() => readNikonEventsEx(little().u16(1).u16(0).u16(1).u16(6).toBytes())).toThrow(
      expect.objectContaining({ code: 'out-of-range', offset: 6 }) as Error,
    );
  });
});

describe('frames of a live view', () => {
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 1, 2);

  it("are found among Canon's records and behind Nikon's head", () => {
    const eos = little()
      .u32(12)
      .u32(3)
      .u32(0)
      .u32(8 + jpeg.length)
      .u32(1)
      .bytes(jpeg)
      .toBytes();
    expect(readEosViewFinder(eos)).toEqual(jpeg);
    expect(readEosViewFinder(little().u32(12).u32(3).u32(0).toBytes())).toBeUndefined();
    expect(readNikonLiveView(Uint8Array.from([...new Uint8Array(384), ...jpeg]))).toEqual(jpeg);
    expect(readNikonLiveView(new Uint8Array(9000))).toBeUndefined();
    expect(() => readEosViewFinder(little().u32(4).u32(1).toBytes())).toThrow(InputError);
  });
});

it('a response and a format are told in words', () => {
  expect(responseWords(0x200c)).toBe('store full (0x200c)');
  expect(responseWords(0xa123)).toBe('a response of the maker (0xa123)');
  expect([0x3801, 0x3808, 0x3001, 0xb103].map(isJpegFormat)).toEqual([true, true, false, false]);
});

describe('whatever bytes a camera sends', () => {
  const readers = {
    readContainerHead,
    readMessage,
    readDeviceInfo,
    readStorageInfo,
    readObjectInfo,
    readPropertyDescription,
    readEosEvents,
    readNikonEvents,
    readNikonEventsEx,
    readEosViewFinder,
    readNikonLiveView,
    readHandles,
    readPacket: (bytes: Uint8Array) => readPacket(bytes[0] ?? 0, bytes.subarray(1)),
  };

  it.each(Object.entries(readers))('%s reads them or refuses them with an offset inside', (_, read) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          read(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          const { offset } = error as InputError;
          expect(offset === undefined || (offset >= 0 && offset <= bytes.length + 8)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.skipIf(recordingsAbsent)('a real stream of events with one byte changed is read or refused', () => {
    const real = sharedFile('ptp/eos_events.bin');
    fc.assert(
      fc.property(fc.nat(real.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const changed = real.slice();
        changed[at] = value;
        try {
          readEosEvents(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
