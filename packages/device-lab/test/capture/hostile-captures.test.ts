import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import { captureTraffic, isCaptureFile, replayCapture } from '@buergerkoffer/device-lab';
import { control, ENUMERATED, inTurn, usbmonFile, type Urb } from '../support/usbmon-file.js';

const FILE = usbmonFile(inTurn(...ENUMERATED, control([0x40, 4], 7, [1, 2])));
const PCAP = usbmonFile(inTurn(...ENUMERATED, control([0x40, 4], 7, [1, 2])), 'pcap');

/** What `replayCapture` and `captureTraffic` throw, if anything. */
function fault(bytes: Uint8Array): unknown {
  try {
    replayCapture(bytes);
    captureTraffic(bytes);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a recording that is none', () => {
  it.each([
    ['nothing', new Uint8Array(0), 'unsupported', 0],
    ['text', new TextEncoder().encode('{"traffic":1}'), 'unsupported', 0],
    ['a recording of Ethernet', usbmonFile(inTurn(...ENUMERATED), 'pcapng', 'little', 1), 'unsupported', 0],
  ])('is refused: %s', (_, bytes, code, offset) => {
    expect(fault(bytes)).toMatchObject({ code, offset });
  });

  it('is refused where only the first bytes of a transfer were kept, with the place', () => {
    const short: Urb = { transfer: 3, endpoint: 0x81, length: 64, data: [1, 2, 3], lost: 1 };
    const file = usbmonFile(inTurn(...ENUMERATED, short));
    expect(fault(file)).toMatchObject({ code: 'truncated', offset: file.length - 64 - 4 - 4 });
  });

  it('is refused where it began after the device was plugged in', () => {
    const error = fault(usbmonFile(inTurn(control([0x40, 4], 7, [1]))));
    expect(error).toMatchObject({ code: 'missing', remedy: expect.stringContaining('plugged in') as string });
  });

  it('is told apart from other files by its first bytes', () => {
    expect([FILE, PCAP, usbmonFile([], 'pcap', 'big')].map((bytes) => isCaptureFile(bytes))).toEqual([
      true,
      true,
      true,
    ]);
    expect(isCaptureFile(new Uint8Array([0x0a, 0x0d, 0x0d]))).toBe(false);
    expect(isCaptureFile(new TextEncoder().encode('{"traffic":1}'))).toBe(false);
  });

  it.each([
    ['pcapng', FILE],
    ['pcap', PCAP],
  ])('is an InputError with an offset, or shorter, wherever %s is cut', (_, file) => {
    for (let at = 0; at < file.length; at += 1) {
      const error = fault(file.subarray(0, at));
      if (error !== undefined) expect(error).toBeInstanceOf(InputError);
    }
  });

  it('is an InputError, or a device, whatever byte is another', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(FILE, PCAP),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
        (file, changes) => {
          const bytes = file.slice();
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const error = fault(bytes);
          return error === undefined || error instanceof InputError;
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is an InputError, or a device, whatever follows a right beginning', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(FILE, PCAP),
        fc.nat(200),
        fc.uint8Array({ maxLength: 400 }),
        (file, at, rest) => {
          const error = fault(new Uint8Array([...file.subarray(0, at), ...rest]));
          return error === undefined || error instanceof InputError;
        },
      ),
      { numRuns: 500 },
    );
  });
});
