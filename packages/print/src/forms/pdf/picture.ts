import { decodePng, encodePng, imageKind, InputError } from '@buergerkoffer/formats';
import type { OpenedImage } from './pdfkit.js';

/** A part of a picture in its pixels, from the top left corner of the picture as displayed (after its Exif orientation). */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A JPEG or PNG file to be placed; what lies outside `crop` is hidden, the file itself is embedded as it is. */
export interface Picture {
  readonly bytes: Uint8Array;
  /** Default: as much of the middle of the picture as has the shape of its place. */
  readonly crop?: Crop;
}

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_PIXELS = 100_000_000;

/** The largest rectangle in the middle of `width` x `height` pixels that has the aspect (width / height) asked for. */
export function centreCrop(width: number, height: number, aspect: number): Crop {
  const cropWidth = Math.min(width, height * aspect);
  const cropHeight = Math.min(height, width / aspect);
  return { x: (width - cropWidth) / 2, y: (height - cropHeight) / 2, width: cropWidth, height: cropHeight };
}

/** A rectangle in points, from the top left corner of a page. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Width and height in pixels after the picture is turned as its Exif orientation says. */
export function displayedSize({ width, height, orientation }: OpenedImage): {
  readonly width: number;
  readonly height: number;
} {
  return (orientation ?? 1) > 4 ? { width: height, height: width } : { width, height };
}

/**
 * Where an opened picture goes: `shown` is what of it is seen, `whole` where all of it would lie. Its crop covers the box (`cover`)
 * or stands whole in its middle (`contain`). @throws InputError `out-of-range` for a crop outside the picture.
 */
export function placePicture(
  image: OpenedImage,
  wanted: Crop | undefined,
  box: Box,
  fit: 'cover' | 'contain',
  path: string,
): { readonly shown: Box; readonly whole: Box } {
  const { width, height } = displayedSize(image);
  const middle =
    fit === 'cover' ? centreCrop(width, height, box.width / box.height) : { x: 0, y: 0, width, height };
  const crop = wanted ?? middle;
  const inside =
    crop.width > 0 &&
    crop.height > 0 &&
    crop.x >= 0 &&
    crop.y >= 0 &&
    crop.x + crop.width <= width &&
    crop.y + crop.height <= height;
  if (!inside) throw new InputError('out-of-range', 'the crop leaves the picture', { path: `${path}.crop` });

  const scales = [box.width / crop.width, box.height / crop.height] as const;
  const scale = fit === 'cover' ? Math.max(...scales) : Math.min(...scales);
  const x = box.x + (box.width - crop.width * scale) / 2;
  const y = box.y + (box.height - crop.height * scale) / 2;
  return {
    shown: {
      x: Math.max(x, box.x),
      y: Math.max(y, box.y),
      width: Math.min(crop.width * scale, box.width),
      height: Math.min(crop.height * scale, box.height),
    },
    whole: { x: x - crop.x * scale, y: y - crop.y * scale, width: width * scale, height: height * scale },
  };
}

/**
 * The bytes to embed in PDF/A: a grey or RGB JPEG and a flat PNG of at most 8 bits as they are, any other PNG decoded and
 * written flat (alpha laid on white, 16 bits rounded to 8, interlacing undone).
 * @throws InputError `malformed checksum truncated too-large unsupported` with the path given.
 */
export async function embeddable(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  if (bytes.length > MAX_BYTES) {
    throw new InputError('too-large', `the picture has more than ${MAX_BYTES} bytes`, { path });
  }
  switch (imageKind(bytes)) {
    case 'jpeg':
      checkJpeg(bytes, path);
      return bytes;
    case 'png':
      return flatPng(bytes, path);
    default:
      throw new InputError('unsupported', 'the picture is neither JPEG nor PNG', { path });
  }
}

/** Walks the segments up to the frame header (ISO/IEC 10918-1, B.2.2) and asks for the end marker. */
function checkJpeg(bytes: Uint8Array, path: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  for (;;) {
    while (view.byteLength > at + 1 && view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at++;
    if (at + 4 > view.byteLength) throw truncated('JPEG', path, at);
    const marker = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if (marker < 0xffc0 || marker === 0xffd9 || marker === 0xffda || length < 2) {
      throw new InputError('malformed', 'the JPEG has no frame header', { path, offset: at });
    }
    if (isFrame(marker)) {
      if (at + 10 > view.byteLength) throw truncated('JPEG', path, at);
      checkSize(view.getUint16(at + 7), view.getUint16(at + 5), path);
      const components = view.getUint8(at + 9);
      if (components !== 1 && components !== 3) {
        throw new InputError(
          'unsupported',
          `a JPEG of ${components} components; grey and RGB can be placed`,
          { path },
        );
      }
      break;
    }
    at += 2 + length;
  }
  const tail = bytes.subarray(Math.max(at, bytes.length - 1024));
  if (!tail.some((byte, index) => byte === 0xff && tail[index + 1] === 0xd9)) {
    throw truncated('JPEG', path, bytes.length);
  }
}

/** Baseline, extended and progressive Huffman frames: what PDF's DCTDecode reads. */
function isFrame(marker: number): boolean {
  return marker === 0xffc0 || marker === 0xffc1 || marker === 0xffc2;
}

/** The PNG itself, every pixel of it decoded once, or its pixels as a flat one. */
async function flatPng(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  try {
    const image = await decodePng(bytes, { maxPixels: MAX_PIXELS });
    return isFlat(bytes) ? bytes : await encodePng(image);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.code, error.message, { ...error.toJSON(), path, cause: error });
  }
}

/** Colour types grey, RGB and palette (0, 2, 3) of at most 8 bits, without interlacing and transparency (PNG, 11.2.1). */
function isFlat(bytes: Uint8Array): boolean {
  const [depth = 0, colourType = 0, , , interlace = 0] = bytes.subarray(24, 29);
  return depth <= 8 && [0, 2, 3].includes(colourType) && interlace === 0 && !hasTransparency(bytes);
}

/** Whether a `tRNS` chunk stands before the pixel data (PNG, 11.3.1). */
function hasTransparency(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'tRNS' || type === 'IDAT') return type === 'tRNS';
  }
  return false;
}

function checkSize(width: number, height: number, path: string): void {
  if (width === 0 || height === 0) throw new InputError('malformed', 'the picture has no pixels', { path });
  if (width * height > MAX_PIXELS) {
    throw new InputError('too-large', `the picture has more than ${MAX_PIXELS} pixels`, { path });
  }
}

function truncated(kind: string, path: string, offset: number): InputError {
  return new InputError('truncated', `the ${kind} ends before its picture does`, { path, offset });
}
