import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codesOf, huffmanCodeFor } from '../../src/wsq/huffman-code.js';
import { huffmanTable } from '../../src/wsq/huffman-table.js';

/** Frequencies that grow like powers make codes longer than 16 bits. */
const frequencies = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 254 }), fc.integer({ min: 0, max: 31 })), { maxLength: 250 })
  .map((pairs) => {
    const counts = new Uint32Array(256);
    for (const [symbol, power] of pairs) counts[symbol] = 2 ** power;
    return counts;
  });

describe('a Huffman code', () => {
  it('has a code for each symbol that occurs, of 16 bits at most, and leaves out the one of ones only', () => {
    fc.assert(
      fc.property(frequencies, (counts) => {
        const code = huffmanCodeFor(counts);
        const occurring = [...counts.keys()].filter((symbol) => (counts[symbol] ?? 0) > 0);
        expect([...code.symbols].sort((a, b) => a - b)).toEqual(occurring.length === 0 ? [1] : occurring);
        const codes = codesOf(code);
        expect(codes).toHaveLength(code.symbols.length);
        expect(codes.every(({ code: value, bits }) => bits <= 16 && value < 2 ** bits - 1)).toBe(true);
        // No code begins with another one.
        expect(codes.reduce((sum, { bits }) => sum + 2 ** -bits, 0)).toBeLessThan(1);
      }),
      { numRuns: 100 },
    );
  });

  it('gives what occurs more often no longer a code', () => {
    fc.assert(
      fc.property(frequencies, (counts) => {
        const code = huffmanCodeFor(counts);
        const lengths = new Map(codesOf(code).map(({ bits }, place) => [code.symbols[place] ?? 0, bits]));
        for (const [a, bitsA] of lengths) {
          for (const [b, bitsB] of lengths) {
            if ((counts[a] ?? 0) > (counts[b] ?? 0)) expect(bitsA).toBeLessThanOrEqual(bitsB);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('is optimal where no code is too long', () => {
    const counts = new Uint32Array(256);
    counts.set([50, 25, 12, 6, 3, 3], 1);
    const bits = codesOf(huffmanCodeFor(counts)).map((each) => each.bits);
    expect(bits).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is found again in the table for reading', () => {
    const counts = Uint32Array.from({ length: 256 }, (_, symbol) =>
      symbol > 0 && symbol < 40 ? 2 ** (symbol % 20) : 0,
    );
    const code = huffmanCodeFor(counts);
    const { fast, lastCode, offset, symbols } = huffmanTable(code);
    codesOf(code).forEach(({ code: value, bits }, place) => {
      const entry = fast[(value << (16 - bits)) >> 5] ?? 0;
      if (bits <= 11) expect(entry).toBe((bits << 8) | (code.symbols[place] ?? 0));
      else expect(symbols[value + (offset[bits] ?? 0)]).toBe(code.symbols[place]);
      expect(value).toBeLessThanOrEqual(lastCode[bits] ?? -1);
    });
  });
});
