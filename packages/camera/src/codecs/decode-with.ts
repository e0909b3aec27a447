import { greyImage, InputError, rgbImage, type DecodedImage } from '@buergerkoffer/formats';
import type { Decoder } from './modules.js';

/** The pixels that `decoder` makes of `bytes`, in memory of their own; the decoder is freed. */
export function decodeWith(decoder: Decoder, bytes: Uint8Array): DecodedImage {
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const { width, height, componentCount, bitsPerSample } = decoder.getFrameInfo();
    if (bitsPerSample !== 8 || (componentCount !== 1 && componentCount !== 3))
      throw new InputError(
        'unsupported',
        `${componentCount} components of ${bitsPerSample} bits; 1 or 3 of 8 bits are read`,
      );
    const fields = { width, height, data: new Uint8Array(decoder.getDecodedBuffer()) };
    return componentCount === 3 ? rgbImage(fields) : greyImage(fields);
  } finally {
    decoder.delete();
  }
}
