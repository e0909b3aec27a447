import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '@buergerkoffer/formats';
import { parseReportDescriptor } from '@buergerkoffer/core';

const bytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/[0-9a-f]{2}/gi) ?? [], (b) => parseInt(b, 16));
const plain = (hex: string): unknown => {
  const { collections, numbered, input, output, feature } = parseReportDescriptor(bytes(hex));
  const lengths = { input: [...input], output: [...output], feature: [...feature] };
  return { collections, numbered, ...lengths };
};
const fault = (descriptor: Uint8Array): unknown => {
  try {
    return parseReportDescriptor(descriptor);
  } catch (error) {
    return error instanceof InputError ? [error.code, error.offset] : error;
  }
};

describe('a report descriptor', () => {
  it('without ids has one report of each kind, numbered 0', () => {
    // Vendor page FF00, usage 1; 16 bytes in and out, 2 bytes of feature.
    const descriptor =
      '0600ff 0901 a101 1500 26ff00 7508 9510 0901 8102 0901 9102 9502 0901 b102 c0'.replaceAll(' ', '');
    expect(plain(descriptor)).toEqual({
      collections: [{ usagePage: 0xff00, usage: 1 }],
      numbered: false,
      input: [[0, 16]],
      output: [[0, 16]],
      feature: [[0, 2]],
    });
  });

  it('with ids has the length of each, the byte of the id not counted', () => {
    // Digitizer pen: report 2 with 3 buttons, 5 bits of padding and two coordinates; feature report 3 with 4 bytes.
    const pen = '050d 0902 a101 8502 0920 a100 0942 0944 0945 1500 2501 7501 9503 8102 9505 8103';
    const rest = '0501 0930 0931 7510 9502 8102 c0 8503 0600ff 0901 7508 9504 b102 c0';
    expect(plain(`${pen}${rest}`.replaceAll(' ', ''))).toEqual({
      collections: [{ usagePage: 0x0d, usage: 2 }],
      numbered: true,
      input: [[2, 5]],
      output: [],
      feature: [[3, 4]],
    });
  });

  it('has one collection for each function of a device', () => {
    const keyboard = '0501 0906 a101 8501 7508 9508 8100 c0';
    const consumer = '050c 0901 a101 8502 7510 9501 8100 c0';
    expect(plain(`${keyboard}${consumer}`.replaceAll(' ', ''))).toMatchObject({
      collections: [
        { usagePage: 1, usage: 6 },
        { usagePage: 0x0c, usage: 1 },
      ],
      input: [
        [1, 8],
        [2, 2],
      ],
    });
  });

  it('names the page in the usage itself when that has four bytes', () => {
    expect(plain('0501 0b010000ff a101 c0'.replaceAll(' ', ''))).toMatchObject({
      collections: [{ usagePage: 0xff00, usage: 1 }],
    });
  });

  it('takes the first usage for the collection, and none where there is none', () => {
    expect(plain('0501 0902 0906 a101 c0 a101 c0'.replaceAll(' ', ''))).toMatchObject({
      collections: [{ usagePage: 1, usage: 2 }, { usagePage: 1 }],
    });
  });

  it('rounds a report up to whole bytes', () => {
    expect(plain('a101 7501 9509 8100 c0'.replaceAll(' ', ''))).toMatchObject({ input: [[0, 2]] });
  });

  it('goes back to the pushed state', () => {
    expect(plain('7508 9501 a4 9520 8100 b4 9100'.replaceAll(' ', ''))).toMatchObject({
      input: [[0, 32]],
      output: [[0, 1]],
    });
  });

  it('skips long and reserved items', () => {
    expect(plain('fe0210aabb 0c 7508 9501 8100'.replaceAll(' ', ''))).toMatchObject({ input: [[0, 1]] });
  });

  it('may be empty', () => {
    expect(plain('')).toEqual({ collections: [], numbered: false, input: [], output: [], feature: [] });
  });

  it.each([
    ['an item that is cut off', '0501 26ff', 'truncated', 3],
    ['a long item that is cut off', 'fe05aa', 'truncated', 2],
    ['a collection without end', '0501 a101', 'truncated', 4],
    ['an end without collection', 'c0', 'malformed', 0],
    ['report id 0', '8500', 'malformed', 0],
    ['report id 256', '860001', 'malformed', 0],
    ['a pop without push', '7508 b4', 'malformed', 2],
    ['a report without id before one with id', '7508 9501 8100 8501 8100', 'malformed', 4],
    ['a report longer than the kernel takes', '7508 960140 8100', 'out-of-range', 5],
    ['a report of 2^64 bits', '77ffffffff 97ffffffff b100', 'out-of-range', 10],
  ])('is refused with %s', (_, hex, code, offset) => {
    expect(fault(bytes(hex.replaceAll(' ', '')))).toEqual([code, offset]);
  });

  it.each([
    ['collections nested 33 deep', 'a101'.repeat(33), 64],
    ['33 pushes', 'a4'.repeat(33), 32],
    ['65 top-level collections', 'a101c0'.repeat(65), 192],
  ])('is refused with %s', (_, hex, offset) => {
    expect(fault(bytes(hex))).toEqual(['out-of-range', offset]);
  });

  it('is refused above 65,535 bytes', () => {
    expect(fault(new Uint8Array(65_536))).toEqual(['too-large', 0]);
  });

  it('of any bytes at all is understood or refused with an offset inside it', () => {
    // Small values make items that nest, push and name ids; anything else tries the edges.
    const item = fc.constantFrom(
      0xa1,
      0xc0,
      0xa4,
      0xb4,
      0x85,
      0x75,
      0x95,
      0x81,
      0x91,
      0xb1,
      0x09,
      0x05,
      0xfe,
    );
    const byte = fc.oneof(item, fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 8 }));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 300 }), (values) => {
        const answer = fault(Uint8Array.from(values));
        if (Array.isArray(answer)) {
          expect(['truncated', 'malformed', 'out-of-range']).toContain(answer[0]);
          expect(answer[1]).toBeLessThanOrEqual(values.length);
          return;
        }
        const { input, output, feature } = answer as ReturnType<typeof parseReportDescriptor>;
        for (const lengths of [input, output, feature]) {
          for (const length of lengths.values()) expect(length).toBeLessThanOrEqual(16_384);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('that any sequence of reports describes has the sum of their fields', () => {
    const field = fc.record({
      kind: fc.constantFrom<'input' | 'output' | 'feature'>('input', 'output', 'feature'),
      id: fc.integer({ min: 1, max: 255 }),
      size: fc.integer({ min: 0, max: 32 }),
      count: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(field, { maxLength: 20 }), (fields) => {
        const tag = { input: 0x81, output: 0x91, feature: 0xb1 };
        const descriptor = fields.flatMap((f) => [0x85, f.id, 0x75, f.size, 0x95, f.count, tag[f.kind], 2]);
        const parsed = parseReportDescriptor(Uint8Array.from([0xa1, 1, ...descriptor, 0xc0]));
        for (const { kind, id } of fields) {
          const bits = fields
            .filter((f) => f.kind === kind && f.id === id)
            .reduce((sum, f) => sum + f.size * f.count, 0);
          expect(parsed[kind].get(id)).toBe(Math.ceil(bits / 8));
        }
      }),
    );
  });
});
