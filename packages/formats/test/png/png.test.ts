import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter, decodePng, encodePng, greyImage, InputError, rgbImage } from '../../src/index.js';
import { crc32 } from '../../src/png/crc32.js';
import { rejectedInputError } from '../input-error-of.js';
import { sharedFile } from '../shared-data.js';

interface Parts {
  readonly width?: number;
  readonly height?: number;
  readonly depth?: number;
  readonly colourType?: number;
  readonly interlace?: number;
  readonly palette?: readonly number[];
  readonly scanlines?: Uint8Array | readonly number[];
  readonly compressed?: Uint8Array;
  readonly extra?: Chunks;
}

type Chunks = readonly (readonly [type: string, data: Uint8Array])[];

/** A PNG from its parts, written without the encoder under test. */
function png(parts: Parts): Uint8Array {
  const file = new ByteWriter().bytes(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a));
  const chunk = (type: string, data: Uint8Array): void => {
    const covered = new ByteWriter().ascii(type).bytes(data).toBytes();
    file.u32(data.length).bytes(covered).u32(crc32(covered));
  };
  const { width = 1, height = 1, depth = 8, colourType = 0, interlace = 0 } = parts;
  const header = new ByteWriter().u32(width).u32(height).u8(depth).u8(colourType);
  chunk('IHDR', header.u8(0).u8(0).u8(interlace).toBytes());
  if (parts.palette !== undefined) chunk('PLTE', Uint8Array.from(parts.palette));
  for (const [type, data] of parts.extra ?? []) chunk(type, data);
  const compressed =
    parts.compressed ?? new Uint8Array(deflateSync(Uint8Array.from(parts.scanlines ?? [0, 7])));
  const half = compressed.length >> 1;
  chunk('IDAT', compressed.subarray(0, half));
  chunk('IDAT', compressed.subarray(half));
  chunk('IEND', new Uint8Array());
  return file.toBytes();
}

const pixels = async (parts: Parts): Promise<number[]> => [...(await decodePng(png(parts))).data];

