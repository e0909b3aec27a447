import { encodePng, InputError, rgbImage } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { photoFromFile } from '../../src/index.js';
import { smallJpeg } from '../small-jpeg.js';

const JPEG = smallJpeg(64, 48);
const PNG = await encodePng(rgbImage({ width: 5, height: 4 }));
const SHARED = new URL('../../../../../shared/data/camera/photo/', import.meta.url);

async function failure(bytes: Uint8Array): Promise<unknown> {
  return photoFromFile(bytes).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a photo from a file', () => {
  it('keeps the bytes of a JPEG as they are', async () => {
    const photo = await photoFromFile(JPEG);
    expect(photo).toEqual({
      mediaType: 'image/jpeg',
      bytes: JPEG,
      widthPx: 64,
      heightPx: 48,
      orientation: 1,
    });
    expect(photo.bytes).toBe(JPEG);
  });

  it('can be a PNG', async () => {
    expect(await photoFromFile(PNG)).toMatchObject({ mediaType: 'image/png', widthPx: 5, heightPx: 4 });
  });

  it('is refused when a JPEG is cut off anywhere', async () => {
    for (let length = 2; length < JPEG.length; length++)
      expect(await failure(JPEG.subarray(0, length)), `cut at ${length}`).toBeInstanceOf(InputError);
  });

  it('is refused when the middle of a JPEG is missing', async () => {
    const half = JPEG.length >> 1;
    const gap = Uint8Array.of(...JPEG.subarray(0, half), ...JPEG.subarray(-2));
    expect(await failure(gap)).toMatchObject({ kind: 'input', code: 'malformed' });
  });

  it('is refused when a PNG is cut off or damaged', async () => {
    for (let length = 0; length < PNG.length; length++)
      expect(await failure(PNG.subarray(0, length)), `cut at ${length}`).toBeInstanceOf(InputError);
    expect(await failure(PNG.with(40, (PNG[40] ?? 0) ^ 1))).toBeInstanceOf(InputError);
  });

  it('is read or refused with an InputError, whatever the bytes are', async () => {
    const damage = fc.array(fc.tuple(fc.nat(JPEG.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(JPEG, PNG), damage, async (original, changes) => {
        const bytes = original.slice();
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const error = await photoFromFile(bytes, { maxMegapixels: 1 }).catch((reason: unknown) => reason);
        expect(error instanceof Error && !(error instanceof InputError)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when it is neither JPEG nor PNG', async () => {
    expect(await failure(new TextEncoder().encode('GIF89a and so on'))).toMatchObject({
      code: 'unsupported',
    });
    expect(await failure(new Uint8Array())).toMatchObject({ code: 'truncated' });
  });

  it('is refused before decoding when it is larger than allowed', async () => {
    await expect(photoFromFile(JPEG, { maxBytes: 100 })).rejects.toMatchObject({ code: 'too-large' });
    await expect(photoFromFile(JPEG, { maxMegapixels: 0.003 })).rejects.toMatchObject({ code: 'too-large' });
    await expect(photoFromFile(PNG, { maxMegapixels: 0.000_01 })).rejects.toMatchObject({
      code: 'too-large',
    });
    await expect(photoFromFile(JPEG, { maxMemoryMiB: 0.01 })).rejects.toMatchObject({ code: 'too-large' });
  });

  it('is refused when a small file claims a huge picture', async () => {
    const bomb = JPEG.slice();
    const frame = bomb.findIndex((byte, i) => byte === 0xff && bomb[i + 1] === 0xc0);
    bomb.set([0xff, 0xff, 0xff, 0xff], frame + 5);
    expect(await failure(bomb)).toMatchObject({ code: 'too-large' });
  });

  it('is refused when it is scanned again and again', async () => {
    const start = JPEG.findIndex((byte, i) => byte === 0xff && JPEG[i + 1] === 0xda);
    const scan = JPEG.subarray(start, -2);
    const scans = (count: number): Uint8Array =>
      Uint8Array.from(
        [JPEG.subarray(0, start), ...Array.from({ length: count }, () => scan), JPEG.subarray(-2)].flatMap(
          (part) => [...part],
        ),
      );
    expect(await failure(scans(2))).toBeUndefined();
    expect(await failure(scans(33))).toMatchObject({ code: 'too-large' });
  });

  it.skipIf(!existsSync(SHARED))(
    'reads what a camera wrote, with its orientation (needs ../shared)',
    async () => {
      const file = readFileSync(new URL('sim-12mp-orientation6.jpg', SHARED));
      const photo = await photoFromFile(new Uint8Array(file));
      expect(photo).toMatchObject({ mediaType: 'image/jpeg', orientation: 6 });
      expect(photo.widthPx * photo.heightPx).toBeGreaterThan(11_000_000);
    },
    30_000,
  );
});
