import type { DecodedImage } from '@buergerkoffer/formats';

/** Reads and writes JPEG (ITU-T T.81), 8 bits per sample. */
export interface JpegCodec {
  /** The stored pixels; `bytes` end with the EOI. Image data that is damaged is `InputError('malformed')`. */
  decode(bytes: Uint8Array): Promise<DecodedImage>;
  /** A baseline JPEG without chroma subsampling (4:4:4); `quality` is 1 to 100. */
  encode(image: DecodedImage, quality: number): Promise<Uint8Array>;
}

/** How much a JPEG 2000 codestream may lose. */
export type Jpeg2000Loss =
  /** Nothing: reversible 5-3 wavelet. */
  | { readonly type: 'lossless' }
  /** As little as `maxBytes` of codestream allow: irreversible 9-7 wavelet with a colour transform, one layer. */
  | { readonly type: 'lossy'; readonly maxBytes: number };

/** Reads and writes JPEG 2000 codestreams (ITU-T T.800), 8 bits per sample. */
export interface Jpeg2000Codec {
  /** A codestream from SOC (FF4F) to EOC, without the boxes of a JP2 file. */
  encode(image: DecodedImage, loss: Jpeg2000Loss): Promise<Uint8Array>;
  /** The pixels of a codestream of 1 or 3 components; one that cannot be read is `InputError('malformed')`. */
  decode(codestream: Uint8Array): Promise<DecodedImage>;
}

/** The codecs that photos need; `loadCodecs` of `@buergerkoffer/camera/codecs` has them in WebAssembly. */
export interface ImageCodecs {
  readonly jpeg: JpegCodec;
  readonly jpeg2000: Jpeg2000Codec;
}
