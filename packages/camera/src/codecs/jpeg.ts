import factory from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs';
import { InputError, type DecodedImage } from '@buergerkoffer/formats';
import type { JpegCodec } from '../photo/codecs.js';
import { readJpegFrame } from '../photo/jpeg/frame.js';
import { pureJpegCodec } from '../photo/pure-jpeg.js';
import { decodeWith } from './decode-with.js';
import { frameOf } from './frame-of.js';
import { keepModule } from './keep-module.js';
import type { JpegModule } from './modules.js';

const DAMAGED = {
  message: 'the image data of the JPEG is damaged',
  remedy: 'copy the photo from the camera again, or take it again',
};
const NAMED_SAMPLINGS = new Set(['1x1', '2x1', '1x2', '2x2', '4x1', '1x4']);
const NOT_ENCODED = {
  message: 'the image cannot be written as JPEG',
  remedy: 'give 8-bit grey or RGB pixels',
};

/**
 * JPEG by libjpeg-turbo in WebAssembly. Warnings of the decoder count as damage. What its interface has no name for, such as 4:1:0,
 * goes to the slow decoder.
 */
export function turboJpegCodec(wasmBinary?: BufferSource): JpegCodec {
  const withModule = keepModule<JpegModule>(factory, wasmBinary);
  const pure = pureJpegCodec();
  return {
    decode: (bytes) =>
      hasNamedSampling(bytes)
        ? withModule(DAMAGED, (module) => decodeWith(new module.JPEGDecoder(), bytes))
        : pure.decode(bytes),
    encode: async (image, quality) => {
      try {
        return await withModule(NOT_ENCODED, (module) => encodeWith(module, image, quality));
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        return pure.encode(image, quality);
      }
    },
  };
}

/**
 * The module gives its encoder as many bytes as there are samples and does not look whether it keeps to them (version
 * 1.2.8): a photo needs a tenth of that, noise or a picture of a few pixels more. What traps or comes out longer is
 * refused.
 */
function encodeWith(module: JpegModule, image: DecodedImage, quality: number): Uint8Array {
  const encoder = new module.JPEGEncoder();
  encoder.getDecodedBuffer(frameOf(image)).set(image.data);
  encoder.setQuality(quality);
  encoder.setProgressive(0);
  encoder.setSubSampling(0);
  encoder.encode();
  const bytes = new Uint8Array(encoder.getEncodedBuffer());
  encoder.delete();
  if (bytes.length > image.data.length)
    throw new InputError('too-large', 'the JPEG is longer than its pixels');
  return bytes;
}

/** Whether TurboJPEG has a name for how many samples of colour there are: 4:4:4, 4:2:2, 4:4:0, 4:2:0, 4:1:1 or 4:4:1. */
function hasNamedSampling(bytes: Uint8Array): boolean {
  const [luma, ...colours] = readJpegFrame(bytes)?.components ?? [];
  if (luma === undefined || colours.length === 0) return true;
  const areSingle = colours.every(({ across, down }) => across === 1 && down === 1);
  return areSingle && NAMED_SAMPLINGS.has(`${luma.across}x${luma.down}`);
}
