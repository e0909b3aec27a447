import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHex, imageKind, readJpegInfo } from '../src/index.js';
import { inputErrorOf, unlessInputError } from './input-error-of.js';
import { sharedFile } from './shared-data.js';

const SOI = 'ffd8';
const EOI = 'ffd9';
const JFIF_300 = 'ffe00010' + '4a46494600' + '010201012c012c0000';
const sof = (marker: string, height = '0320', width = '026e'): string =>
  `ff${marker}0011` + '08' + height + width + '03' + '012200021101031101';
const SCAN = 'ffda000c03010002110311003f00' + '12ff00ffd034';
const DHT = 'ffc40005' + '00aabb';

/** Exif with one entry: orientation. */
const exif = (orientation: string, order: 'II' | 'MM' = 'MM'): string => {
  const tiff =
    order === 'MM'
      ? `4d4d002a00000008` +
        '0001' +
        `01120003000000010000`.slice(0, 16) +
        `00${orientation}0000` +
        '00000000'
      : `49492a0008000000` + '0100' + `1201030001000000` + `${orientation}000000` + '00000000';
  const data = `457869660000${tiff}`;
  return `ffe1${(data.length / 2 + 2).toString(16).padStart(4, '0')}${data}`;
};

const info = (...parts: readonly string[]): ReturnType<typeof readJpegInfo> =>
  readJpegInfo(decodeHex(parts.join('')));

describe('readJpegInfo', () => {
  it('reads size, components and resolution', () => {
    expect(info(SOI, JFIF_300, DHT, sof('c0'), SCAN, EOI)).toEqual({
      width: 622,
      height: 800,
      components: 3,
      precision: 8,
      progressive: false,
      resolutionPpi: 300,
      byteLength: 2 + 18 + 7 + 19 + 14 + 6 + 2,
    });
  });

  it('tells progressive from baseline, over several scans', () => {
    expect(info(SOI, sof('c2'), SCAN, DHT, SCAN, EOI).progressive).toBe(true);
  });

  it('reads the orientation in both byte orders', () => {
    expect(info(SOI, exif('06'), sof('c0'), SCAN, EOI).orientation).toBe(6);
    expect(info(SOI, exif('08', 'II'), sof('c0'), SCAN, EOI).orientation).toBe(8);
  });

  it('leaves an orientation open that is impossible, and Exif that is damaged', () => {
    expect(info(SOI, exif('09'), sof('c0'), SCAN, EOI).orientation).toBeUndefined();
    const pointingOut = exif('06').replace('00000008', 'fffffff0');
    expect(info(SOI, pointingOut, sof('c0'), SCAN, EOI).orientation).toBeUndefined();
  });

  it('takes fill bytes before a marker and anything behind the image', () => {
    expect(info(SOI, 'ffff', sof('c1'), SCAN, 'ff', EOI, 'ffd8ffd9')).toMatchObject({
      byteLength: 2 + 2 + 19 + 20 + 1 + 2,
    });
  });

  it('finds the end missing wherever the file is cut', () => {
    const whole = decodeHex([SOI, JFIF_300, exif('06'), DHT, sof('c2'), SCAN, DHT, SCAN, EOI].join(''));
    for (let length = 0; length < whole.length; length += 1) {
      expect(inputErrorOf(() => readJpegInfo(whole.subarray(0, length))).code).toBe('truncated');
    }
  });

  it.each([
    ['another file', '89504e47', 'malformed', 0],
    ['no marker where one must be', `${SOI}00ff`, 'malformed', 2],
    ['a restart outside a scan', `${SOI}ffd0`, 'malformed', 2],
    ['a segment shorter than its length', `${SOI}ffe00001`, 'malformed', 2],
    ['a scan before its frame', SOI + SCAN + EOI, 'malformed', 2],
    ['no scan', SOI + sof('c0') + EOI, 'malformed', 21],
    ['two frames', SOI + sof('c0') + sof('c0') + SCAN + EOI, 'malformed', 21],
    ['lossless coding', SOI + sof('c3') + SCAN + EOI, 'unsupported', 2],
    ['arithmetic coding', SOI + sof('c9') + SCAN + EOI, 'unsupported', 2],
    ['a height behind the scan', SOI + sof('c0', '0000') + SCAN + EOI, 'unsupported', 2],
    ['a width of 0', SOI + sof('c0', '0001', '0000') + SCAN + EOI, 'out-of-range', 2],
  ])('refuses %s', (_, hex, code, offset) => {
    expect(inputErrorOf(() => readJpegInfo(decodeHex(hex)))).toMatchObject({ code, offset });
  });

  it('answers any bytes with an answer or an InputError, in linear time', () => {
    const start = decodeHex([SOI, exif('06'), sof('c2'), SCAN].join(''));
    fc.assert(
      fc.property(fc.nat(start.length), fc.uint8Array({ maxLength: 60 }), (length, rest) => {
        unlessInputError(() => readJpegInfo(Uint8Array.of(...start.subarray(0, length), ...rest)));
      }),
      { numRuns: 2000 },
    );
    const long = new Uint8Array(20_000_000).fill(0xff);
    long.set(decodeHex(SOI));
    expect(inputErrorOf(() => readJpegInfo(long)).code).toBe('truncated');
  });

  it('reads pictures of a camera', (context) => {
    const turned = sharedFile('camera/photo/sim-12mp-orientation6.jpg');
    const crop = sharedFile('camera/iso19794/crop-1244x1600.jpg');
    if (turned === undefined || crop === undefined) return context.skip();
    expect(readJpegInfo(turned)).toMatchObject({ components: 3, orientation: 6, byteLength: turned.length });
    expect(readJpegInfo(crop)).toMatchObject({ width: 1244, height: 1600 });
    expect(inputErrorOf(() => readJpegInfo(crop.subarray(0, crop.length >> 1))).code).toBe('truncated');
  });
});

describe('imageKind', () => {
  it.each([
    ['89504e470d0a1a0a', 'png'],
    ['ffd8ffe0', 'jpeg'],
    ['0000000c6a5020200d0a870a', 'jp2'],
    ['ff4fff51', 'j2k'],
    ['ffa0ffa4', 'wsq'],
    ['50350a', 'pgm'],
    ['503623', 'ppm'],
    ['424d', 'bmp'],
    ['25504446 2d'.replace(' ', ''), 'pdf'],
    ['524946460000000057454250', 'webp'],
    ['000000186674797068656963', 'heic'],
    ['', undefined],
    ['5035', undefined],
    ['00', undefined],
  ])('of %s is %s', (hex, kind) => {
    expect(imageKind(decodeHex(hex))).toBe(kind);
  });
});
