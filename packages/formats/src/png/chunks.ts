import { ByteReader } from '../byte-reader.js';
import { InputError } from '../error.js';
import { checkImageSize } from '../image.js';
import { crc32 } from './crc32.js';

/** First eight bytes of every PNG. */
export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** What pixels are made of (ISO/IEC 15948, 6.1): 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
export type PngColourType = 0 | 2 | 3 | 4 | 6;

/** The IHDR of a PNG, proved to be possible. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  readonly bitDepth: number;
  readonly colourType: PngColourType;
  readonly isInterlaced: boolean;
}

/** The chunks of a PNG that make the picture. */
export interface PngChunks {
  readonly header: PngHeader;
  /** Red, green, blue of each entry; only where the file has a palette. */
  readonly palette?: Uint8Array;
  /** tRNS: alpha of the first palette entries, or the sample values of the one colour that is transparent. */
  readonly transparency?: Uint8Array;
  readonly resolutionPpi?: number;
  /** The pieces of the zlib stream, views of the file. */
  readonly compressed: readonly Uint8Array[];
  /** Offset of the first piece. */
  readonly compressedAt: number;
}

interface Chunk {
  readonly type: string;
  readonly data: ByteReader;
  readonly offset: number;
}

/** Bit depths that each colour type admits (ISO/IEC 15948, table 8). */
const DEPTHS: ReadonlyMap<number, readonly [PngColourType, readonly number[]]> = new Map([
  [0, [0, [1, 2, 4, 8, 16]]],
  [2, [2, [8, 16]]],
  [3, [3, [1, 2, 4, 8]]],
  [4, [4, [8, 16]]],
  [6, [6, [8, 16]]],
]);

/** Reads all chunks to IEND and proves order and CRC; every error has the offset of the chunk. */
export function readPngChunks(bytes: Uint8Array, maxPixels?: number): PngChunks {
  const reader = new ByteReader(bytes);
  const signature = reader.bytes(PNG_SIGNATURE.length);
  if (PNG_SIGNATURE.some((byte, index) => signature[index] !== byte)) {
    throw new InputError('malformed', 'this is no PNG', { offset: 0 });
  }
  const header = readHeader(nextChunk(reader), maxPixels);
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  let resolutionPpi: number | undefined;
  let compressedAt: number | undefined;
  let isDataOver = false;
  const compressed: Uint8Array[] = [];
  for (;;) {
    const chunk = nextChunk(reader);
    if (chunk.type !== 'IDAT' && compressedAt !== undefined) isDataOver = true;
    switch (chunk.type) {
      case 'IDAT':
        if (isDataOver) throw fault('malformed', 'the IDAT chunks are not in one piece', chunk);
        compressedAt ??= chunk.data.offset;
        compressed.push(chunk.data.bytes(chunk.data.remaining));
        break;
      case 'PLTE':
        if (palette !== undefined || isDataOver)
          throw fault('malformed', 'PLTE stands where none may', chunk);
        palette = readPalette(chunk, header);
        break;
      case 'tRNS':
        transparency ??= readTransparency(chunk, header, palette);
        break;
      case 'pHYs':
        resolutionPpi ??= readResolution(chunk);
        break;
      case 'IEND':
        if (compressedAt === undefined) throw fault('missing', 'the PNG has no IDAT', chunk);
        if (header.colourType === 3 && palette === undefined)
          throw fault('missing', 'the PNG has no PLTE', chunk);
        return {
          header,
          compressed,
          compressedAt,
          ...(palette === undefined ? {} : { palette }),
          ...(transparency === undefined ? {} : { transparency }),
          ...(resolutionPpi === undefined ? {} : { resolutionPpi }),
        };
      default:
        // A capital first letter marks a chunk without which the picture cannot be made.
        if (/^[A-Z]/.test(chunk.type)) throw fault('unsupported', 'unknown critical chunk', chunk);
    }
  }
}

function nextChunk(reader: ByteReader): Chunk {
  const offset = reader.offset;
  const length = reader.u32();
  if (length > 0x7fff_ffff) {
    throw new InputError('out-of-range', 'a chunk is longer than 2^31 - 1 bytes', { offset });
  }
  // Reserved for CRC here, so that a cut is found before the data is looked at.
  const checked = reader.sub(length + 4);
  const crc = reader.u32();
  const covered = checked.bytes(length + 4);
  const data = new ByteReader(covered.subarray(4), { baseOffset: offset + 8 });
  const type = String.fromCharCode(...covered.subarray(0, 4));
  if (!/^[A-Za-z]{4}$/.test(type)) {
    throw new InputError('malformed', 'a chunk type is four letters', { offset: offset + 4 });
  }
  if (crc32(covered) !== crc) {
    throw new InputError('checksum', `the CRC of chunk ${type} does not fit`, {
      offset: offset + 8 + length,
      remedy: 'transfer the file again: it was changed on its way',
    });
  }
  return { type, data, offset };
}

function readHeader(chunk: Chunk, maxPixels: number | undefined): PngHeader {
  if (chunk.type !== 'IHDR') throw fault('malformed', 'a PNG begins with IHDR', chunk);
  const { data } = chunk;
  const width = data.u32();
  const height = data.u32();
  checkImageSize(width, height, maxPixels, data.offset - 8);
  const bitDepth = data.u8();
  const [colourType, depths] = DEPTHS.get(data.u8()) ?? [];
  if (colourType === undefined || depths?.includes(bitDepth) !== true) {
    throw fault('out-of-range', 'this colour type does not exist in this bit depth', chunk);
  }
  const compression = data.u8();
  const filter = data.u8();
  const interlace = data.u8();
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    throw fault('unsupported', 'compression 0, filter 0 and interlace 0 or 1 are read', chunk);
  }
  data.expectEnd();
  return { width, height, bitDepth, colourType, isInterlaced: interlace === 1 };
}

function readPalette(chunk: Chunk, header: PngHeader): Uint8Array {
  const length = chunk.data.remaining;
  const isGrey = header.colourType === 0 || header.colourType === 4;
  const limit = header.colourType === 3 ? 2 ** header.bitDepth : 256;
  if (isGrey || length === 0 || length % 3 !== 0 || length / 3 > limit) {
    throw fault('out-of-range', 'the palette does not fit the header', chunk);
  }
  return chunk.data.bytes(length);
}

/**
 * ISO/IEC 15948, 11.3.2.1: at most an alpha for each palette entry, or a 16-bit number for each sample of a pixel; one that does
 * not fit says nothing.
 */
function readTransparency(
  chunk: Chunk,
  header: PngHeader,
  palette: Uint8Array | undefined,
): Uint8Array | undefined {
  const { remaining } = chunk.data;
  const isFit =
    header.colourType === 3
      ? palette !== undefined && remaining <= palette.length / 3
      : remaining === (header.colourType === 0 ? 2 : 6) && header.colourType <= 2;
  return isFit ? chunk.data.bytes(remaining) : undefined;
}

/** Pixels per metre as pixels per inch to two decimals; sides that differ or an unknown unit say nothing. */
function readResolution({ data }: Chunk): number | undefined {
  const x = data.u32();
  const y = data.u32();
  const isMetre = data.u8() === 1;
  data.expectEnd();
  return isMetre && x === y && x > 0 ? Math.round(x * 2.54) / 100 : undefined;
}

function fault(
  code: 'malformed' | 'missing' | 'out-of-range' | 'unsupported',
  what: string,
  chunk: Chunk,
): InputError {
  return new InputError(code, what, { offset: chunk.offset });
}
