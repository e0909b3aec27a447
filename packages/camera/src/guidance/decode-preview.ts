import { InputError, readJpegInfo, rgbImage, type RgbImage } from '@buergerkoffer/formats';
import { decode } from 'jpeg-js';
import type { PreviewFrame } from '../camera.js';

/** A live view has at most so many pixels, in millions. */
const MAX_MEGAPIXELS = 3;

/** The pixels of a frame. `InputError` `too-large` beyond 3 megapixels, `unsupported` for CMYK, `malformed` and `truncated`. */
export function decodePreview({ bytes }: Pick<PreviewFrame, 'bytes'>): RgbImage {
  const info = readJpegInfo(bytes);
  if (info.width * info.height > MAX_MEGAPIXELS * 1_000_000)
    throw new InputError('too-large', `a frame has at most ${MAX_MEGAPIXELS} megapixels`);
  if (info.components === 4) throw new InputError('unsupported', 'the frame is CMYK, RGB is read');
  try {
    const { width, height, data } = decode(bytes.subarray(0, info.byteLength), {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: MAX_MEGAPIXELS,
      maxMemoryUsageInMB: 128,
    });
    return rgbImage({ width, height, data });
  } catch (cause) {
    throw new InputError('malformed', 'the frame is no readable JPEG', { cause });
  }
}
