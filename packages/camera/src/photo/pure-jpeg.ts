import { InputError, rgbImage, type DecodedImage } from '@buergerkoffer/formats';
import { decode } from 'jpeg-js';
import type { JpegCodec } from './codecs.js';
import { asRgb } from './as-rgb.js';
import { encodeJpeg } from './encode-jpeg.js';
import { readJpegFrame } from './jpeg/frame.js';
import { DEFAULT_LIMITS, type PhotoLimits } from './limits.js';

/** JPEG without WebAssembly: the same everywhere, about ten times as slow. `limits` bound what decoding may take. */
export function pureJpegCodec(limits: PhotoLimits = {}): JpegCodec {
  return {
    decode: (bytes) => Promise.resolve().then(() => decodeJpeg(bytes, limits)),
    encode: (image, quality) => Promise.resolve().then(() => encodeJpeg(asRgb(image), quality)),
  };
}

/** The pixels of a JPEG; what the decoder says about a damaged file becomes the reason of an `InputError`. */
export function decodeJpeg(bytes: Uint8Array, limits: PhotoLimits = {}): DecodedImage {
  try {
    const { width, height, data } = decode(bytes, {
      // The decoder follows Adobe's word where that is YCbCr, and this where it is RGB.
      ...(readJpegFrame(bytes)?.isRgb === true ? { colorTransform: false } : {}),
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: limits.maxMegapixels ?? DEFAULT_LIMITS.maxMegapixels,
      maxMemoryUsageInMB: limits.maxMemoryMiB ?? DEFAULT_LIMITS.maxMemoryMiB,
    });
    return rgbImage({ width, height, data });
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    const reason = cause instanceof Error ? cause.message : 'unknown';
    if (reason.startsWith('max'))
      throw new InputError('too-large', `the JPEG needs too much memory: ${reason}`, { cause });
    throw new InputError('malformed', `the image data of the JPEG is damaged: ${reason}`, {
      cause,
      remedy: 'copy the photo from the camera again, or take it again',
    });
  }
}
