import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaSizeMm, type RasterCanvas, type RasterSettings } from '../../src/raster/index.js';
import { readPwgRaster } from '../support/pwg-reader.js';
import { pageOf, rasterOf } from '../support/raster.js';

/** Number of runs; more by hand: FUZZ_RUNS=100000. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 60);
const A4: RasterSettings = { media: 'iso_a4_210x297mm', sides: 'one-sided' };
const SMALL: RasterCanvas = { widthPx: 3, heightPx: 2, resolutionDpi: 300, color: 'sgray' };

const page = fc
  .record({
    widthPx: fc.integer({ min: 1, max: 300 }),
    heightPx: fc.integer({ min: 1, max: 6 }),
    color: fc.constantFrom('sgray' as const, 'srgb' as const),
    // Few values, so that runs of all lengths come about.
    values: fc.constantFrom(1, 2, 256),
    seed: fc.nat(),
  })
  .map(({ widthPx, heightPx, color, values, seed }) => {
    const canvas: RasterCanvas = { widthPx, heightPx, resolutionDpi: 300, color };
    let state = seed;
    const pixels = Uint8Array.from({ length: widthPx * heightPx * (color === 'srgb' ? 3 : 1) }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 16) % values;
    });
    return { canvas, pixels };
  });

describe('PWG raster', () => {
  it('has the pixels that were written, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 3 }), async (pages) => {
        const written = await rasterOf(
          pages.map(({ canvas, pixels }) => pageOf(canvas, pixels)),
          A4,
        );
        const read = readPwgRaster(written);
        expect(read).toHaveLength(pages.length);
        for (const [index, { pixels }] of pages.entries()) {
          expect(Buffer.compare(read[index]?.pixels ?? new Uint8Array(), pixels)).toBe(0);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('tells of each page its size, its resolution and its paper', async () => {
    const [read] = readPwgRaster(
      await rasterOf([pageOf(SMALL, new Uint8Array(6))], { ...A4, totalPages: 1 }),
    );
    const header = read?.header;
    const ints = (...offsets: readonly number[]) => offsets.map((offset) => header?.getInt32(offset));
    expect(ints(272, 276, 280, 340, 352, 356, 372, 376)).toEqual([0, 300, 300, 1, 595, 842, 3, 2]);
    expect(ints(384, 388, 392, 396, 400, 420, 452, 456, 460)).toEqual([8, 8, 3, 0, 18, 1, 1, 1, 1]);
  });

  it.each([
    ['normal', 'two-sided-long-edge', [1, 2, 3, 4, 5, 6]],
    ['rotated', 'two-sided-long-edge', [6, 5, 4, 3, 2, 1]],
    ['rotated', 'two-sided-short-edge', [1, 2, 3, 4, 5, 6]],
    ['flipped', 'two-sided-long-edge', [4, 5, 6, 1, 2, 3]],
    ['flipped', 'two-sided-short-edge', [3, 2, 1, 6, 5, 4]],
    ['manual-tumble', 'two-sided-short-edge', [6, 5, 4, 3, 2, 1]],
    ['rotated', 'one-sided', [1, 2, 3, 4, 5, 6]],
  ] as const)('lays the back of a sheet as the printer wants it: %s, %s', async (sheetBack, sides, back) => {
    const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const written = await rasterOf([pageOf(SMALL, pixels), pageOf(SMALL, pixels)], {
      ...A4,
      sides,
      sheetBack,
    });
    expect(readPwgRaster(written).map((one) => [...one.pixels])).toEqual([[...pixels], [...back]]);
  });

  it('refuses rows that do not fit, and a medium without a size', async () => {
    const long = { canvas: SMALL, rows: [new Uint8Array(4), new Uint8Array(3)] };
    const few = { canvas: SMALL, rows: [new Uint8Array(3)] };
    const many = { canvas: SMALL, rows: [1, 2, 3].map(() => new Uint8Array(3)) };
    await expect(rasterOf([long], A4)).rejects.toMatchObject({ code: 'malformed', path: 'rows.0' });
    await expect(rasterOf([few], A4)).rejects.toMatchObject({ path: 'rows.1' });
    await expect(rasterOf([many], A4)).rejects.toMatchObject({ path: 'rows.2' });
    await expect(rasterOf([few], { ...A4, media: 'main-tray' })).rejects.toMatchObject({ path: 'media' });
  });

  it.each([
    ['iso_a4_210x297mm', { widthMm: 210, heightMm: 297 }],
    ['oe_square_2x10in', { widthMm: 50.8, heightMm: 254 }],
    ['a4', undefined],
  ])('knows the size of %s', (media, size) => {
    expect(mediaSizeMm(media)).toEqual(size);
  });
});