describe('decodePng', () => {
  it('reads every colour type in 8 bits', async () => {
    expect(await pixels({ colourType: 0, scanlines: [0, 200] })).toEqual([200]);
    expect(await pixels({ colourType: 2, scanlines: [0, 1, 2, 3] })).toEqual([1, 2, 3]);
    expect(await pixels({ colourType: 3, palette: [9, 9, 9, 4, 5, 6], scanlines: [0, 1] })).toEqual([
      4, 5, 6,
    ]);
    expect(await pixels({ colourType: 4, scanlines: [0, 200, 255] })).toEqual([200]);
    expect(await pixels({ colourType: 6, scanlines: [0, 1, 2, 3, 255] })).toEqual([1, 2, 3]);
  });

  it('lays an alpha channel on white', async () => {
    expect(await pixels({ colourType: 4, width: 2, scanlines: [0, 0, 0, 0, 51] })).toEqual([255, 204]);
    expect(await pixels({ colourType: 6, scanlines: [0, 0, 100, 255, 0] })).toEqual([255, 255, 255]);
    expect(await pixels({ colourType: 4, depth: 16, scanlines: [0, 0x40, 0, 0xff, 0xff] })).toEqual([64]);
  });

  it('scales samples of other sizes to 8 bits', async () => {
    expect(await pixels({ depth: 1, width: 9, scanlines: [0, 0b10100000, 0b10000000] })).toEqual([
      255, 0, 255, 0, 0, 0, 0, 0, 255,
    ]);
    expect(await pixels({ depth: 2, width: 4, scanlines: [0, 0b00011011] })).toEqual([0, 85, 170, 255]);
    expect(await pixels({ depth: 4, width: 2, scanlines: [0, 0x3f] })).toEqual([51, 255]);
    expect(await pixels({ depth: 16, width: 2, scanlines: [0, 0x80, 0x80, 0x00, 0x80] })).toEqual([128, 0]);
    expect(await pixels({ depth: 16, colourType: 2, scanlines: [0, 0, 0, 0xff, 0xff, 1, 1] })).toEqual([
      0, 255, 1,
    ]);
    const palette = [1, 1, 1, 2, 2, 2];
    expect(await pixels({ depth: 1, colourType: 3, width: 2, palette, scanlines: [0, 0b01000000] })).toEqual([
      1, 1, 1, 2, 2, 2,
    ]);
  });

  it('takes off every filter', async () => {
    const scanlines = [1, 10, 5, 5, 2, 1, 1, 1, 3, 10, 0, 0, 4, 1, 2, 3];
    expect(await pixels({ width: 3, height: 4, scanlines })).toEqual([
      10, 15, 20, 11, 16, 21, 15, 15, 18, 16, 18, 21,
    ]);
  });

  it('puts interlaced pixels in their places', async () => {
    for (const [width, height] of [
      [8, 8],
      [1, 1],
      [5, 3],
      [3, 7],
      [13, 9],
    ] as const) {
      const value = (x: number, y: number): number => (y * width + x) & 0xff;
      const scanlines: number[] = [];
      for (const [x0, y0, dx, dy] of [
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2],
      ] as const) {
        for (let y = y0; y < height && x0 < width; y += dy) {
          scanlines.push(0);
          for (let x = x0; x < width; x += dx) scanlines.push(value(x, y));
        }
      }
      const expected = Array.from({ length: width * height }, (_, at) => at & 0xff);
      expect(await pixels({ width, height, interlace: 1, scanlines })).toEqual(expected);
    }
  });

  it('reads the resolution where both sides agree on metres', async () => {
    const physical = (x: number, y: number, unit: number): readonly [string, Uint8Array] => [
      'pHYs',
      new ByteWriter().u32(x).u32(y).u8(unit).toBytes(),
    ];
    const resolution = async (...values: readonly [number, number, number]): Promise<number | undefined> =>
      (await decodePng(png({ extra: [physical(...values)] }))).resolutionPpi;
    expect(await resolution(19685, 19685, 1)).toBe(500);
    expect(await resolution(11811, 11811, 1)).toBe(300);
    expect(await resolution(11811, 5905, 1)).toBeUndefined();
    expect(await resolution(1, 1, 0)).toBeUndefined();
  });

  it('passes over chunks that it need not know', async () => {
    const extra = [
      ['tEXt', Uint8Array.of(1)],
      ['gAMA', new Uint8Array(4)],
    ] as const;
    expect(await pixels({ extra })).toEqual([7]);
  });

  it('lays what tRNS makes transparent on white', async () => {
    const clear = (...bytes: readonly number[]): { readonly extra: Chunks } => ({
      extra: [['tRNS', Uint8Array.from(bytes)]],
    });
    const grey = { width: 3, scanlines: [0, 7, 8, 9] };
    expect(await pixels({ ...grey, ...clear(0, 8) })).toEqual([7, 255, 9]);
    const colours = { colourType: 2, width: 2, scanlines: [0, 1, 2, 3, 1, 2, 4] };
    expect(await pixels({ ...colours, ...clear(0, 1, 0, 2, 0, 3) })).toEqual([255, 255, 255, 1, 2, 4]);
    const palette = [10, 20, 30, 40, 50, 60, 70, 80, 90];
    const indices = { depth: 8, colourType: 3, width: 3, palette, scanlines: [0, 0, 1, 2] };
    expect(await pixels({ ...indices, ...clear(0, 51) })).toEqual([255, 255, 255, 212, 214, 216, 70, 80, 90]);
  });

  it('is opaque where tRNS does not fit the header', async () => {
    const extra = [['tRNS', Uint8Array.of(0, 7, 0)]] as const;
    expect(await pixels({ extra })).toEqual([7]);
  });

  it.each([
    ['a side of 0', { width: 0 }, 'out-of-range'],
    ['an unknown colour type', { colourType: 1 }, 'out-of-range'],
    ['a bit depth that the type lacks', { colourType: 2, depth: 4 }, 'out-of-range'],
    ['an unknown interlace method', { interlace: 2 }, 'unsupported'],
    ['more pixels than are allowed', { width: 60_000, height: 60_000 }, 'too-large'],
    ['an unknown critical chunk', { extra: [['ABCD', new Uint8Array()]] }, 'unsupported'],
    ['a palette picture without palette', { colourType: 3 }, 'missing'],
    ['a palette for grey', { palette: [1, 2, 3] }, 'out-of-range'],
    ['a palette with a third of a colour', { colourType: 3, palette: [1, 2] }, 'out-of-range'],
    ['a pixel outside the palette', { colourType: 3, palette: [1, 2, 3] }, 'out-of-range'],
    ['an unknown filter', { scanlines: [5, 0] }, 'malformed'],
    ['too little pixel data', { scanlines: [0] }, 'truncated'],
    ['too much pixel data', { scanlines: [0, 1, 2] }, 'malformed'],
    ['data that is no zlib stream', { compressed: Uint8Array.of(1, 2, 3, 4, 5, 6) }, 'malformed'],
    ['an empty zlib stream', { compressed: new Uint8Array() }, 'truncated'],
  ] satisfies readonly (readonly [string, Parts, string])[])('refuses %s', async (_, parts, code) => {
    const error = await rejectedInputError(decodePng(png(parts)));
    expect(error.code).toBe(code);
  });

  it('finds every changed byte of a small picture', async () => {
    const good = await encodePng(greyImage({ width: 3, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }));
    for (let at = 0; at < good.length; at += 1) {
      await rejectedInputError(decodePng(good.with(at, (good[at] ?? 0) ^ 0x10)));
    }
  });

  it('names the chunk whose CRC does not fit', async () => {
    const good = png({});
    const error = await rejectedInputError(decodePng(good.with(8 + 8 + 13, (good[29] ?? 0) ^ 1)));
    expect(error).toMatchObject({ code: 'checksum', offset: 29 });
    expect(error.message).toContain('IHDR');
  });

  it('finds the end missing wherever the file is cut', async () => {
    const good = png({});
    for (let length = 0; length < good.length; length += 1) {
      expect((await rejectedInputError(decodePng(good.subarray(0, length)))).code).toBe('truncated');
    }
  });

  it('stops a bomb early', async () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(300_000_000), { level: 1 }));
    const before = process.memoryUsage().arrayBuffers;
    const start = performance.now();
    const error = await rejectedInputError(decodePng(png({ width: 10, height: 10, compressed: bomb })));
    expect(error.code).toBe('malformed');
    expect(performance.now() - start).toBeLessThan(2000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  it('refuses a small file that claims a huge picture before it takes the memory', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const error = await rejectedInputError(
      decodePng(png({ width: 8000, height: 8000, depth: 16, colourType: 6 })),
    );
    expect(error.code).toBe('truncated');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it('answers any damage with an image or an InputError', async () => {
    const source = png({
      width: 4,
      height: 4,
      scanlines: Uint8Array.from({ length: 20 }, (_, at) => (at % 5 === 0 ? at % 4 : at)),
    });
    const damage = fc.array(fc.tuple(fc.nat(source.length - 1), fc.nat(255)), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = source.slice();
        for (const [at, byte] of changes) bytes[at] = byte;
        await decodePng(repaired(bytes)).catch((error: unknown) => expect(error).toBeInstanceOf(InputError));
      }),
      { numRuns: 500 },
    );
  });

  it('decodes a reference portrait', async (context) => {
    const file = sharedFile('camera/iso19794/face-622x800.png');
    if (file === undefined) return context.skip();
    const image = await decodePng(file);
    expect(image).toMatchObject({ channels: 3, width: 622, height: 800 });
    const again = await decodePng(await encodePng(image));
    expect(Buffer.compare(again.data, image.data)).toBe(0);
  });
});

