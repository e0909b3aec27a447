import { encodePng, rgbImage } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { loadCodecs } from '../../../src/codecs/index.js';
import { encodeJpeg } from '../../../src/photo/encode-jpeg.js';
import {
  assessPhoto,
  cutPhoto,
  decodePhoto,
  describeColours,
  reducedUpright,
  registerPhoto,
  uprightImage,
  type CropFrame,
} from '../../../src/photo/index.js';
import { readPhotoExif } from '../../../src/index.js';
import exifr from 'exifr';
import { displayP3, madeProfile, nameTag, withProfile } from './made-profile.js';

vi.setConfig({ testTimeout: 60_000 });

const { jpeg } = loadCodecs();
const WIDTH = 1300;
const HEIGHT = 1700;
/** A slow ramp of skin colours: no two rows or columns alike, nothing that a JPEG would lose. */
const RAMP = rgbImage({
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, at) => {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)];
    return [90 + x / 10, 70 + y / 17, 60 + (x + y) / 40][channel] ?? 0;
  }),
});
const PLAIN = encodeJpeg(RAMP, 95);
const FRAME: CropFrame = { centre: { x: 650, y: 850 }, heightPx: 1620, turnedDeg: 0 };

/** The pixels that a photo of this file shows where it is cut out. */
async function cutFrom(file: Uint8Array): Promise<ReturnType<typeof cutPhoto>> {
  return cutPhoto((await decodePhoto(file, jpeg)).pixels, FRAME);
}

describe('a photo in Display P3', () => {
  it('is cut out in sRGB, and that stands among what was done', async () => {
    const p3 = await decodePhoto(withProfile(PLAIN, displayP3()), jpeg);
    const { colours } = p3.pixels;
    if (colours.type !== 'convertible') throw new Error(colours.type);
    const plain = await cutFrom(PLAIN);
    const { image, operations, unknownColours } = cutPhoto(p3.pixels, FRAME);
    expect(Buffer.compare(image.data, colours.toSrgb(plain.image).data)).toBe(0);
    expect(Buffer.compare(image.data, plain.image.data)).not.toBe(0);
    expect(unknownColours).toBeUndefined();
    expect(operations.map(({ operation }) => operation)).toEqual(['crop', 'scale', 'convert-colours']);
    expect(operations.at(-1)).toMatchObject({ from: 'Display P3', to: 'sRGB' });
    expect(plain.operations.map(({ operation }) => operation)).toEqual(['crop', 'scale']);
  });

  it('is shown in sRGB, whole and reduced', async () => {
    const { pixels } = await decodePhoto(withProfile(PLAIN, displayP3()), jpeg);
    const { colours } = pixels;
    if (colours.type !== 'convertible') throw new Error(colours.type);
    const plain = (await decodePhoto(PLAIN, jpeg)).pixels;
    const whole = colours.toSrgb(uprightImage(plain));
    expect(Buffer.compare(uprightImage(pixels).data, whole.data)).toBe(0);
    const reduced = colours.toSrgb(reducedUpright(plain, 400).image);
    expect(Buffer.compare(reducedUpright(pixels, 400).image.data, reduced.data)).toBe(0);
  });

  it('gives a register file that says sRGB', async () => {
    const { bytes } = await registerPhoto(await cutFrom(withProfile(PLAIN, displayP3())), { jpeg });
    expect(await exifr.parse(bytes, { pick: ['ColorSpace'] })).toEqual({ ColorSpace: 1 });
    expect(await readPhotoExif(bytes)).toEqual({});
    const { photo, pixels } = await decodePhoto(bytes, jpeg);
    expect(photo).toMatchObject({ widthPx: 1244, heightPx: 1600, orientation: 1 });
    expect(pixels.colours).toEqual({ type: 'srgb' });
  });
});

describe('a photo in colours that nobody knows', () => {
  const strange = withProfile(PLAIN, madeProfile([['desc', nameTag('Press')]], 'CMYK', 'Lab '));

  it('stays as it is, says so, and is not sRGB by 7.5', async () => {
    const cropped = await cutFrom(strange);
    const { unknownColours } = cropped;
    if (unknownColours === undefined) throw new Error('the colours are known');
    expect(describeColours(unknownColours).message).toContain('Press');
    expect(Buffer.compare(cropped.image.data, (await cutFrom(PLAIN)).image.data)).toBe(0);
    const verdict = (unknown: object): string | undefined =>
      assessPhoto(cropped.image, unknown).criteria.find(({ id }) => id === '7.5')?.verdict;
    expect(verdict({ unknownColours })).toBe('nok');
    expect(verdict({})).toBe('ok');
  });

  it('gives a register file that says nothing of them', async () => {
    const { bytes } = await registerPhoto(await cutFrom(strange), { jpeg });
    expect(await exifr.parse(bytes, { pick: ['ColorSpace'] })).toBeUndefined();
  });
});

describe('a photo without a word on its colours', () => {
  it('counts as sRGB, a PNG as well as a JPEG', async () => {
    for (const file of [PLAIN, await encodePng(rgbImage({ width: 9, height: 9 }))])
      expect((await decodePhoto(file, jpeg)).pixels.colours).toEqual({ type: 'srgb' });
  });
});
