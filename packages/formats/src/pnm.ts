import { InputError } from './error.js';
import {
  checkImageSize,
  greyImage,
  rgbImage,
  type DecodedImage,
  type DecodeLimits,
  type GreyImage,
  type RgbImage,
} from './image.js';

const NEWLINE = 0x0a;
const HASH = 0x23;

/**
 * Reads a PGM or PPM image (P2, P3, P5, P6; netpbm formats).
 *
 * Samples are scaled to 0..255 as `round(v * 255 / maxval)`, also those of 16 bits; a sample above
 * maxval is `out-of-range`. Only the first image of a stream is read. Bitmaps (P1, P4) and PAM (P7)
 * are `unsupported`; every error carries the byte offset.
 */
export function readPnm(bytes: Uint8Array, limits: DecodeLimits = {}): DecodedImage {
  const kind = formatOf(bytes);
  const scanner = new TokenScanner(bytes, 2);
  const sizeAt = scanner.offset;
  const width = scanner.number('width');
  const height = scanner.number('height');
  checkImageSize(width, height, limits.maxPixels, sizeAt);
  const maxval = scanner.number('maxval');
  if (maxval < 1 || maxval > 65_535) {
    throw new InputError('out-of-range', 'maxval is 1 to 65535', { offset: scanner.offset });
  }
  const count = width * height * kind.channels;
  const data = kind.plain
    ? plainSamples(scanner, count, maxval)
    : rawSamples(bytes, scanner.afterSeparator(), count, maxval);
  return kind.channels === 1 ? greyImage({ width, height, data }) : rgbImage({ width, height, data });
}

/** The image as binary PGM (P5, maxval 255). */
export function writePgm(image: GreyImage): Uint8Array<ArrayBuffer> {
  return withHeader('P5', greyImage(image));
}

/** The image as binary PPM (P6, maxval 255). */
export function writePpm(image: RgbImage): Uint8Array<ArrayBuffer> {
  return withHeader('P6', rgbImage(image));
}

function withHeader(magic: 'P5' | 'P6', image: DecodedImage): Uint8Array<ArrayBuffer> {
  const header = new TextEncoder().encode(`${magic}\n${image.width} ${image.height}\n255\n`);
  const file = new Uint8Array(header.length + image.data.length);
  file.set(header);
  file.set(image.data, header.length);
  return file;
}

interface PnmKind {
  readonly channels: 1 | 3;
  readonly plain: boolean;
}

function formatOf(bytes: Uint8Array): PnmKind {
  if (bytes.length < 2) throw new InputError('truncated', 'no PNM header', { offset: 0 });
  const magic = String.fromCharCode(...bytes.subarray(0, 2));
  switch (magic) {
    case 'P2':
      return { channels: 1, plain: true };
    case 'P3':
      return { channels: 3, plain: true };
    case 'P5':
      return { channels: 1, plain: false };
    case 'P6':
      return { channels: 3, plain: false };
    case 'P1':
    case 'P4':
    case 'P7':
      throw new InputError('unsupported', 'of PNM only PGM and PPM are read (P2, P3, P5, P6)', {
        offset: 0,
      });
    default:
      throw new InputError('malformed', 'a PNM file begins with P2, P3, P5 or P6', { offset: 0 });
  }
}

function rawSamples(bytes: Uint8Array, start: number, count: number, maxval: number): Uint8Array {
  const size = maxval > 255 ? 2 : 1;
  const raster = bytes.subarray(start, start + count * size);
  if (raster.length < count * size) {
    throw new InputError('truncated', `the raster has ${raster.length} of ${count * size} bytes`, {
      offset: bytes.length,
    });
  }
  if (maxval === 255) return raster.slice();
  const data = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    const sample =
      size === 1 ? (raster[index] ?? 0) : (raster[2 * index] ?? 0) * 256 + (raster[2 * index + 1] ?? 0);
    data[index] = scaled(sample, maxval, start + index * size);
  }
  return data;
}

function plainSamples(scanner: TokenScanner, count: number, maxval: number): Uint8Array {
  // Each sample takes two characters at least, save the last one.
  if (scanner.remaining < 2 * count - 1) {
    throw new InputError('truncated', `${count} samples do not fit the rest of the file`, {
      offset: scanner.offset + scanner.remaining,
    });
  }
  const data = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    data[index] = scaled(scanner.number('sample'), maxval, scanner.offset);
  }
  return data;
}

function scaled(sample: number, maxval: number, offset: number): number {
  if (sample > maxval) {
    throw new InputError('out-of-range', `a sample is above maxval ${maxval}`, { offset });
  }
  return Math.floor((sample * 510 + maxval) / (2 * maxval));
}

/** Decimal numbers between white space and `#` comments. */
class TokenScanner {
  readonly #bytes: Uint8Array;
  offset: number;

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  get remaining(): number {
    return this.#bytes.length - this.offset;
  }

  number(what: string): number {
    this.#skipSpace();
    const start = this.offset;
    let value = 0;
    for (;;) {
      const byte = this.#bytes[this.offset];
      if (byte === undefined || byte < 0x30 || byte > 0x39) break;
      value = value * 10 + (byte - 0x30);
      if (value > 999_999) {
        throw new InputError('out-of-range', `${what} is too large`, { offset: start });
      }
      this.offset += 1;
    }
    if (this.offset > start) return value;
    if (start >= this.#bytes.length) {
      throw new InputError('truncated', `${what} is missing`, { offset: start });
    }
    throw new InputError('malformed', `${what} is no decimal number`, { offset: start });
  }

  /** Offset of the raster: one white-space byte ends the header. */
  afterSeparator(): number {
    const byte = this.#bytes[this.offset];
    if (byte === undefined) {
      throw new InputError('truncated', 'the raster is missing', { offset: this.offset });
    }
    if (!isSpace(byte)) {
      throw new InputError('malformed', 'white space ends the header', { offset: this.offset });
    }
    return this.offset + 1;
  }

  #skipSpace(): void {
    for (;;) {
      const byte = this.#bytes[this.offset];
      if (byte === HASH) {
        const end = this.#bytes.indexOf(NEWLINE, this.offset);
        this.offset = end < 0 ? this.#bytes.length : end;
      } else if (byte === undefined || !isSpace(byte)) {
        return;
      } else {
        this.offset += 1;
      }
    }
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
