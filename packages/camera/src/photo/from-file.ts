import { decodePng, imageKind, InputError, readJpegInfo, type JpegInfo } from '@buergerkoffer/formats';
import { decode } from 'jpeg-js';
import type { Photo } from './photo.js';

/** How much a photo may ask of the machine before it is refused. */
export interface PhotoLimits {
  /** Length of the file in bytes; default 64 MiB. */
  readonly maxBytes?: number;
  /** Pixels in millions; default 26, which holds the 24-megapixel cameras. */
  readonly maxMegapixels?: number;
  /** Memory for decoding a JPEG in MiB; default 640. */
  readonly maxMemoryMiB?: number;
}

const MAX_BYTES = 64 * 1024 * 1024;
const MAX_MEGAPIXELS = 26;
const MAX_MEMORY_MIB = 640;
/**
 * Each scan costs a pass over all pixels, however few bytes it has: cameras write 1, progressive files about 10. So
 * many passes are made, in scans times megapixels.
 */
const MAX_SCANS = 32;
const MAX_SCANNED_MEGAPIXELS = 320;

/**
 * The photo in a JPEG or PNG file, whose every pixel was decoded once so that a damaged file is refused here and not
 * in the authority. The photo keeps the bytes as they are.
 *
 * InputError `unsupported` for other formats, CMYK and 12-bit JPEG; `too-large` beyond `limits`, before anything is
 * decoded; `truncated`, `malformed` or `checksum` with the offset where it is known.
 */
export async function photoFromFile(bytes: Uint8Array, limits: PhotoLimits = {}): Promise<Photo> {
  const maxBytes = limits.maxBytes ?? MAX_BYTES;
  if (bytes.length > maxBytes)
    throw new InputError('too-large', `the photo has ${bytes.length} bytes, ${maxBytes} are allowed`);
  const kind = imageKind(bytes);
  if (kind === 'jpeg') return photoFromJpeg(bytes, limits);
  if (kind === 'png') {
    const maxPixels = (limits.maxMegapixels ?? MAX_MEGAPIXELS) * 1_000_000;
    const { width, height } = await decodePng(bytes, { maxPixels });
    return { mediaType: 'image/png', bytes, widthPx: width, heightPx: height, orientation: 1 };
  }
  throw new InputError('unsupported', 'the file is neither a JPEG nor a PNG photo', {
    remedy: 'save the photo as JPEG or PNG',
    offset: 0,
  });
}

function photoFromJpeg(bytes: Uint8Array, limits: PhotoLimits): Photo {
  const info = readJpegInfo(bytes);
  checkJpeg(info, bytes, limits.maxMegapixels ?? MAX_MEGAPIXELS);
  decodeOnce(bytes.subarray(0, info.byteLength), limits);
  return {
    mediaType: 'image/jpeg',
    bytes,
    widthPx: info.width,
    heightPx: info.height,
    orientation: info.orientation ?? 1,
  };
}

function checkJpeg(info: JpegInfo, bytes: Uint8Array, maxMegapixels: number): void {
  const megapixels = (info.width * info.height) / 1_000_000;
  if (megapixels > maxMegapixels)
    throw new InputError(
      'too-large',
      `the photo has ${megapixels.toFixed(1)} megapixels, ${maxMegapixels} are allowed`,
    );
  if (info.precision !== 8 || info.components === 4)
    throw new InputError(
      'unsupported',
      `the JPEG has ${info.components} components of ${info.precision} bits; 1 or 3 of 8 bits are read`,
      { remedy: 'save the photo as RGB with 8 bits per channel' },
    );
  const scans = countScans(bytes.subarray(0, info.byteLength));
  if (scans > MAX_SCANS || scans * megapixels > MAX_SCANNED_MEGAPIXELS)
    throw new InputError('too-large', `the JPEG has ${scans} scans of ${megapixels.toFixed(1)} megapixels`, {
      remedy: 'save the photo again as a baseline JPEG',
    });
}

/** How often FF DA stands in the bytes: at least the number of scans. */
function countScans(bytes: Uint8Array): number {
  let scans = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (bytes[at + 1] === 0xda) scans++;
  }
  return scans;
}

/** Decodes all pixels and drops them; what the decoder says about a damaged file becomes the reason. */
function decodeOnce(bytes: Uint8Array, limits: PhotoLimits): void {
  try {
    decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxResolutionInMP: limits.maxMegapixels ?? MAX_MEGAPIXELS,
      maxMemoryUsageInMB: limits.maxMemoryMiB ?? MAX_MEMORY_MIB,
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'unknown';
    if (reason.startsWith('max'))
      throw new InputError('too-large', `the JPEG needs too much memory: ${reason}`, { cause });
    throw new InputError('malformed', `the image data of the JPEG is damaged: ${reason}`, {
      cause,
      remedy: 'copy the photo from the camera again, or take it again',
    });
  }
}
