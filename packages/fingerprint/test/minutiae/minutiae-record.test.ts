import { InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readMinutiaeRecord,
  writeMinutiaeRecord,
  type Minutia,
  type MinutiaeRecord,
} from '../../src/minutiae/index.js';

const ONE: MinutiaeRecord = {
  width: 416,
  height: 560,
  resolutionPpi: 500,
  deviceId: 0x123,
  views: [
    {
      position: 2,
      viewNumber: 1,
      impression: 0,
      quality: 80,
      minutiae: [
        { x: 100, y: 259, angle: Math.PI / 2, type: 'ending', quality: 90 },
        { x: 16_383, y: 0, angle: (255 * Math.PI) / 128, type: 'bifurcation', quality: 0 },
      ],
    },
  ],
};

/** ISO/IEC 19794-2:2005, written out by hand from its tables. */
const ONE_BYTES = Uint8Array.from(
  [
    ['464d5200 20323000 0000002a 0123 01a0 0230 00c5 00c5 01 00'],
    ['02 10 50 02'],
    ['4064 0103 40 5a'],
    ['bfff 0000 ff 00'],
    ['0000'],
  ]
    .join('')
    .replaceAll(' ', '')
    .match(/../g) ?? [],
  (byte) => Number.parseInt(byte, 16),
);

const minutia: fc.Arbitrary<Minutia> = fc.record({
  x: fc.nat(0x3fff),
  y: fc.nat(0x3fff),
  angle: fc.nat(255).map((steps) => (steps * 2 * Math.PI) / 256),
  type: fc.constantFrom('other', 'ending', 'bifurcation'),
  quality: fc.nat(100),
});

const record: fc.Arbitrary<MinutiaeRecord> = fc.record({
  width: fc.integer({ min: 1, max: 0x3fff }),
  height: fc.integer({ min: 1, max: 0x3fff }),
  resolutionPpi: fc.integer({ min: 1, max: 0xffff }).map((perCm) => perCm * 2.54),
  deviceId: fc.nat(0xfff),
  views: fc.array(
    fc.record({
      position: fc.nat(10),
      viewNumber: fc.nat(15),
      impression: fc.nat(15),
      quality: fc.nat(100),
      minutiae: fc.array(minutia, { maxLength: 255 }),
    }),
    { maxLength: 4 },
  ),
});

function failure(bytes: Uint8Array): unknown {
  try {
    readMinutiaeRecord(bytes);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a finger minutiae record', () => {
  it('is written byte for byte as the standard has it', () => {
    expect(writeMinutiaeRecord(ONE)).toEqual(ONE_BYTES);
  });

  it('reads as what was written', () => {
    fc.assert(
      fc.property(record, (original) => {
        expect(readMinutiaeRecord(writeMinutiaeRecord(original))).toEqual(original);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its minutiae where extended data follows them', () => {
    const bytes = Uint8Array.of(...ONE_BYTES.subarray(0, -2), 0, 3, 1, 2, 3);
    bytes[11] = bytes.length;
    expect(readMinutiaeRecord(bytes).views[0]?.minutiae).toHaveLength(2);
  });

  it('is refused with the offset where it is cut off anywhere', () => {
    for (let length = 0; length < ONE_BYTES.length; length += 1) {
      const error = failure(ONE_BYTES.subarray(0, length));
      expect(error, `cut at ${length}`).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ code: 'truncated', offset: expect.any(Number) as number });
    }
  });

  it.each([
    ['another format', 0, 0x47, 'malformed', 0],
    ['another version', 5, 0x33, 'unsupported', 4],
    ['a length of four gigabytes', 8, 0xff, 'truncated', 8],
    ['more views than there are', 22, 0xff, 'truncated', 42],
    ['more minutiae than there are', 27, 0xff, 'truncated', 42],
    ['the reserved type', 28, 0xc0, 'malformed', 28],
    ['a quality above 100', 33, 101, 'malformed', 33],
    ['a finger position above 10', 24, 11, 'malformed', 24],
    ['extended data that is not there', 41, 1, 'truncated', 42],
  ])('is refused with %s', (_, at, value, code, offset) => {
    expect(failure(ONE_BYTES.with(at, value))).toMatchObject({ kind: 'input', code, offset });
  });

  it('is read or refused with an InputError, whatever the bytes are', () => {
    const damage = fc.array(fc.tuple(fc.nat(ONE_BYTES.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damage), (input) => {
        let bytes = ONE_BYTES;
        if (input instanceof Uint8Array) bytes = Uint8Array.of(...ONE_BYTES.subarray(0, 8), ...input);
        else for (const [at, value] of input) bytes = bytes.with(at, value);
        const error = failure(bytes);
        expect(error === undefined || error instanceof InputError).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('is not written with what does not fit its fields', () => {
    const view = ONE.views[0];
    if (view === undefined) throw new Error('one view');
    const with255 = (count: number): MinutiaeRecord => ({
      ...ONE,
      views: [
        { ...view, minutiae: Array.from({ length: count }, () => ({ ...view.minutiae[0] }) as Minutia) },
      ],
    });
    expect(writeMinutiaeRecord(with255(255))).toHaveLength(24 + 4 + 255 * 6 + 2);
    expect(() => writeMinutiaeRecord(with255(256))).toThrow(InputError);
    expect(() => writeMinutiaeRecord({ ...ONE, width: 0 })).toThrow(InputError);
    expect(() => writeMinutiaeRecord({ ...ONE, resolutionPpi: Number.NaN })).toThrow(InputError);
    expect(() => writeMinutiaeRecord({ ...ONE, views: [{ ...view, quality: 101 }] })).toThrow(InputError);
  });
});
