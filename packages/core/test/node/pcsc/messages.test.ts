import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import {
  ATTRIBUTE,
  attributeRequest,
  bareRequest,
  COMMAND,
  CONNECTED,
  connectRequest,
  CONTROLLED,
  controlRequest,
  DISCONNECTED,
  disconnectRequest,
  ESTABLISHED,
  establishRequest,
  MOST_BYTES,
  readAnswer,
  TRANSMITTED,
  transmitRequest,
  VERSION,
  versionRequest,
  WAITED,
  type Answer,
} from '../../../src/node/pcsc/messages.js';
import { READERS } from '../../../src/node/pcsc/reader-status.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const zeros = (bytes: number): string => '00'.repeat(bytes);

/** Bytes with numbers in them, by offset. */
function filled(bytes: number, numbers: Readonly<Record<number, number>>): Uint8Array {
  const out = new DataView(new ArrayBuffer(bytes));
  for (const [at, value] of Object.entries(numbers)) out.setUint32(Number(at), value, true);
  return new Uint8Array(out.buffer);
}

describe('a request to pcscd', () => {
  it.each([
    ['the version', versionRequest(4, 4), '0c00000011000000' + '0400000004000000' + zeros(4)],
    ['a context', establishRequest(), '0c00000001000000' + '02000000' + zeros(8)],
    ['a wait', bareRequest(COMMAND.waitReaderStateChange), zeros(4) + '13000000'],
    [
      'a connection',
      connectRequest(0x01020304, 'R 00', 2, 3),
      '9800000004000000' + '04030201' + '52203030' + zeros(124) + '0200000003000000' + zeros(12),
    ],
    ['the end of one', disconnectRequest(-2, 1), '0c00000006000000' + 'feffffff01000000' + zeros(4)],
    [
      'a command',
      transmitRequest(7, 2, Uint8Array.of(0, 0xa4, 4, 0)),
      '2000000009000000' +
        '07000000' +
        '0200000010000000' +
        '04000000' +
        '0200000010000000' +
        '0c000100' +
        zeros(4) +
        '00a40400',
    ],
    [
      'a command to the reader',
      controlRequest(7, 0x42000d48, Uint8Array.of(9)),
      '180000000a000000' + '07000000' + '480d0042' + '01000000' + '0c000100' + zeros(8) + '09',
    ],
    [
      'an attribute',
      attributeRequest(7, 0x20110),
      '180100000f000000' + '07000000' + '10010200' + zeros(264) + '08010000' + zeros(4),
    ],
  ])('for %s has the layout of winscard_msg.h', (_, request, bytes) => {
    expect(hex(request)).toBe(bytes);
  });

  it.each([[''], ['x'.repeat(128)], ['a\0b']])('names no reader %j', (name) => {
    expect(() => connectRequest(1, name, 2, 3)).toThrow(/name/);
  });

  it('carries at most 64 KiB and what stands around them', () => {
    expect(transmitRequest(1, 1, new Uint8Array(MOST_BYTES))).toHaveLength(8 + 32 + MOST_BYTES);
    expect(() => transmitRequest(1, 1, new Uint8Array(MOST_BYTES + 1))).toThrow(/65548/);
  });
});

describe('an answer of pcscd', () => {
  it('is read as the structure says', () => {
    expect(readAnswer(VERSION, filled(12, { 0: 4, 4: 5, 8: 0x8010001e }))).toEqual({
      major: 4,
      minor: 5,
      returnCode: 0x8010001e,
    });
    expect(readAnswer(ESTABLISHED, filled(12, { 4: 9 }))).toEqual({ context: 9, returnCode: 0 });
    expect(readAnswer(CONNECTED, filled(152, { 140: 0xffffffff, 144: 2 }))).toEqual({
      handle: -1,
      protocol: 2,
      returnCode: 0,
    });
    expect(readAnswer(DISCONNECTED, filled(12, { 8: 1 }))).toEqual({ returnCode: 1 });
    expect(readAnswer(WAITED, filled(8, { 0: 5, 4: 2 }))).toEqual({ returnCode: 2 });
    expect(readAnswer(TRANSMITTED, filled(32, { 24: 2 }))).toEqual({ dataBytes: 2, returnCode: 0 });
    expect(readAnswer(CONTROLLED, filled(24, { 16: 3 }))).toEqual({ dataBytes: 3, returnCode: 0 });
    const attribute = readAnswer(ATTRIBUTE, filled(280, { 8: 0x01020304, 272: 4 }));
    expect(attribute).toEqual({ value: Uint8Array.of(4, 3, 2, 1), returnCode: 0 });
  });

  it('that says no has no data behind it, whatever its length says', () => {
    expect(readAnswer(TRANSMITTED, filled(32, { 24: 0xffffffff, 28: 5 }))).toEqual({
      dataBytes: 0,
      returnCode: 5,
    });
  });

  it('tells of readers, ready and not', () => {
    const bytes = filled(2_944, { 128: 0x1_0003, 132: 0x34, 176: 2, [184 + 176]: 34, [368 + 132]: 1 });
    bytes.set([0x52, 0x31], 0);
    bytes.set([0x3b, 0x80], 140);
    bytes.set([0x52, 0x32], 184);
    bytes.set([0x52, 0x33], 368);
    expect(readAnswer(READERS, bytes)).toEqual([
      { name: 'R1', cardEvents: 3, presence: { state: 'present', atr: Uint8Array.of(0x3b, 0x80) } },
      { name: 'R2', cardEvents: 0, presence: undefined },
      { name: 'R3', cardEvents: 0, presence: undefined },
    ]);
  });

  it.each<[string, Answer<unknown>]>([
    ['VERSION', VERSION],
    ['ESTABLISHED', ESTABLISHED],
    ['CONNECTED', CONNECTED],
    ['DISCONNECTED', DISCONNECTED],
    ['TRANSMITTED', TRANSMITTED],
    ['CONTROLLED', CONTROLLED],
    ['ATTRIBUTE', ATTRIBUTE],
    ['WAITED', WAITED],
    ['READERS', READERS],
  ])('of whatever bytes is read or refused with an offset: %s', (_, answer) => {
    const bytes = fc.uint8Array({ minLength: answer.bytes, maxLength: answer.bytes });
    fc.assert(
      fc.property(bytes, (given) => {
        try {
          readAnswer(answer, given);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect(error).toMatchObject({ offset: expect.any(Number) as number });
        }
      }),
      { numRuns: 200 },
    );
    expect(() => readAnswer(answer, new Uint8Array(answer.bytes - 1))).toThrow(InputError);
  });
});
