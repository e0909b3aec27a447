import factory from '@cornerstonejs/codec-openjpeg/wasmjs';
import type { Jpeg2000Codec } from '../photo/codecs.js';
import { decodeWith } from './decode-with.js';
import { frameOf } from './frame-of.js';
import { keepModule } from './keep-module.js';
import type { Jpeg2000Module } from './modules.js';

/** Levels of the wavelet; more or fewer change the quality of a 622 x 800 photo by less than 0.02 dB. */
const LEVELS = 5;

const DAMAGED = { message: 'the JPEG 2000 data is damaged', remedy: 'transfer the file again' };
const NOT_ENCODED = {
  message: 'the image cannot be written as JPEG 2000',
  remedy: 'give 8-bit grey or RGB pixels',
};

/** JPEG 2000 by OpenJPEG in WebAssembly: one tile, one layer, code blocks of 64 x 64. */
export function openJpegCodec(wasmBinary?: BufferSource): Jpeg2000Codec {
  const withModule = keepModule<Jpeg2000Module>(factory, wasmBinary);
  return {
    decode: (codestream) => withModule(DAMAGED, (module) => decodeWith(new module.J2KDecoder(), codestream)),
    encode: (image, loss) =>
      withModule(NOT_ENCODED, (module) => {
        const encoder = new module.J2KEncoder();
        try {
          // Pixels first: the encoder sizes its buffers by them.
          encoder.getDecodedBuffer(frameOf(image)).set(image.data);
          encoder.setDecompositions(LEVELS);
          encoder.setProgressionOrder(0);
          encoder.setQuality(loss.type === 'lossless', 1);
          encoder.setCompressionRatio(0, loss.type === 'lossless' ? 1 : image.data.length / loss.maxBytes);
          encoder.encode();
          return new Uint8Array(encoder.getEncodedBuffer());
        } finally {
          encoder.delete();
        }
      }),
  };
}
