import { rgbImage } from '@buergerkoffer/formats';
import { encodeJpeg } from '../src/photo/encode-jpeg.js';

/** A JPEG of a colour ramp: small, and no two rows of it are equal. */
export function smallJpeg(width: number, height: number): Uint8Array {
  const data = Uint8Array.from(
    { length: width * height * 3 },
    (_, i) => (i * 7 + ((i / width) | 0) * 13) & 0xff,
  );
  return encodeJpeg(rgbImage({ width, height, data }), 90);
}
