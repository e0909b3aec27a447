import fc from 'fast-check';
import { ByteWriter } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { readPhotoExif } from '@buergerkoffer/camera';
import { smallJpeg } from './small-jpeg.js';
import { recordingsAbsent, sharedFile } from './support/shared-data.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** A JPEG whose Exif says when and how it was taken (TIFF, big-endian, one IFD and its Exif IFD). */
function taken(date = '2026:11:20 14:03:22', exposure: readonly [number, number] = [1, 125]): Uint8Array {
  const tiff = new ByteWriter('big').ascii('MM').u16(42).u32(8);
  tiff.u16(1).u16(0x8769).u16(4).u32(1).u32(26).u32(0);
  // The Exif IFD at 26: three entries, its values at 68.
  tiff.u16(3);
  tiff.u16(0x829a).u16(5).u32(1).u32(68);
  tiff.u16(0x8827).u16(3).u32(1).u16(400).u16(0);
  tiff.u16(0x9003).u16(2).u32(20).u32(76).u32(0);
  tiff.u32(exposure[0]).u32(exposure[1]).ascii(date).u8(0);
  const exif = tiff.toBytes();
  const picture = smallJpeg(24, 16);
  return new ByteWriter('big')
    .bytes(picture.subarray(0, 2))
    .u16(0xffe1)
    .u16(2 + 6 + exif.length)
    .ascii('Exif')
    .u16(0)
    .bytes(exif)
    .bytes(picture.subarray(2))
    .toBytes();
}

describe('the Exif of a photo', () => {
  it('tells exposure, speed and time', async () => {
    expect(await readPhotoExif(taken())).toEqual({
      exposureTimeS: 1 / 125,
      isoSpeed: 400,
      takenAt: '2026-11-20T14:03:22',
    });
  });

  it('leaves out what makes no sense', async () => {
    expect(await readPhotoExif(taken('0000:00:00 00:00:00', [0, 1]))).toEqual({ isoSpeed: 400 });
    expect(await readPhotoExif(taken('2026:13:45 14:03:22', [1, 0]))).toEqual({ isoSpeed: 400 });
    expect(await readPhotoExif(smallJpeg(24, 16))).toEqual({});
    expect(await readPhotoExif(new Uint8Array(0))).toEqual({});
  });

  it('with any byte changed is read, and never fails', async () => {
    const whole = taken();
    await fc.assert(
      fc.asyncProperty(fc.nat(130), fc.integer({ min: 0, max: 255 }), async (at, value) => {
        const changed = whole.slice();
        changed[at] = value;
        expect(typeof (await readPhotoExif(changed))).toBe('object');
      }),
      { numRuns: 200 },
    );
  });

  it.skipIf(recordingsAbsent)('of a frame of twelve megapixels tells the lens too', async () => {
    const exif = await readPhotoExif(sharedFile('photo/sim-12mp-orientation6.jpg'));
    expect(Object.keys(exif)).toEqual(
      expect.arrayContaining([
        'exposureTimeS',
        'fNumber',
        'focalLengthMm',
        'isoSpeed',
        'lensModel',
        'takenAt',
      ]) as string[],
    );
    expect(exif.takenAt).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  });
});
