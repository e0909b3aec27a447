import { decodePng, InputError } from '@buergerkoffer/formats';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { centreCrop, embeddable } from '../../../src/forms/pdf/picture.js';
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
    await embeddable(bytes, 'assets.photo');
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

describe('embeddable', () => {
  it('leaves a JPEG and a flat PNG as they are', async () => {
    expect(await embeddable(JPEG, 'p')).toBe(JPEG);
    expect(await embeddable(jpeg(1), 'p')).toEqual(jpeg(1));
    expect(await embeddable(PNG, 'p')).toBe(PNG);
  });

  it.each(['alpha', 'sixteen bits'])('writes a PNG with %s flat, with the same picture', async (kind) => {
    const rich = kind === 'alpha' ? richPng(4, 8, [200, 255]) : richPng(0, 16, [200, 200]);
    const flat = await embeddable(rich, 'p');
    expect([flat[24], flat[25]]).toEqual([8, 0]);
    expect(await decodePng(flat)).toMatchObject({ width: 1, height: 1, data: Uint8Array.of(200) });
  });

  it.each([
    ['a CMYK JPEG', jpeg(4), 'unsupported'],
    ['a PNG whose header promises more rows', withHeaderByte(23, 9), 'truncated'],
    ['a PNG whose header promises fewer rows', withHeaderByte(23, 2), 'malformed'],
    ['a PNG without pixels', withHeaderByte(23, 0), 'out-of-range'],
    ['a text', new TextEncoder().encode('GIF89a'), 'unsupported'],
    ['nothing', new Uint8Array(), 'unsupported'],
  ])('refuses %s', async (_, bytes, code) => {
    expect(await failure(bytes)).toMatchObject({ code, path: 'assets.photo' });
  });

  it('refuses a PNG whose pixel data was changed', async () => {
    const broken = PNG.slice();
    broken[41] = 0;
    expect(await failure(broken)).toMatchObject({ code: 'checksum' });
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

/** One pixel of `samples` as a PNG of that colour type and depth. */
function richPng(colourType: number, bitDepth: number, samples: readonly number[]): Uint8Array {
  const header = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, bitDepth, colourType, 0, 0, 0);
  const chunk = (type: string, data: Uint8Array): Uint8Array => {
    const body = Uint8Array.of(...new TextEncoder().encode(type), ...data);
    const [size, sum] = [new Uint8Array(4), new Uint8Array(4)];
    new DataView(size.buffer).setUint32(0, data.length);
    new DataView(sum.buffer).setUint32(0, crc32(body));
    return Uint8Array.of(...size, ...body, ...sum);
  };
  return Uint8Array.of(
    ...PNG.subarray(0, 8),
    ...chunk('IHDR', header),
    ...chunk('IDAT', deflateSync(Uint8Array.of(0, ...samples))),
    ...chunk('IEND', new Uint8Array()),
  );
}

function withHeaderByte(offset: number, value: number): Uint8Array {
  const png = PNG.slice();
  png[offset] = value;
  new DataView(png.buffer).setUint32(29, crc32(png.subarray(12, 29)));
  return png;
}
