import type { GreyImage, RgbImage } from '@buergerkoffer/formats';
import type { readBarcodes } from 'zxing-wasm/reader';
import type { SymbolReader } from './symbol-reader.js';

/** Symbols on one image that are read at most. */
const MAX_SYMBOLS = 8;

/** Reads symbols with ZXing-C++, whose module the caller has loaded. */
export function zxingSymbols(read: typeof readBarcodes): SymbolReader {
  return {
    async read(image) {
      const found = await read(new ImageLike(image), {
        formats: ['DataMatrix'],
        tryHarder: true,
        tryRotate: true,
        tryInvert: true,
        tryDownscale: true,
        maxNumberOfSymbols: MAX_SYMBOLS,
      });
      return found.filter(({ isValid }) => isValid).map(({ text }) => text);
    },
  };
}

/** Pixels as the `ImageData` of browsers, which Node lacks: RGB and full opacity. */
class ImageLike implements ImageData {
  readonly colorSpace = 'srgb';
  readonly pixelFormat = 'rgba-unorm8';
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;

  constructor(image: GreyImage | RgbImage) {
    this.width = image.width;
    this.height = image.height;
    const channels = image.channels ?? 1;
    this.data = new Uint8ClampedArray(image.width * image.height * 4).fill(255);
    for (let pixel = 0, to = 0; to < this.data.length; pixel++, to += 4) {
      const from = pixel * channels;
      for (let channel = 0; channel < 3; channel++) {
        this.data[to + channel] = image.data[from + (channels === 3 ? channel : 0)] ?? 0;
      }
    }
  }
}
