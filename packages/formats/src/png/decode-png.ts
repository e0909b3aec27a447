import { InputError } from '../error.js';
import { greyImage, rgbImage, type DecodedImage, type DecodeLimits } from '../image.js';
import { readPngChunks, type PngChunks, type PngColourType } from './chunks.js';
import { unfilter } from './filters.js';
import { passesOf, type PngPass } from './passes.js';
import { inflateExactly } from './zlib.js';

const SAMPLES: Readonly<Record<PngColourType, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Decodes a PNG (ISO/IEC 15948): all colour types, bit depths and interlacing, every CRC proved.
 *
 * Grey types give one channel, colour and palette three. Samples become 0..255 as `round(v * 255 / max)`. What is
 * transparent (alpha, tRNS) is laid on white; gamma and colour profiles are ignored. `pHYs` gives the
 * resolution. What inflates to more than the header announces is stopped there; errors are `InputError` with offset.
 */
export async function decodePng(bytes: Uint8Array, limits: DecodeLimits = {}): Promise<DecodedImage> {
  const chunks = readPngChunks(bytes, limits.maxPixels);
  const { width, height, bitDepth, colourType, isInterlaced } = chunks.header;
  const bitsPerPixel = SAMPLES[colourType] * bitDepth;
  const { passes, length } = passesOf(width, height, bitsPerPixel, isInterlaced);
  const inflated = await inflateExactly(chunks.compressed, length, chunks.compressedAt);
  const isGrey = colourType === 0 || colourType === 4;
  const data = new Uint8Array(width * height * (isGrey ? 1 : 3));
  for (const pass of passes) {
    unfilter(inflated, pass.start, pass.height, pass.rowBytes, Math.max(1, bitsPerPixel >> 3));
    placePass(inflated, pass, chunks, data);
  }
  const fields = { width, height, data, resolutionPpi: chunks.resolutionPpi };
  return isGrey ? greyImage(fields) : rgbImage(fields);
}

function placePass(inflated: Uint8Array, pass: PngPass, chunks: PngChunks, data: Uint8Array): void {
  const { header, transparency } = chunks;
  const pixel = pixelWriter(chunks);
  const channels = header.colourType === 0 || header.colourType === 4 ? 1 : 3;
  // Grey and RGB of 8 bits already lie as they are wanted.
  const isPlain =
    header.bitDepth === 8 && header.colourType <= 2 && pass.stepX === 1 && transparency === undefined;
  for (let row = 0; row < pass.height; row += 1) {
    const line = pass.start + row * (pass.rowBytes + 1) + 1;
    const scanline = inflated.subarray(line, line + pass.rowBytes);
    const first = (pass.y + row * pass.stepY) * header.width + pass.x;
    if (isPlain) {
      data.set(scanline, first * channels);
      continue;
    }
    for (let column = 0; column < pass.width; column += 1) {
      pixel(scanline, column, data, (first + column * pass.stepX) * channels);
    }
  }
}

/** Writes pixel `column` of a scanline to `data` from `at` on. */
type PixelWriter = (scanline: Uint8Array, column: number, data: Uint8Array, at: number) => void;

function pixelWriter({ header, palette, transparency }: PngChunks): PixelWriter {
  const sample = sampleReader(header.bitDepth);
  const max = 2 ** header.bitDepth - 1;
  const eightBit = (value: number): number =>
    max === 255 ? value : Math.floor((value * 510 + max) / (2 * max));
  const onWhite = (value: number, alpha: number): number =>
    eightBit(Math.round((value * alpha + max * (max - alpha)) / max));
  switch (header.colourType) {
    case 0:
    case 2: {
      const channels = header.colourType === 0 ? 1 : 3;
      const clear = transparency === undefined ? [] : sixteenBit(transparency);
      return (line, column, data, at) => {
        let isClear = clear.length > 0;
        for (let channel = 0; channel < channels; channel += 1) {
          const value = sample(line, channels * column + channel);
          data[at + channel] = eightBit(value);
          isClear &&= value === clear[channel];
        }
        if (isClear) data.fill(255, at, at + channels);
      };
    }
    case 3: {
      const colours = palette === undefined ? undefined : paletteOnWhite(palette, transparency);
      return (line, column, data, at) => {
        const entry = 3 * sample(line, column);
        if (colours === undefined || entry >= colours.length) {
          throw new InputError('out-of-range', 'a pixel names a colour that the palette lacks', {
            path: 'IDAT',
          });
        }
        for (let channel = 0; channel < 3; channel += 1) data[at + channel] = colours[entry + channel] ?? 0;
      };
    }
    case 4:
      return (line, column, data, at) => {
        data[at] = onWhite(sample(line, 2 * column), sample(line, 2 * column + 1));
      };
    case 6:
      return (line, column, data, at) => {
        const alpha = sample(line, 4 * column + 3);
        for (let channel = 0; channel < 3; channel += 1) {
          data[at + channel] = onWhite(sample(line, 4 * column + channel), alpha);
        }
      };
    default:
      return header.colourType satisfies never;
  }
}

/** The numbers of a tRNS for grey or RGB. */
function sixteenBit(bytes: Uint8Array): readonly number[] {
  return Array.from(
    { length: bytes.length / 2 },
    (_, at) => (bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0),
  );
}

/** The colours of a palette, each with its alpha on white. */
function paletteOnWhite(palette: Uint8Array, alphas: Uint8Array | undefined): Uint8Array {
  if (alphas === undefined) return palette;
  return palette.map((value, at) => {
    const alpha = alphas[Math.floor(at / 3)] ?? 255;
    return Math.round((value * alpha + 255 * (255 - alpha)) / 255);
  });
}

/** Sample `index` of a scanline; those of less than a byte begin at the high bits, those of 16 bits with the high byte. */
function sampleReader(bitDepth: number): (scanline: Uint8Array, index: number) => number {
  if (bitDepth === 8) return (scanline, index) => scanline[index] ?? 0;
  if (bitDepth === 16) {
    return (scanline, index) => (scanline[2 * index] ?? 0) * 256 + (scanline[2 * index + 1] ?? 0);
  }
  const perByte = 8 / bitDepth;
  const mask = 2 ** bitDepth - 1;
  return (scanline, index) => {
    const shift = 8 - bitDepth * ((index % perByte) + 1);
    return ((scanline[Math.floor(index / perByte)] ?? 0) >> shift) & mask;
  };
}
