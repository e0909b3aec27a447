import { ByteWriter, deflate, encodePng, rgbImage } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { jpegColours } from '../../../src/photo/colour/jpeg-colours.js';
import { photoColours } from '../../../src/photo/colour/photo-colours.js';
import { pngColours } from '../../../src/photo/colour/png-colours.js';
import { smallJpeg } from '../../small-jpeg.js';
import { displayP3, withProfile } from './made-profile.js';

const JPEG = smallJpeg(32, 32);
const PROFILE = displayP3();

/** The JPEG with Exif: ColorSpace, and the index of interoperability. */
function withExif(
  jpeg: Uint8Array,
  colourSpace: number,
  index: string,
  order: 'II' | 'MM' = 'MM',
): Uint8Array {
  const little = order === 'II';
  const numbers = new DataView(new ArrayBuffer(74));
  const entry = (at: number, tag: number, type: number, count: number, value?: number): void => {
    numbers.setUint16(at, tag, little);
    numbers.setUint16(at + 2, type, little);
    numbers.setUint32(at + 4, count, little);
    if (value === undefined) return;
    if (type === 3) numbers.setUint16(at + 8, value, little);
    else numbers.setUint32(at + 8, value, little);
  };
  numbers.setUint16(0, little ? 0x4949 : 0x4d4d);
  numbers.setUint16(2, 42, little);
  numbers.setUint32(4, 8, little);
  numbers.setUint16(8, 1, little);
  entry(10, 0x8769, 4, 1, 26);
  numbers.setUint16(26, 2, little);
  entry(28, 0xa001, 3, 1, colourSpace);
  entry(40, 0xa005, 4, 1, 56);
  numbers.setUint16(56, 1, little);
  entry(58, 0x0001, 2, 4);
  const tiff = new Uint8Array(numbers.buffer);
  tiff.set(new TextEncoder().encode(index), 66);
  return new ByteWriter()
    .bytes(jpeg.subarray(0, 2))
    .u16(0xffe1)
    .u16(tiff.length + 8)
    .ascii('Exif\0\0')
    .bytes(tiff)
    .bytes(jpeg.subarray(2))
    .toBytes();
}

describe('a JPEG', () => {
  it('has the profile of its APP2, in one piece or many', () => {
    for (const length of [65_000, 100, 7])
      expect(jpegColours(withProfile(JPEG, PROFILE, length))).toEqual({ type: 'profile', bytes: PROFILE });
  });

  it('has a damaged profile where a piece is missing', () => {
    const whole = withProfile(JPEG, PROFILE, 200);
    const second = new Uint8Array([...whole.subarray(0, 2), ...whole.subarray(2 + 218)]);
    expect(jpegColours(second)).toEqual({ type: 'damaged-profile' });
  });

  it.each(['II', 'MM'] as const)('is Adobe RGB where DCF says so, byte order %s', (order) => {
    expect(jpegColours(withExif(JPEG, 0xffff, 'R03', order))).toMatchObject({ name: 'Adobe RGB (1998)' });
  });

  it('is sRGB where Exif says so, or says nothing', () => {
    expect(jpegColours(withExif(JPEG, 1, 'R98'))).toEqual({ type: 'srgb' });
    expect(jpegColours(JPEG)).toEqual({ type: 'srgb' });
  });

  it('is uncalibrated where Exif says no more than that', () => {
    expect(jpegColours(withExif(JPEG, 0xffff, 'R98'))).toMatchObject({ type: 'uncalibrated' });
  });

  it('follows its profile and not its Exif, as phones mean it', () => {
    const phone = withExif(withProfile(JPEG, PROFILE), 0xffff, 'R98');
    expect(jpegColours(phone)).toMatchObject({ type: 'profile' });
  });

  it('is sRGB where its Exif leads nowhere', () => {
    const broken = withExif(JPEG, 0xffff, 'R03').map((byte, at) => (at === 12 + 20 ? 0x7f : byte));
    expect(jpegColours(broken)).toEqual({ type: 'srgb' });
  });
});

/** A PNG with these chunks behind its header. */
async function pngWith(...chunks: readonly (readonly [string, Uint8Array])[]): Promise<Uint8Array> {
  const png = await encodePng(rgbImage({ width: 2, height: 2 }));
  const writer = new ByteWriter().bytes(png.subarray(0, 33));
  for (const [type, data] of chunks) writer.u32(data.length).ascii(type).bytes(data).u32(0);
  return writer.bytes(png.subarray(33)).toBytes();
}

function hundredThousandths(...values: readonly number[]): Uint8Array {
  const writer = new ByteWriter();
  for (const value of values) writer.u32(Math.round(value * 100_000));
  return writer.toBytes();
}

const SRGB_LIGHTS = hundredThousandths(0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06);
const P3_LIGHTS = hundredThousandths(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06);

async function compressed(profile: Uint8Array): Promise<Uint8Array> {
  return new ByteWriter()
    .ascii('P3\0\0')
    .bytes(await deflate(profile))
    .toBytes();
}

describe('a PNG', () => {
  it('has the profile of its iCCP, before what sRGB and gAMA say', async () => {
    const png = await pngWith(
      ['gAMA', hundredThousandths(1)],
      ['sRGB', Uint8Array.of(0)],
      ['iCCP', await compressed(PROFILE)],
    );
    expect(await pngColours(png)).toEqual({ type: 'profile', bytes: PROFILE });
  });

  it('has a damaged profile where that cannot be inflated, or is a bomb', async () => {
    const cut = (await compressed(PROFILE)).subarray(0, 60);
    const bomb = await compressed(new Uint8Array(5 * 1024 * 1024));
    for (const data of [cut, bomb, new Uint8Array(0)])
      expect(photoColours(await pngColours(await pngWith(['iCCP', data])), 3)).toMatchObject({
        reason: 'damaged-profile',
      });
  });

  it('is sRGB where it says so or nothing, and where its numbers are those of sRGB', async () => {
    const numbers = await pngColours(
      await pngWith(['gAMA', hundredThousandths(0.45455)], ['cHRM', SRGB_LIGHTS]),
    );
    expect(photoColours(numbers, 3)).toEqual({ type: 'srgb' });
    expect(await pngColours(await pngWith(['sRGB', Uint8Array.of(0)]))).toEqual({ type: 'srgb' });
    expect(await pngColours(await pngWith())).toEqual({ type: 'srgb' });
  });

  it('has the same colours by its profile, by its numbers and by its coding', async () => {
    const said = [
      await pngWith(['iCCP', await compressed(PROFILE)]),
      await pngWith(['cHRM', P3_LIGHTS]),
      await pngWith(['cICP', Uint8Array.of(12, 13, 0, 1)]),
    ];
    const colour = rgbImage({ width: 1, height: 1, data: Uint8Array.of(200, 150, 120) });
    for (const png of said) {
      const colours = photoColours(await pngColours(png), 3);
      if (colours.type !== 'convertible') throw new Error(colours.type);
      expect([...colours.toSrgb(colour).data]).toEqual([209, 147, 115]);
    }
  });

  it('is uncalibrated where its coding is for television, or its lights are none', async () => {
    const hlg = await pngWith(['cICP', Uint8Array.of(9, 18, 0, 1)]);
    expect(await pngColours(hlg)).toEqual({ type: 'uncalibrated', name: 'cICP 9/18' });
    for (const data of [new Uint8Array(32), new Uint8Array(3)])
      expect(await pngColours(await pngWith(['cHRM', data]))).toMatchObject({ type: 'uncalibrated' });
  });
});
