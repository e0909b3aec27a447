import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { decodePng, encodePng, greyImage, readPnm, rgbImage } from '../../src/index.js';

/** ImageMagick 6 (Debian package imagemagick). */
const isThere = String(spawnSync('convert', ['-version']).stdout).includes('ImageMagick');
if (!isThere) console.info('skipped: convert (Debian package imagemagick) is not there');

const convert = (input: Uint8Array, ...options: readonly string[]): Uint8Array =>
  new Uint8Array(execFileSync('convert', options, { input, maxBuffer: 1 << 26 }));

/** A colour gradient with some texture. */
const colours = rgbImage({
  width: 37,
  height: 23,
  data: Uint8Array.from({ length: 37 * 23 * 3 }, (_, at) => (at * 7 + ((at * at) >> 5)) & 255),
});

describe.skipIf(!isThere)('PNG and ImageMagick', () => {
  const variants: readonly (readonly [
    name: string,
    header: readonly number[],
    options: readonly string[],
  ])[] = [
    ['RGB', [8, 2, 0], ['-define', 'png:color-type=2', '-depth', '8']],
    ['RGB, interlaced', [8, 2, 1], ['-define', 'png:color-type=2', '-depth', '8', '-interlace', 'PNG']],
    ['grey', [8, 0, 0], ['-colorspace', 'Gray', '-define', 'png:color-type=0', '-depth', '8']],
    [
      'grey, interlaced',
      [8, 0, 1],
      ['-colorspace', 'Gray', '-define', 'png:color-type=0', '-depth', '8', '-interlace', 'PNG'],
    ],
    [
      'black and white',
      [1, 0, 0],
      [
        '-colorspace',
        'Gray',
        '-threshold',
        '50%',
        '-define',
        'png:color-type=0',
        '-define',
        'png:bit-depth=1',
      ],
    ],
    [
      'palette of 4 bits',
      [4, 3, 0],
      ['-posterize', '2', '-type', 'Palette', '-define', 'png:color-type=3', '-define', 'png:bit-depth=4'],
    ],
    [
      'palette, interlaced',
      [8, 3, 1],
      ['-colors', '256', '-define', 'png:color-type=3', '-interlace', 'PNG'],
    ],
  ];

  it.each(variants)('give the same pixels: %s', async (_, header, options) => {
    const source = await encodePng(colours);
    const file = convert(source, 'png:-', ...options, 'png:-');
    expect([file[24], file[25], file[28]]).toEqual(header);
    const image = await decodePng(file);
    const expected = readPnm(convert(file, 'png:-', '-depth', '8', image.channels === 1 ? 'pgm:-' : 'ppm:-'));
    expect(image.data).toEqual(expected.data);
  });

  it.each(['none', 'sub', 'up', 'average', 'paeth'])(
    'give the same pixels with filter %s',
    async (filter) => {
      const number = ['none', 'sub', 'up', 'average', 'paeth'].indexOf(filter);
      const file = convert(
        await encodePng(colours),
        'png:-',
        '-define',
        `png:compression-filter=${number}`,
        'png:-',
      );
      expect((await decodePng(file)).data).toEqual(colours.data);
    },
  );

  it('give nearly the same pixels of 16 bits and on white', async () => {
    const wide = convert(
      await encodePng(colours),
      'png:-',
      '-blur',
      '0x1',
      '-define',
      'png:bit-depth=16',
      'png:-',
    );
    expect(wide[24]).toBe(16);
    const opaque = await decodePng(wide);
    const expected = readPnm(convert(wide, 'png:-', '-depth', '8', 'ppm:-'));
    expect(largestDifference(opaque.data, expected.data)).toBeLessThanOrEqual(1);
    const alpha = convert(
      await encodePng(colours),
      'png:-',
      '-alpha',
      'set',
      '-channel',
      'A',
      '-fx',
      'i/w',
      'png32:-',
    );
    const onWhite = readPnm(
      convert(alpha, 'png:-', '-background', 'white', '-flatten', '-depth', '8', 'ppm:-'),
    );
    expect(largestDifference((await decodePng(alpha)).data, onWhite.data)).toBeLessThanOrEqual(1);
  });

  it('agree on what encodePng writes, resolution included', async () => {
    const grey = greyImage({
      width: 37,
      height: 23,
      data: colours.data.subarray(0, 37 * 23),
      resolutionPpi: 500,
    });
    expect(readPnm(convert(await encodePng(grey), 'png:-', 'pgm:-')).data).toEqual(grey.data);
    expect(readPnm(convert(await encodePng(colours), 'png:-', 'ppm:-')).data).toEqual(colours.data);
    const resolution = convert(
      await encodePng(grey),
      'png:-',
      '-units',
      'PixelsPerInch',
      '-format',
      '%x',
      'info:-',
    );
    expect(Number.parseFloat(new TextDecoder().decode(resolution))).toBeCloseTo(500, 0);
  });
});

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - (b[at] ?? 0))), 0);
}
