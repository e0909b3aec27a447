import { InputError } from './error.js';

/** 8-bit grey pixels, row by row from the top left, one byte each: 0 black, 255 white. */
export interface GreyImage {
  readonly channels?: 1;
  /** Pixels per row, 1 to 65,535. */
  readonly width: number;
  /** Rows, 1 to 65,535. */
  readonly height: number;
  /** `width * height` bytes. */
  readonly data: Uint8Array;
  /** Pixels per inch where the source tells it. */
  readonly resolutionPpi?: number;
}

/** 8-bit RGB pixels, row by row from the top left, three bytes each: red, green, blue. */
export interface RgbImage {
  readonly channels: 3;
  /** Pixels per row, 1 to 65,535. */
  readonly width: number;
  /** Rows, 1 to 65,535. */
  readonly height: number;
  /** `width * height * 3` bytes. */
  readonly data: Uint8Array;
  /** Pixels per inch where the source tells it. */
  readonly resolutionPpi?: number;
}

/** An image with its number of channels: narrow it with `image.channels === 3`. */
export type DecodedImage = (GreyImage & { readonly channels: 1 }) | RgbImage;

/** Longest side of an image, in pixels. */
export const MAX_SIDE = 65_535;

/** How many pixels a decoder makes at most unless told otherwise: 64 Mpx. */
export const DEFAULT_MAX_PIXELS = 64 * 1024 * 1024;

/** Bounds of a decoder. */
export interface DecodeLimits {
  /** Pixels that a decoder may make; more is `InputError('too-large')`. Default 64 Mpx. */
  readonly maxPixels?: number;
}

/** Width, height, pixels and resolution of an image to be made; without `data` it is black. */
export interface ImageFields {
  readonly width: number;
  readonly height: number;
  readonly data?: Uint8Array;
  readonly resolutionPpi?: number | undefined;
}

/** A grey image whose sizes are checked; a side or data length that does not fit is `InputError('out-of-range')`. */
export function greyImage(fields: ImageFields): GreyImage & { readonly channels: 1 } {
  return { channels: 1, ...checked(fields, 1) };
}

/** An RGB image whose sizes are checked; a side or data length that does not fit is `InputError('out-of-range')`. */
export function rgbImage(fields: ImageFields): RgbImage {
  return { channels: 3, ...checked(fields, 3) };
}

/** Luma of the image, Y = 0.299 R + 0.587 G + 0.114 B rounded (ITU-R BT.601); a grey image is returned as it is. */
export function greyOf(image: GreyImage | RgbImage): GreyImage {
  if (image.channels !== 3) return image;
  const data = new Uint8Array(image.width * image.height);
  for (let pixel = 0, at = 0; pixel < data.length; pixel += 1, at += 3) {
    const red = Math.imul(19_595, image.data[at] ?? 0);
    const green = Math.imul(38_470, image.data[at + 1] ?? 0);
    const blue = Math.imul(7_471, image.data[at + 2] ?? 0);
    data[pixel] = (red + green + blue + 32_768) >> 16;
  }
  const { width, height, resolutionPpi } = image;
  return greyImage({ width, height, data, resolutionPpi });
}

/**
 * Refuses sizes that a header claims and nobody should allocate: a side outside 1 to 65,535 is
 * `InputError('out-of-range')`, more than `maxPixels` is `InputError('too-large')`.
 */
export function checkImageSize(
  width: number,
  height: number,
  maxPixels: number = DEFAULT_MAX_PIXELS,
  offset?: number,
): void {
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side < 1 || side > MAX_SIDE) {
      throw new InputError('out-of-range', `the sides of an image are 1 to ${MAX_SIDE} pixels`, {
        offset,
      });
    }
  }
  if (width * height > maxPixels) {
    throw new InputError('too-large', `the image has ${width * height} pixels, ${maxPixels} are allowed`, {
      offset,
    });
  }
}

function checked(fields: ImageFields, channels: 1 | 3): Omit<GreyImage, 'channels'> {
  const { width, height, resolutionPpi } = fields;
  checkImageSize(width, height, fields.data === undefined ? DEFAULT_MAX_PIXELS : MAX_SIDE ** 2);
  const length = width * height * channels;
  const data = fields.data ?? new Uint8Array(length);
  if (data.length !== length) {
    throw new InputError(
      'out-of-range',
      `an image of ${width} x ${height} has ${length} bytes, ${data.length} were given`,
      { path: 'data' },
    );
  }
  if (resolutionPpi === undefined) return { width, height, data };
  if (!(resolutionPpi > 0 && Number.isFinite(resolutionPpi))) {
    throw new InputError('out-of-range', 'a resolution is a positive number of pixels per inch', {
      path: 'resolutionPpi',
    });
  }
  return { width, height, data, resolutionPpi };
}
