import { describe, expect, it } from 'vitest';
import { localClarities } from '../../src/nfiq2/local-clarity.js';
import type { RidgeBlocks } from '../../src/nfiq2/ridge-blocks.js';

/** One block of 32 columns with 2 pixels around it; 1 is a ridge. Its ridges stand upright. */
function clarityOf(stripes: string): number | undefined {
  const row = [...`00${stripes}00`].map((stripe) => (stripe === '1' ? 20 : 220));
  const data = Uint8Array.from({ length: 36 * 36 }, (_, at) => row[at % 36] ?? 0);
  const print = { width: 36, height: 36, data, crop: { left: 0, top: 0, width: 36, height: 36 } };
  const blocks: RidgeBlocks = {
    columns: 1,
    rows: 1,
    orientation: Float64Array.of(0),
    isForeground: Uint8Array.of(1),
  };
  return localClarities(print, blocks)[0];
}

describe('the local clarity of a block', () => {
  it('is 1 where ridges and valleys are told apart and have ordinary widths', () => {
    expect(clarityOf('11110000111100001111000011110000')).toBe(1);
  });

  it('is 0 where the valleys are too narrow on average', () => {
    expect(clarityOf('11111011111011111011111011111011')).toBe(0);
  });

  it('sums widths in the order of the reference: valleys of two pixels on average miss the limit of two by rounding', () => {
    // Valleys of 0, 3, 2, 3, 2 and 2 pixels: fours first and the rest one by one, a sixth of it is below 0.1.
    expect(clarityOf('01110001111001110001110011111001')).toBe(0);
  });
});
