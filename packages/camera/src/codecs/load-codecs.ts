import type { ImageCodecs } from '../photo/codecs.js';
import { turboJpegCodec } from './jpeg.js';
import { openJpegCodec } from './jpeg2000.js';

/**
 * The WebAssembly of the codecs: `@cornerstonejs/codec-libjpeg-turbo-8bit/wasm` and
 * `@cornerstonejs/codec-openjpeg/wasm`. Node finds both itself; a browser app serves them and gives their bytes.
 */
export interface CodecBinaries {
  readonly jpeg?: BufferSource;
  readonly jpeg2000?: BufferSource;
}

/**
 * JPEG and JPEG 2000 in WebAssembly, in Node and browsers, also in a worker. Each module starts when it is first used
 * and stays; work in it is synchronous, so move large photos to a worker where a user interface must not stop.
 */
export function loadCodecs(binaries: CodecBinaries = {}): ImageCodecs {
  return { jpeg: turboJpegCodec(binaries.jpeg), jpeg2000: openJpegCodec(binaries.jpeg2000) };
}
