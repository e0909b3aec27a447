import { InputError, type DecodedImage } from '@buergerkoffer/formats';
import { declareSrgb } from './colour/declare-srgb.js';
import type { ImageCodecs } from './codecs.js';
import { CROP_SIZE } from './crop-frame.js';
import type { CroppedPhoto } from './cut-photo.js';
import { writeJp2 } from './jp2.js';
import type { ImageOperation } from './operation.js';
import { resample } from './resample.js';

/** Size of the picture for production and chip: half of the digital photo each way. */
export const DOCUMENT_SIZE = { widthPx: CROP_SIZE.widthPx / 2, heightPx: CROP_SIZE.heightPx / 2 } as const;

/** A file that was made of a photo. */
export interface PhotoFile {
  readonly mediaType: 'image/jpeg' | 'image/jp2';
  readonly bytes: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** All that was done from the camera's file to this one, in this order. */
  readonly operations: readonly ImageOperation[];
}

/**
 * The picture for the register: JPEG of 1244 x 1600, highest quality, no subsampling (BSI TR-03121-3 Vol. 2 v6.0,
 * 5.12.4, 5.12.6). Its Exif says sRGB, where that is known, and nothing else.
 */
export async function registerPhoto(
  cropped: CroppedPhoto,
  { jpeg }: Pick<ImageCodecs, 'jpeg'>,
): Promise<PhotoFile> {
  const encoded = await jpeg.encode(cropped.image, 100);
  const bytes = cropped.unknownColours === undefined ? declareSrgb(encoded) : encoded;
  return {
    mediaType: 'image/jpeg',
    bytes,
    widthPx: cropped.image.width,
    heightPx: cropped.image.height,
    operations: [
      ...cropped.operations,
      { operation: 'encode', format: 'jpeg', bytes: bytes.length, setting: 'quality 100, 4:4:4' },
    ],
  };
}

/**
 * The picture for production: JPEG 2000 of 622 x 800, lossless (BSI TR-03121-3 Vol. 2 v6.0, 5.12.5: least
 * compression). It is made from the pixels, never from the register's JPEG: there is one lossy compression only, the
 * camera's (5.6.1).
 */
export async function productionPhoto(
  cropped: CroppedPhoto,
  { jpeg2000 }: Pick<ImageCodecs, 'jpeg2000'>,
): Promise<PhotoFile> {
  const image = halved(cropped.image);
  const bytes = writeJp2(await jpeg2000.encode(image, { type: 'lossless' }));
  return {
    mediaType: 'image/jp2',
    bytes,
    widthPx: image.width,
    heightPx: image.height,
    operations: [
      ...cropped.operations,
      halving(),
      { operation: 'encode', format: 'jpeg2000', bytes: bytes.length, setting: 'lossless, 5-3 wavelet' },
    ],
  };
}

/** The digital photo at half its size each way, 622 x 800; another size is `InputError('out-of-range')`. */
export function halved(image: DecodedImage): DecodedImage {
  if (image.width !== CROP_SIZE.widthPx || image.height !== CROP_SIZE.heightPx)
    throw new InputError(
      'out-of-range',
      `a picture of ${CROP_SIZE.widthPx} x ${CROP_SIZE.heightPx} is halved`,
      {
        path: 'image',
      },
    );
  const map = { a: 2, b: 0, c: 0, d: 0, e: 2, f: 0 };
  return resample(image, map, DOCUMENT_SIZE.widthPx, DOCUMENT_SIZE.heightPx);
}

/** What halving does, for the list of operations. */
export function halving(): ImageOperation {
  return { operation: 'scale', factor: 0.5, filter: 'lanczos-3', ...DOCUMENT_SIZE };
}
