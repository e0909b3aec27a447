import type { DecodedImage } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { loadCodecs } from '../../../src/codecs/index.js';
import { JpegPixels } from '../../../src/photo/jpeg/jpeg-pixels.js';
import { hasSharedData, sharedFile } from '../../shared-data.js';
import { jpegWriter, SUBSAMPLINGS, waves, WITH_RESTARTS } from './made-jpeg.js';

vi.setConfig({ testTimeout: 60_000 });

const { jpeg } = loadCodecs();
const written = await jpegWriter();
const NAMES = Object.keys(SUBSAMPLINGS) as (keyof typeof SUBSAMPLINGS)[];

function opened(bytes: Uint8Array): JpegPixels {
  const pixels = JpegPixels.open(bytes);
  if (pixels === undefined) throw new Error('the JPEG was left to another decoder');
  return pixels;
}

function expectSame(ours: DecodedImage, theirs: DecodedImage): void {
  const { width, height, channels } = theirs;
  expect(ours).toMatchObject({ width, height, channels });
  expect(Buffer.compare(ours.data, theirs.data)).toBe(0);
}

/** The pixels of a rectangle, taken out of the whole picture. */
function cutOut(image: DecodedImage, left: number, top: number, width: number, height: number): Uint8Array {
  const { channels } = image;
  const data = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row += 1) {
    const from = ((top + row) * image.width + left) * channels;
    data.set(image.data.subarray(from, from + width * channels), row * width * channels);
  }
  return data;
}

describe('the pixels of a baseline JPEG', () => {
  it.each(NAMES.flatMap((name) => [30, 75, 92].map((quality) => [name, quality] as const)))(
    'are those of libjpeg-turbo, with %s at quality %d',
    async (name, quality) => {
      for (const [width, height] of [
        [33, 40],
        [97, 61],
        [130, 203],
      ] as const) {
        const bytes = written(waves(width, height), quality, name);
        expectSame(opened(bytes).whole(), await jpeg.decode(bytes));
      }
    },
  );

  it('are those of libjpeg-turbo, in grey', async () => {
    const bytes = await jpeg.encode(waves(97, 61, 1), 90);
    expectSame(opened(bytes).whole(), await jpeg.decode(bytes));
  });

  it('are those of libjpeg-turbo, with restart markers', async () => {
    expectSame(opened(WITH_RESTARTS).whole(), await jpeg.decode(WITH_RESTARTS));
  });

  it.skipIf(!hasSharedData)(
    'are those of libjpeg-turbo, as a camera wrote them (needs ../shared)',
    async () => {
      const bytes = sharedFile('photo/sim-two-faces.jpg');
      const [ours, theirs] = [opened(bytes).whole(), await jpeg.decode(bytes)];
      expect(Buffer.compare(ours.data, theirs.data)).toBe(0);
    },
  );
});

describe('a part of a JPEG', () => {
  it.each(NAMES)('is what the whole has there, with %s', (name) => {
    const pixels = opened(written(waves(97, 61), 80, name));
    const whole = pixels.whole();
    fc.assert(
      fc.property(fc.nat(96), fc.nat(60), fc.nat(96), fc.nat(60), (left, top, across, down) => {
        const width = Math.min(97 - left, 1 + across);
        const height = Math.min(61 - top, 1 + down);
        const part = pixels.part({ left, top, width, height });
        expect([part.width, part.height]).toEqual([width, height]);
        expect(Buffer.compare(part.data, cutOut(whole, left, top, width, height))).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('is the same whichever part was asked for before', () => {
    const pixels = opened(WITH_RESTARTS);
    const first = pixels.part({ left: 3, top: 1, width: 20, height: 9 });
    pixels.part({ left: 0, top: 20, width: 40, height: 4 });
    expect(pixels.part({ left: 3, top: 1, width: 20, height: 9 })).toEqual(first);
  });
});

describe('a JPEG made smaller', () => {
  it.each(NAMES.flatMap((name) => ([1, 2, 3, 4] as const).map((eighths) => [name, eighths] as const)))(
    'shows the same colours in the same places, with %s at %d eighths',
    (name, eighths) => {
      // A slope that no size folds.
      const image = waves(160, 80);
      for (let at = 0; at < image.data.length; at += 1)
        image.data[at] = ((Math.floor(at / 3) % 160) + (at % 3) * 40) & 255;
      const { data, width, height } = opened(written(image, 95, name)).reduced(eighths);
      expect([width, height]).toEqual([20 * eighths, 10 * eighths]);
      const off = data.map((value, at) => {
        const place = ((Math.floor(at / 3) % width) + 0.5) * (8 / eighths) - 0.5;
        return Math.abs(value - place - (at % 3) * 40);
      });
      expect(Math.max(...off)).toBeLessThan(4);
    },
  );
});

describe('a JPEG is left to another decoder', () => {
  it('when it is progressive', () => {
    expect(JpegPixels.open(written(waves(64, 48), 90, '4:2:0', true))).toBeUndefined();
  });

  it('when its data is cut off anywhere', () => {
    const bytes = written(waves(64, 48), 90, '4:2:0');
    for (let length = bytes.length - 3; length > 700; length -= 11) {
      const cut = Uint8Array.of(...bytes.subarray(0, length), 0xff, 0xd9);
      expect(JpegPixels.open(cut), `cut at ${length}`).toBeUndefined();
    }
  });

  it('or read as that one reads it, whatever is wrong with its data', async () => {
    const start = WITH_RESTARTS.findIndex((byte, at) => byte === 0xff && WITH_RESTARTS[at + 1] === 0xda) + 14;
    const place = fc.integer({ min: start, max: WITH_RESTARTS.length - 3 });
    await fc.assert(
      fc.asyncProperty(place, fc.nat(255), async (at, value) => {
        const bytes = WITH_RESTARTS.slice();
        bytes[at] = value;
        const pixels = JpegPixels.open(bytes);
        if (pixels !== undefined) expectSame(pixels.whole(), await jpeg.decode(bytes));
      }),
      { numRuns: 200 },
    );
  });
});
