/** The parts that we use of @cornerstonejs/codec-libjpeg-turbo-8bit 1.2 and @cornerstonejs/codec-openjpeg 1.3. */

/** Starts a WebAssembly module; in Node it finds its binary itself, elsewhere it is given. */
export type ModuleFactory<M> = (options: {
  readonly wasmBinary?: BufferSource;
  readonly print?: (line: string) => void;
  readonly printErr?: (line: string) => void;
}) => Promise<M>;

/** Size and samples of an image. */
export interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned: boolean;
}

/** An object in the memory of the module, which is freed by hand. */
interface Handle {
  delete(): void;
}

/** Reads one image: bytes are put into the encoded buffer, pixels are taken from the decoded one. */
export interface Decoder extends Handle {
  getEncodedBuffer(length: number): Uint8Array;
  decode(): void;
  getFrameInfo(): FrameInfo;
  getDecodedBuffer(): Uint8Array | Uint8ClampedArray;
}

/** Writes one image: pixels are put into the decoded buffer, bytes are taken from the encoded one. */
export interface Encoder extends Handle {
  getDecodedBuffer(frame: FrameInfo): Uint8Array;
  encode(): void;
  getEncodedBuffer(): Uint8Array | Uint8ClampedArray;
}

/** libjpeg-turbo. */
export interface JpegModule {
  readonly JPEGDecoder: new () => Decoder;
  readonly JPEGEncoder: new () => Encoder & {
    /** 1 to 100. */
    setQuality(quality: number): void;
    setProgressive(progressive: 0 | 1): void;
    /** 0 is 4:4:4. */
    setSubSampling(subsampling: 0): void;
  };
}

/**
 * OpenJPEG. Lossy is the irreversible 9-7 wavelet, lossless the reversible 5-3; colour goes through the transform of
 * each.
 */
export interface Jpeg2000Module {
  readonly J2KDecoder: new () => Decoder;
  readonly J2KEncoder: new () => Encoder & {
    setDecompositions(levels: number): void;
    setQuality(lossless: boolean, layers: number): void;
    /** Raw bytes by bytes of the codestream; takes effect in lossy layers. */
    setCompressionRatio(layer: number, ratio: number): void;
    /** 0 is LRCP. */
    setProgressionOrder(order: 0): void;
  };
}
