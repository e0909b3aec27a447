import {
  decodePng,
  greyOf,
  imageKind,
  readJpegInfo,
  type DecodedImage,
  type JpegInfo,
} from '@buergerkoffer/formats';
import { jpegColours } from './colour/jpeg-colours.js';
import { photoColours, type PhotoColours } from './colour/photo-colours.js';
import { pngColours } from './colour/png-colours.js';
import type { JpegCodec } from './codecs.js';
import { foreignFormat } from './foreign-format.js';
import { JpegPixels } from './jpeg/jpeg-pixels.js';
import { checkJpeg, checkLength, DEFAULT_LIMITS, type PhotoLimits } from './limits.js';
import type { Photo } from './photo.js';
import { pureJpegCodec } from './pure-jpeg.js';
import { photoPixels, pixelsOf, type PhotoPixels } from './upright.js';

/** A photo and the pixels that its file holds. */
export interface DecodedPhoto {
  readonly photo: Photo;
  readonly pixels: PhotoPixels;
}

/**
 * Reads a JPEG or PNG photo. The pixels stay as stored; {@link PhotoPixels} says how they are turned and what colours they have. A JPEG as cameras write
 * it is read from end to end, and its pixels are made when they are asked for. Progressive, RGB and otherwise unusual ones
 * are decoded with `codec`, or with the slow one that needs no WebAssembly.
 *
 * InputError `unsupported` for other formats, CMYK and 12-bit JPEG; `too-large` beyond `limits`, before anything is
 * decoded; `truncated`, `malformed` or `checksum` with the offset where it is known. 16-bit PNG is rounded to 8 bits.
 */
export async function decodePhoto(
  bytes: Uint8Array,
  codec?: JpegCodec,
  limits: PhotoLimits = {},
): Promise<DecodedPhoto> {
  checkLength(bytes, limits);
  const kind = imageKind(bytes);
  if (kind === 'jpeg') return decodeJpegPhoto(bytes, codec ?? pureJpegCodec(limits), limits);
  if (kind === 'png') {
    const maxPixels = (limits.maxMegapixels ?? DEFAULT_LIMITS.maxMegapixels) * 1_000_000;
    const image = await decodePng(bytes, { maxPixels });
    const size = { widthPx: image.width, heightPx: image.height };
    const colours = photoColours(await pngColours(bytes), image.channels);
    return {
      photo: { mediaType: 'image/png', bytes, ...size, orientation: 1 },
      pixels: photoPixels(image, 1, colours),
    };
  }
  throw foreignFormat(bytes);
}

async function decodeJpegPhoto(
  bytes: Uint8Array,
  codec: JpegCodec,
  limits: PhotoLimits,
): Promise<DecodedPhoto> {
  const info = readJpegInfo(bytes);
  checkJpeg(info, bytes, limits);
  const size = { widthPx: info.width, heightPx: info.height };
  const photo: Photo = { mediaType: 'image/jpeg', bytes, ...size, orientation: info.orientation ?? 1 };
  const image = bytes.subarray(0, info.byteLength);
  const colours = photoColours(jpegColours(image), info.components === 1 ? 1 : 3);
  return { photo, pixels: await pixelsOfJpeg(image, info, codec, colours) };
}

async function pixelsOfJpeg(
  bytes: Uint8Array,
  info: JpegInfo,
  codec: JpegCodec,
  colours: PhotoColours,
): Promise<PhotoPixels> {
  const { orientation = 1 } = info;
  const source = JpegPixels.open(bytes);
  if (source !== undefined) return pixelsOf(source, info, orientation, colours);
  const decoded = await codec.decode(bytes);
  return photoPixels(info.components === 1 ? asGrey(decoded) : decoded, orientation, colours);
}

function asGrey(image: DecodedImage): DecodedImage {
  return { ...greyOf(image), channels: 1 };
}
