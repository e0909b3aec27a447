import type { RgbImage } from '@buergerkoffer/formats';
import { encode } from 'jpeg-js';

/**
 * The image as a baseline JPEG of `quality` 1 to 100, in memory of its own. For pictures made here, never for a
 * photo.
 */
export function encodeJpeg(image: RgbImage, quality: number): Uint8Array {
  const { width, height } = image;
  const data = new Uint8Array(width * height * 4);
  for (let from = 0, to = 0; from < image.data.length; from += 3, to += 4) {
    data[to] = image.data[from] ?? 0;
    data[to + 1] = image.data[from + 1] ?? 0;
    data[to + 2] = image.data[from + 2] ?? 0;
    data[to + 3] = 255;
  }
  // A Buffer in Node, whose type this package does not know.
  const encoded: unknown = encode({ width, height, data }, quality).data;
  if (!(encoded instanceof Uint8Array)) throw new TypeError('the JPEG encoder gave no bytes');
  return new Uint8Array(encoded);
}
