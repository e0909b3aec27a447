import { decodePng, rgbImage, type RgbImage } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { loadCodecs } from '../../src/codecs/index.js';
import {
  CHIP_BYTES,
  chipPhoto,
  decodePhoto,
  encodeChip,
  halved,
  productionPhoto,
  readJp2,
  registerPhoto,
  type CroppedPhoto,
  type Jpeg2000Codec,
} from '../../src/photo/index.js';
import { drawnPerson, drawPortrait } from '../../src/simulator/index.js';
import { hasSharedData, sharedFile } from '../shared-data.js';

vi.setConfig({ testTimeout: 60_000 });

const codecs = loadCodecs();
const CROPPED: CroppedPhoto = {
  image: drawPortrait(drawnPerson(3)),
  frame: { centre: { x: 622, y: 800 }, heightPx: 1600, turnedDeg: 0 },
  operations: [{ operation: 'crop', centre: { x: 622, y: 800 }, widthPx: 1244, heightPx: 1600 }],
};

function psnr(a: Uint8Array, b: Uint8Array): number {
  const squares = a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / a.length));
}

function noise(): RgbImage {
  const data = Uint8Array.from({ length: 622 * 800 * 3 }, (_, at) => Math.imul(at + 1, 2_654_435_761) >>> 24);
  return rgbImage({ width: 622, height: 800, data });
}

describe('the files of a photo', () => {
  it('for the register: JPEG 4:4:4 of 1244 x 1600 that loses next to nothing', async () => {
    const file = await registerPhoto(CROPPED, codecs);
    const { photo, pixels } = await decodePhoto(file.bytes, codecs.jpeg);
    expect(photo).toMatchObject({ widthPx: 1244, heightPx: 1600, orientation: 1 });
    // Sampling factors 1 x 1 of all components in its frame header.
    const frame = file.bytes.findIndex((byte, at) => byte === 0xff && file.bytes[at + 1] === 0xc0);
    expect([11, 14, 17].map((at) => file.bytes[frame + at])).toEqual([0x11, 0x11, 0x11]);
    expect(psnr(pixels.image.data, CROPPED.image.data)).toBeGreaterThan(45);
    expect(file.operations.at(-1)).toMatchObject({
      operation: 'encode',
      format: 'jpeg',
      bytes: file.bytes.length,
    });
  });

  it('for production: JPEG 2000 of 622 x 800 that loses nothing, made from the pixels', async () => {
    const file = await productionPhoto(CROPPED, codecs);
    const jp2 = readJp2(file.bytes);
    expect(jp2).toMatchObject({ widthPx: 622, heightPx: 800, components: 3 });
    const { data } = await codecs.jpeg2000.decode(jp2.codestream);
    // toEqual of so many bytes takes longer than all else here.
    expect(Buffer.compare(data, halved(CROPPED.image).data)).toBe(0);
    expect(file.operations.map(({ operation }) => operation)).toEqual(['crop', 'scale', 'encode']);
  });

  it('for the chip: within its bytes in two encodes at most', async () => {
    const file = await chipPhoto(CROPPED, codecs);
    expect(file.bytes.length).toBeGreaterThanOrEqual(CHIP_BYTES.min);
    expect(file.bytes.length).toBeLessThanOrEqual(CHIP_BYTES.max);
    expect(file.encodes).toBeLessThanOrEqual(2);
    expect(file.paddedBytes).toBe(0);
    expect(readJp2(file.bytes)).toMatchObject({ widthPx: 622, heightPx: 800 });
  });

  it.each([
    ['noise', noise()],
    ['one grey', rgbImage({ width: 622, height: 800 })],
  ])('for the chip: within its bytes even for %s', async (_, image) => {
    const { bytes, encodes } = await encodeChip(image, codecs.jpeg2000);
    expect(bytes.length).toBeGreaterThanOrEqual(CHIP_BYTES.min);
    expect(bytes.length).toBeLessThanOrEqual(CHIP_BYTES.max);
    expect(encodes).toBeLessThanOrEqual(2);
    const { data } = await codecs.jpeg2000.decode(readJp2(bytes).codestream);
    expect(data).toHaveLength(image.data.length);
  });

  it('for the chip: refused when a codec keeps to no size', async () => {
    const stubborn: Jpeg2000Codec = {
      ...codecs.jpeg2000,
      encode: (image) => codecs.jpeg2000.encode(image, { type: 'lossless' }),
    };
    await expect(encodeChip(noise(), stubborn)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('are refused for other sizes', async () => {
    const small = rgbImage({ width: 60, height: 80 });
    expect(() => halved(small)).toThrow('is halved');
    await expect(encodeChip(small, codecs.jpeg2000)).rejects.toMatchObject({ code: 'out-of-range' });
  });

  it.skipIf(!hasSharedData)(
    'for the chip: at least 41.2 dB on the portrait of the data (needs ../shared)',
    async () => {
      const image = await decodePng(sharedFile('iso19794/face-622x800.png'));
      const { bytes, encodes } = await encodeChip(image, codecs.jpeg2000);
      const { data } = await codecs.jpeg2000.decode(readJp2(bytes).codestream);
      expect(encodes).toBe(1);
      expect(psnr(data, image.data)).toBeGreaterThan(41.2);
    },
  );
});