describe('encodePng', () => {
  it('writes what is read back', async () => {
    const side = fc.integer({ min: 1, max: 24 });
    await fc.assert(
      fc.asyncProperty(
        side,
        side,
        fc.infiniteStream(fc.nat(255)),
        fc.boolean(),
        async (width, height, samples, isGrey) => {
          const make = isGrey ? greyImage : rgbImage;
          const data = Uint8Array.from([...samples.take(width * height * (isGrey ? 1 : 3))]);
          const image = make({ width, height, data, resolutionPpi: 500 });
          expect(await decodePng(await encodePng(image))).toEqual(image);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('writes black and white in one bit per pixel', async () => {
    const data = Uint8Array.from({ length: 33 }, (_, at) => (at % 3 === 0 ? 255 : 0));
    const image = greyImage({ width: 11, height: 3, data });
    const file = await encodePng(image, { bitDepth: 1 });
    expect(file[24]).toBe(1);
    expect(await decodePng(file)).toEqual(image);
  });

  it('makes a gradient smaller by its filters', async () => {
    const data = Uint8Array.from({ length: 256 * 256 }, (_, at) => ((at & 255) + (at >> 8)) & 255);
    expect((await encodePng(greyImage({ width: 256, height: 256, data }))).length).toBeLessThan(2000);
  });

  it('refuses what does not fit', async () => {
    const broken = { width: 2, height: 2, data: new Uint8Array(5) };
    expect((await rejectedInputError(encodePng(broken))).path).toBe('data');
    expect(
      (await rejectedInputError(encodePng(rgbImage({ width: 1, height: 1 }), { bitDepth: 1 }))).code,
    ).toBe('unsupported');
  });
});

/** The file with the CRC of every chunk made to fit again, so that damage reaches what lies behind the check. */
function repaired(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer);
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) break;
    view.setUint32(at + 8 + length, crc32(bytes.subarray(at + 4, at + 8 + length)));
    at += 12 + length;
  }
  return bytes;
}
