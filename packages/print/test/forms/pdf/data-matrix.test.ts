import { InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataMatrix, type Modules } from '../../../src/forms/pdf/data-matrix.js';
import { readSymbols } from '../read-symbols.js';

/** What an outside reader finds in the symbol, drawn with six pixels a module and a quiet zone. */
function read(modules: Modules): Promise<readonly string[]> {
  const scale = 6;
  const side = (modules.length + 4) * scale;
  const data = new Uint8Array(side * side).fill(255);
  for (let at = 0; at < data.length; at++) {
    const [y, x] = [Math.floor(at / side), at % side].map((pixel) => Math.floor(pixel / scale) - 2);
    if (modules[y ?? 0]?.[x ?? 0] === true) data[at] = 0;
  }
  return readSymbols({ width: side, height: side, data });
}

describe('the Data Matrix', () => {
  it.each([1, 3, 5, 8, 12, 18, 22, 30, 36, 44, 62, 86, 114, 144, 174])(
    'of %i letters is read by an outside reader',
    async (length) => {
      const text = 'Vorgang-K7Q/'.repeat(15).slice(0, length).replaceAll(/\d/gu, 'x');
      expect(await read(dataMatrix(text))).toEqual([text]);
    },
  );

  it('is read whatever ASCII it holds', async () => {
    const text = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 1,
      maxLength: 80,
    });
    await fc.assert(
      fc.asyncProperty(text, async (said) => {
        expect(await read(dataMatrix(said))).toEqual([said]);
      }),
      { numRuns: 20 },
    );
  });

  it('puts two digits into one codeword', () => {
    expect(dataMatrix('123456')).toHaveLength(10);
    expect(dataMatrix('abcdef')).toHaveLength(14);
  });

  it('refuses what it cannot hold', () => {
    expect(() => dataMatrix('ä')).toThrow(InputError);
    expect(() => dataMatrix('x'.repeat(175))).toThrow(/too long/u);
  });
});
