import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import {
  EVENT_BYTES,
  readEvent,
  writeCreate,
  writeDestroy,
  writeGetReply,
  writeInput,
  writeSetReply,
} from '../../../src/node/kernel/uhid-events.js';
import { echoHid } from '../../support/echo-hid.js';

/** An event of the kernel with bytes at their places. */
function event(...parts: readonly (readonly [offset: number, bytes: readonly number[]])[]): Uint8Array {
  const bytes = new Uint8Array(EVENT_BYTES);
  for (const [offset, part] of parts) bytes.set(part, offset);
  return bytes;
}

describe('what the kernel says to a HID device', () => {
  it('is read at its offsets', () => {
    expect(readEvent(event([0, [6]], [4, [3, 1, 2]], [4100, [3, 0, 1]]))).toEqual({
      type: 'output',
      report: { reportId: 3, data: new Uint8Array([1, 2]) },
    });
    expect(readEvent(event([0, [9]], [4, [5, 1, 0, 0, 7, 0]]))).toEqual({
      type: 'get-report',
      id: 261,
      reportId: 7,
      kind: 'feature',
    });
    expect(readEvent(event([0, [13]], [4, [2, 0, 0, 0, 7, 1, 2, 0, 7, 9]]))).toEqual({
      type: 'set-report',
      id: 2,
      kind: 'output',
      report: { reportId: 7, data: new Uint8Array([9]) },
    });
    expect(readEvent(event([0, [4]]))).toEqual({ type: 'state' });
  });

  it('is refused when a report is longer than the event, or of no known kind', () => {
    expect(() => readEvent(event([0, [6]], [4100, [0xff, 0xff]]))).toThrow(InputError);
    expect(() => readEvent(event([0, [9]], [9, [3]]))).toThrow(InputError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), (bytes) => {
        try {
          readEvent(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});

describe('what a HID device says to the kernel', () => {
  it('has name, serial number, ids and report descriptor at their offsets', () => {
    const device = echoHid(false);
    const bytes = writeCreate(device);
    const text = (from: number, to: number): string =>
      new TextDecoder().decode(bytes.subarray(from, to)).replaceAll('\0', '');
    expect([bytes[0], text(4, 132), text(196, 260)]).toEqual([11, 'Test HID echo', 'H1']);
    expect([...bytes.subarray(260, 268)]).toEqual([
      device.reportDescriptor.length,
      0,
      3,
      0,
      0x09,
      0x12,
      0,
      0,
    ]);
    expect(bytes.subarray(280)).toEqual(device.reportDescriptor);
  });

  it('is refused when it does not fit', () => {
    expect(() => writeCreate({ ...echoHid(false), model: 'x'.repeat(128) })).toThrow(InputError);
    expect(() => writeCreate({ ...echoHid(false), reportDescriptor: new Uint8Array(4097) })).toThrow(
      InputError,
    );
  });

  it('answers with the number of the request', () => {
    expect([...writeInput(new Uint8Array([3, 1]))]).toEqual([12, 0, 0, 0, 2, 0, 3, 1]);
    expect([...writeGetReply(5, { reportId: 7, data: new Uint8Array([1]) })]).toEqual([
      ...[10, 0, 0, 0, 5, 0, 0, 0, 0, 0, 2, 0, 7, 1],
    ]);
    expect([...writeGetReply(5, undefined)]).toEqual([10, 0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0]);
    expect([...writeSetReply(6, true)]).toEqual([14, 0, 0, 0, 6, 0, 0, 0, 0, 0]);
    expect([...writeDestroy()]).toEqual([1, 0, 0, 0]);
  });
});
