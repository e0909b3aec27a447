import { decodeBase64, encodePng, greyImage, InputError, rgbImage } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { loadCodecs } from '../../src/codecs/index.js';
import { decodePhoto, pureJpegCodec } from '../../src/photo/index.js';
import { smallJpeg } from '../small-jpeg.js';

vi.setConfig({ testTimeout: 60_000 });

const { jpeg } = loadCodecs();
const JPEG = smallJpeg(64, 48);

// 24 x 16 pixels of (10 x, 15 y, 255 - 10 x), written by cjpeg of libjpeg-turbo 2.1.5.
const RAMP_RGB = decodeBase64(
  '/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUG' +
    'BKUVJP/8AAEQgAEAAYA1IRAEcRAEIRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAYAB//EABgQAAMBAQAAAAAAAAAAAAAAAAAFQRVi/9oADANSAEcA' +
    'QgAAPwAMrgRxOBy0oxVwsTgGtKMVcLE4BzSmOq4aTicGxtKMVcLE4BrSjFXCxOAc0p//2Q==',
);
const RAMP_THIRDS = decodeBase64(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYV' +
    'pQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAQ' +
    'ABgDATEAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAABAUG/8QAFxAAAwEAAAAAAAAAAAAAAAAAAAMFYv/EABUBAQEAAAAAAAAAAAAAAAAAAA' +
    'UE/8QAGBEAAwEBAAAAAAAAAAAAAAAAAAUxAwT/2gAMAwEAAhEDEQA/AMyufkSufkSufkTdbUuUdELK5+RS5+RK5+Qh1vQJR0Q//9k=',
);

async function failure(bytes: Uint8Array, codec = jpeg): Promise<unknown> {
  return decodePhoto(bytes, codec).then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** The bytes with Exif that says this orientation. */
function oriented(bytes: Uint8Array, orientation: number): Uint8Array {
  const tiff = [
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    0x01,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  const app1 = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff];
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xe1, 0, app1.length + 2, ...app1, ...bytes.subarray(2));
}

describe('the pixels of a photo', () => {
  it('keep their places and know how they are turned', async () => {
    const { photo, pixels } = await decodePhoto(oriented(JPEG, 6), jpeg);
    expect(photo).toMatchObject({ orientation: 6, widthPx: 64, heightPx: 48 });
    expect(pixels).toMatchObject({ orientation: 6, widthPx: 48, heightPx: 64 });
    expect(pixels.image).toMatchObject({ width: 64, height: 48, channels: 3 });
  });

  it.each([
    ['WebAssembly', jpeg],
    ['JavaScript', pureJpegCodec()],
  ])('are grey where a JPEG is, by %s', async (_, codec) => {
    const grey = greyImage({
      width: 64,
      height: 64,
      data: new Uint8Array(4096).map((_value, at) => (at * 3) & 255),
    });
    const { pixels } = await decodePhoto(await jpeg.encode(grey, 90), codec);
    expect(pixels.image).toMatchObject({ channels: 1, width: 64 });
  });

  it.each([
    ['without subsampling, stored as RGB', 'WebAssembly', RAMP_RGB, jpeg],
    ['without subsampling, stored as RGB', 'JavaScript', RAMP_RGB, pureJpegCodec()],
    ['with a third of the colours', 'WebAssembly', RAMP_THIRDS, jpeg],
    ['with a third of the colours', 'JavaScript', RAMP_THIRDS, pureJpegCodec()],
  ])('are those of a ramp %s, by %s', async (_, _codec, bytes, codec) => {
    const { image } = (await decodePhoto(bytes, codec)).pixels;
    expect(image).toMatchObject({ width: 24, height: 16, channels: 3 });
    const faults = [...image.data].map((value, at) => {
      const [x, y] = [Math.floor(at / 3) % 24, Math.floor(at / 72)];
      return Math.abs(value - ([10 * x, 15 * y, 255 - 10 * x][at % 3] ?? 0));
    });
    expect(faults.reduce((sum, fault) => sum + fault, 0) / faults.length).toBeLessThan(12);
  });

  it('of a PNG of 16 bits have 8', async () => {
    const png = await encodePng(rgbImage({ width: 9, height: 7 }));
    expect((await decodePhoto(png, jpeg)).pixels.image).toMatchObject({ width: 9, height: 7, channels: 3 });
  });
});

