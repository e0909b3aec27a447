import factory from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs';
import type { JpegCodec } from '../photo/codecs.js';
import { decodeWith } from './decode-with.js';
import { frameOf } from './frame-of.js';
import { keepModule } from './keep-module.js';
import type { JpegModule } from './modules.js';

const DAMAGED = {
  message: 'the image data of the JPEG is damaged',
  remedy: 'copy the photo from the camera again, or take it again',
};
const NOT_ENCODED = {
  message: 'the image cannot be written as JPEG',
  remedy: 'give 8-bit grey or RGB pixels',
};

/** JPEG by libjpeg-turbo in WebAssembly. Warnings of the decoder count as damage. */
export function turboJpegCodec(wasmBinary?: BufferSource): JpegCodec {
  const withModule = keepModule<JpegModule>(factory, wasmBinary);
  return {
    decode: (bytes) => withModule(DAMAGED, (module) => decodeWith(new module.JPEGDecoder(), bytes)),
    encode: (image, quality) =>
      withModule(NOT_ENCODED, (module) => {
        const encoder = new module.JPEGEncoder();
        try {
          encoder.getDecodedBuffer(frameOf(image)).set(image.data);
          encoder.setQuality(quality);
          encoder.setProgressive(0);
          encoder.setSubSampling(0);
          encoder.encode();
          return new Uint8Array(encoder.getEncodedBuffer());
        } finally {
          encoder.delete();
        }
      }),
  };
}
