import { greyImage, InputError, type DecodeLimits, type GreyImage } from '@buergerkoffer/formats';
import { decodeWsq } from '../wsq/decode-wsq.js';
import type { FingerView } from './finger-view.js';

/**
 * The pixels of an image of a record: WSQ, or uncompressed with 8 bits. Other compressions are
 * `InputError('unsupported')`: take `data` to a decoder of your own. An image whose size is not the one that
 * the record states is `malformed`. `resolutionPpi` is the record's horizontal one.
 */
export function decodeFingerImage(view: FingerView, limits: DecodeLimits = {}): GreyImage {
  const { width, height, offset } = view;
  const data = pixelsOf(view, limits);
  if (data.length === 0 || width === 0 || height === 0) {
    throw new InputError('malformed', 'the record has no image', { offset });
  }
  const [resolutionPpi] = view.imagePpi;
  return greyImage({ width, height, data, ...(resolutionPpi > 0 ? { resolutionPpi } : {}) });
}

function pixelsOf(
  { compression, bitDepth, data, width, height, offset }: FingerView,
  limits: DecodeLimits,
): Uint8Array {
  if (bitDepth !== 8) {
    throw new InputError('unsupported', `images of 8 bits per pixel are decoded, not of ${bitDepth}`, {
      offset,
    });
  }
  switch (compression) {
    case 'none':
    case 'bit-packed':
      if (data.length !== width * height) {
        throw new InputError('malformed', `${width} x ${height} pixels are not ${data.length} bytes`, {
          offset,
        });
      }
      return data.slice();
    case 'wsq': {
      const image = inRecord(offset, () => decodeWsq(data, limits));
      if (image.width !== width || image.height !== height) {
        throw new InputError('malformed', 'the image has another size than the record states', { offset });
      }
      return image.data;
    }
    case 'jpeg':
    case 'jpeg-2000':
    case 'jpeg-2000-lossless':
    case 'png':
      throw new InputError('unsupported', `${compression} images are not decoded here`, {
        offset,
        remedy: 'decode the data of the view with a decoder of its format',
      });
    default:
      return compression satisfies never;
  }
}

/** Errors of `work` with their offset counted from the start of the record. */
function inRecord<T>(offset: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { code, message, remedy } = error;
    throw new InputError(code, message, { remedy, offset: offset + (error.offset ?? 0), cause: error });
  }
}