describe('a photo is refused', () => {
  it('when it is CMYK', async () => {
    const frame = JPEG.findIndex((byte, at) => byte === 0xff && JPEG[at + 1] === 0xc0);
    const cmyk = Uint8Array.of(
      ...JPEG.subarray(0, frame + 2),
      ...[0, 20, 8, 0, 48, 0, 64, 4, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1, 4, 0x11, 0],
      ...JPEG.subarray(frame + 19),
    );
    expect(await failure(cmyk)).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('4 components'),
    });
  });

  it.each([
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['AVIF', '\0\0\0\x18ftypavif\0\0\0\0mif1avif'],
    ['WebP', 'RIFF\x10\0\0\0WEBPVP8 '],
    ['raw', 'II*\0\x10\0\0\0CR\x02\0'],
    ['raw', '\0\0\0\x18ftypcrx \0\0\0\x01'],
    ['raw', 'MM\0*\0\0\0\x08'],
    ['raw', 'FUJIFILMCCD-RAW 0201'],
    ['video', '\0\0\0\x18ftypmp42\0\0\0\0'],
    ['JPEG XL', '\0\0\0\x0cJXL \r\n\x87\n'],
    ['neither', 'Lorem ipsum dolor sit amet'],
    ['neither', '\xff'],
  ])('by its name when it is %s', async (name, text) => {
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    expect(await failure(bytes)).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining(name),
      remedy: expect.stringContaining('JPEG'),
    });
  });

  it('when it is empty', async () => {
    expect(await failure(new Uint8Array(0))).toMatchObject({
      code: 'truncated',
      message: 'the file is empty',
    });
  });

  it('when it is cut off anywhere, with the offset where it ends', async () => {
    for (let length = 2; length < JPEG.length; length += 7)
      expect(await failure(JPEG.subarray(0, length)), `cut at ${length}`).toBeInstanceOf(InputError);
    expect(await failure(JPEG.subarray(0, -20))).toMatchObject({
      code: 'truncated',
      offset: JPEG.length - 20,
    });
  });

  it('when the middle is missing, and the next one is read all the same', async () => {
    const half = JPEG.length >> 1;
    const gap = Uint8Array.of(...JPEG.subarray(0, half), ...JPEG.subarray(-2));
    for (let times = 0; times < 3; times += 1)
      expect(await failure(gap)).toMatchObject({ code: 'malformed' });
    expect(await failure(JPEG)).toBeUndefined();
  });

  it('when a small file claims a huge picture, before memory is taken', async () => {
    const bomb = JPEG.slice();
    const frame = bomb.findIndex((byte, at) => byte === 0xff && bomb[at + 1] === 0xc0);
    bomb.set([0xff, 0xff, 0xff, 0xff], frame + 5);
    expect(await failure(bomb)).toMatchObject({ code: 'too-large' });
  });

  it('or read, whatever the bytes are', async () => {
    const damage = fc.array(fc.tuple(fc.nat(JPEG.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const bytes = JPEG.slice();
        for (const [at, value] of changes) bytes[at] = value;
        const error = await decodePhoto(bytes, jpeg, { maxMegapixels: 1 }).catch((reason: unknown) => reason);
        expect(error instanceof Error && !(error instanceof InputError)).toBe(false);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});

describe('a JPEG that is written', () => {
  const noise = (width: number, height: number): ReturnType<typeof rgbImage> => {
    const data = Uint8Array.from(
      { length: width * height * 3 },
      (_, at) => Math.imul(at + 1, 2_654_435_761) >>> 24,
    );
    return rgbImage({ width, height, data });
  };

  it.each([
    [8, 8],
    [300, 200],
  ])('holds noise of %d x %d, which takes more bytes than it has samples', async (width, height) => {
    const image = noise(width, height);
    const bytes = await jpeg.encode(image, 100);
    const { pixels } = await decodePhoto(bytes, jpeg);
    const isNear = pixels.image.data.every((value, at) => Math.abs(value - (image.data[at] ?? 0)) <= 4);
    expect(isNear).toBe(true);
  });
});
