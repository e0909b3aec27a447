import { ByteWriter } from '../byte-writer.js';
import { InputError } from '../error.js';
import { greyImage, rgbImage, type DecodedImage, type GreyImage, type RgbImage } from '../image.js';
import { PNG_SIGNATURE } from './chunks.js';
import { crc32 } from './crc32.js';
import { filterAdaptively } from './filters.js';
import { deflate } from './zlib.js';

/** How a PNG is written. */
export interface EncodePngOptions {
  /** 8 (default), or 1 for a grey image of black and white: pixels from 128 on are white. */
  readonly bitDepth?: 1 | 8;
}

/**
 * The image as PNG: grey 8 or 1 bit, or RGB 8 bit, with its resolution as `pHYs`.
 * Sizes that do not fit the data, or 1 bit for RGB, are `InputError`.
 */
export async function encodePng(
  image: GreyImage | RgbImage,
  options: EncodePngOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const checked: DecodedImage = image.channels === 3 ? rgbImage(image) : greyImage(image);
  const bitDepth = options.bitDepth ?? 8;
  if (bitDepth === 1 && checked.channels === 3) {
    throw new InputError('unsupported', '1 bit per pixel is for grey images', { path: 'bitDepth' });
  }
  const { width, height, channels, resolutionPpi } = checked;
  const scanlines =
    bitDepth === 1
      ? packedScanlines(checked)
      : filterAdaptively(checked.data, height, width * channels, channels);
  const header = new ByteWriter()
    .u32(width)
    .u32(height)
    .u8(bitDepth)
    .u8(channels === 3 ? 2 : 0);
  const file = new ByteWriter().bytes(PNG_SIGNATURE);
  writeChunk(file, 'IHDR', header.u8(0).u8(0).u8(0).toBytes());
  if (resolutionPpi !== undefined) {
    const perMetre = Math.min(Math.round(resolutionPpi / 0.0254), 0x7fff_ffff);
    writeChunk(file, 'pHYs', new ByteWriter().u32(perMetre).u32(perMetre).u8(1).toBytes());
  }
  writeChunk(file, 'IDAT', await deflate(scanlines));
  writeChunk(file, 'IEND', new Uint8Array());
  return file.toBytes();
}

/** Eight pixels to a byte, the first in the highest bit, each line with filter 0. */
function packedScanlines({ width, height, data }: DecodedImage): Uint8Array {
  const rowBytes = Math.ceil(width / 8);
  const scanlines = new Uint8Array(height * (rowBytes + 1));
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      if ((data[row * width + column] ?? 0) < 128) continue;
      const at = row * (rowBytes + 1) + 1 + (column >> 3);
      scanlines[at] = (scanlines[at] ?? 0) | (0x80 >> (column & 7));
    }
  }
  return scanlines;
}

function writeChunk(file: ByteWriter, type: string, data: Uint8Array): void {
  const covered = new ByteWriter().ascii(type).bytes(data).toBytes();
  file.u32(data.length).bytes(covered).u32(crc32(covered));
}
