import { InputError } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { centreCrop, checkPicture } from '../../../src/forms/pdf/picture.js';
import { crc32 } from '../crc32.js';
import { greyPng } from '../pictures.js';

const PNG = greyPng(6, 4, (x, y) => x * 20 + y);
const JPEG = jpeg(3);

function jpeg(components: number): Uint8Array {
  const frame = [
    0xff,
    0xc0,
    0,
    8 + 3 * components,
    8,
    0,
    40,
    0,
    30,
    components,
    ...Array.from({ length: 3 * components }, () => 0),
  ];
  return Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, ...frame, 0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9);
}

async function failure(bytes: Uint8Array): Promise<InputError> {
  try {
    await checkPicture(bytes, 'assets.photo');
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the picture was accepted');
}

describe('centreCrop', () => {
  it('cuts the sides of a wide picture', () => {
    expect(centreCrop(400, 200, 0.5)).toEqual({ x: 150, y: 0, width: 100, height: 200 });
  });
  it('cuts top and bottom of a tall picture', () => {
    expect(centreCrop(100, 400, 1)).toEqual({ x: 0, y: 150, width: 100, height: 100 });
  });
});

describe('checkPicture', () => {
  it('accepts a JPEG and a flat PNG', async () => {
    await expect(checkPicture(JPEG, 'p')).resolves.toBeUndefined();
    await expect(checkPicture(jpeg(1), 'p')).resolves.toBeUndefined();
    await expect(checkPicture(PNG, 'p')).resolves.toBeUndefined();
  });

  it.each([
    ['a CMYK JPEG', jpeg(4), 'unsupported'],
    ['a PNG with alpha', withHeaderByte(25, 6), 'unsupported'],
    ['an interlaced PNG', withHeaderByte(28, 1), 'unsupported'],
    ['a PNG whose header promises more rows', withHeaderByte(23, 9), 'malformed'],
    ['a PNG whose header promises fewer rows', withHeaderByte(23, 2), 'malformed'],
    ['a PNG without pixels', withHeaderByte(23, 0), 'malformed'],
    ['a text', new TextEncoder().encode('GIF89a'), 'unsupported'],
    ['nothing', new Uint8Array(), 'unsupported'],
  ])('refuses %s', async (_, bytes, code) => {
    expect(await failure(bytes)).toMatchObject({ code, path: 'assets.photo' });
  });

  it('refuses a PNG whose pixel data is no zlib stream', async () => {
    const broken = PNG.slice();
    broken[41] = 0;
    expect(await failure(broken)).toMatchObject({ code: 'malformed' });
  });

  it.each([
    ['JPEG', JPEG],
    ['PNG', PNG],
  ])('refuses a %s cut at any byte with a typed error', async (_, bytes) => {
    for (let length = 0; length < bytes.length - 4; length++) {
      expect((await failure(bytes.slice(0, length))).code).toMatch(/^(truncated|unsupported|malformed)$/u);
    }
  });
});

function withHeaderByte(offset: number, value: number): Uint8Array {
  const png = PNG.slice();
  png[offset] = value;
  new DataView(png.buffer).setUint32(29, crc32(png.subarray(12, 29)));
  return png;
}
