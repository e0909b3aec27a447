import type { DecodedImage } from '@buergerkoffer/formats';
import type { Affine } from './affine.js';
import { inSrgb, SRGB_COLOURS, type PhotoColours } from './colour/photo-colours.js';
import { resample } from './resample.js';
import type { Orientation } from './photo.js';
import type { PixelSource } from './pixel-source.js';

/** The pixels of a photo as stored, how they are turned to stand upright, and what their values mean. */
export interface PhotoPixels {
  /** All of them, in {@link colours}; where there is a {@link source}, they are made when they are first asked for. */
  readonly image: DecodedImage;
  /** Gives parts of the picture, or a smaller one, for less than all its pixels cost. */
  readonly source?: PixelSource;
  readonly orientation: Orientation;
  readonly colours: PhotoColours;
  /** Size as a person looks at it, in pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/** `image` as it stands, or turned by `orientation` (EXIF tag 0112); no pixel is moved or converted. */
export function photoPixels(
  image: DecodedImage,
  orientation: Orientation = 1,
  colours: PhotoColours = SRGB_COLOURS,
): PhotoPixels {
  const { width, height } = image;
  const [widthPx, heightPx] = orientation >= 5 ? [height, width] : [width, height];
  return { image, orientation, colours, widthPx, heightPx };
}

/** The pixels that `source` makes of a picture of `width` x `height`, turned by `orientation`. */
export function pixelsOf(
  source: PixelSource,
  { width, height }: { readonly width: number; readonly height: number },
  orientation: Orientation,
  colours: PhotoColours,
): PhotoPixels {
  const [widthPx, heightPx] = orientation >= 5 ? [height, width] : [width, height];
  let whole: DecodedImage | undefined;
  return {
    get image() {
      return (whole ??= source.whole());
    },
    ...{ source, orientation, colours, widthPx, heightPx },
  };
}

/** Size of the picture as stored. */
export function storedSize({ orientation, widthPx, heightPx }: PhotoPixels): {
  readonly width: number;
  readonly height: number;
} {
  return orientation >= 5 ? { width: heightPx, height: widthPx } : { width: widthPx, height: heightPx };
}

/** The map from places on the upright photo to places among the stored pixels. */
export function uprightToStored(pixels: PhotoPixels): Affine {
  const { width: w, height: h } = storedSize(pixels);
  const { orientation } = pixels;
  switch (orientation) {
    case 1:
      return { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 };
    case 2:
      return { a: -1, b: 0, c: w, d: 0, e: 1, f: 0 };
    case 3:
      return { a: -1, b: 0, c: w, d: 0, e: -1, f: h };
    case 4:
      return { a: 1, b: 0, c: 0, d: 0, e: -1, f: h };
    case 5:
      return { a: 0, b: 1, c: 0, d: 1, e: 0, f: 0 };
    case 6:
      return { a: 0, b: 1, c: 0, d: -1, e: 0, f: h };
    case 7:
      return { a: 0, b: -1, c: w, d: -1, e: 0, f: h };
    case 8:
      return { a: 0, b: -1, c: w, d: 1, e: 0, f: 0 };
    default:
      return orientation satisfies never;
  }
}

/** The photo with its pixels upright and in sRGB; the stored ones where they are that already. */
export function uprightImage(photo: PhotoPixels): DecodedImage {
  return inSrgb(turned(photo), photo.colours);
}

function turned(photo: PhotoPixels): DecodedImage {
  const { image, orientation, widthPx, heightPx } = photo;
  if (orientation === 1) return image;
  const { channels, data: stored } = image;
  const map = uprightToStored(photo);
  const columns = byteOffsets(image, { x: map.a, y: map.d, x0: map.c, y0: map.f }, widthPx, 1);
  const rows = byteOffsets(image, { x: map.b, y: map.e, x0: map.c, y0: map.f }, heightPx, 1);
  const data = new Uint8Array(image.data.length);
  for (let v = 0, to = 0; v < heightPx; v += 1) {
    for (let u = 0; u < widthPx; u += 1) {
      const from = (rows[v] ?? 0) + (columns[u] ?? 0);
      data[to++] = stored[from] ?? 0;
      if (channels === 1) continue;
      data[to++] = stored[from + 1] ?? 0;
      data[to++] = stored[from + 2] ?? 0;
    }
  }
  return { ...image, width: widthPx, height: heightPx, data };
}

/**
 * The photo upright, in sRGB and no longer than `maxSidePx` on its longer side, to find faces in or to show; `scale` is how
 * many pixels of the photo one of its pixels is, at least 1.
 */
export function reducedUpright(
  photo: PhotoPixels,
  maxSidePx: number,
): { readonly image: DecodedImage; readonly scale: number } {
  const { image, scale } = reduced(photo, maxSidePx);
  return { image: inSrgb(image, photo.colours), scale };
}

function reduced(photo: PhotoPixels, maxSidePx: number): ReturnType<typeof reducedUpright> {
  const scale = Math.max(1, photo.widthPx / maxSidePx, photo.heightPx / maxSidePx);
  if (scale === 1) return { image: turned(photo), scale };
  const { source, orientation } = photo;
  const eighths = source === undefined ? undefined : eighthsFor(scale);
  if (source !== undefined && eighths !== undefined) {
    const smaller = reduced(photoPixels(source.reduced(eighths), orientation), maxSidePx);
    return { image: smaller.image, scale: smaller.scale * (8 / eighths) };
  }
  const width = Math.max(1, Math.floor(photo.widthPx / scale));
  const height = Math.max(1, Math.floor(photo.heightPx / scale));
  const { a, b, c, d, e, f } = uprightToStored(photo);
  const map = { a: a * scale, b: b * scale, c, d: d * scale, e: e * scale, f };
  return {
    image: scale >= 2 ? averaged(photo, map, width, height) : resample(photo.image, map, width, height),
    scale,
  };
}

/** The most eighths of a picture that are small enough, `undefined` where that is more than a source gives. */
function eighthsFor(scale: number): 1 | 2 | 3 | 4 | undefined {
  if (scale < 8 / 5) return undefined;
  if (scale <= 2) return 4;
  if (scale <= 8 / 3) return 3;
  return scale <= 4 ? 2 : 1;
}

/** Every pixel is the mean of up to 4 x 4 places in its square: enough for finding faces, and quick. */
function averaged({ image }: PhotoPixels, map: Affine, width: number, height: number): DecodedImage {
  const { channels, data: stored } = image;
  const perSide = Math.min(4, Math.max(2, Math.round(Math.max(Math.abs(map.a), Math.abs(map.b)))));
  // The map has no slant: one part of a place among the stored bytes comes from the column, the other from the row.
  const columns = byteOffsets(image, { x: map.a, y: map.d, x0: map.c, y0: map.f }, width, perSide);
  const rows = byteOffsets(image, { x: map.b, y: map.e, x0: map.c, y0: map.f }, height, perSide);
  const data = new Uint8Array(width * height * channels);
  const places = perSide * perSide;
  for (let v = 0, to = 0; v < height; v += 1) {
    for (let u = 0; u < width; u += 1, to += channels) {
      for (let channel = 0; channel < channels; channel += 1) {
        let sum = places >> 1;
        for (let j = v * perSide; j < (v + 1) * perSide; j += 1) {
          const row = (rows[j] ?? 0) + channel;
          for (let i = u * perSide; i < (u + 1) * perSide; i += 1)
            sum += stored[row + (columns[i] ?? 0)] ?? 0;
        }
        data[to + channel] = sum / places;
      }
    }
  }
  return { ...image, width, height, data };
}

/**
 * Where `perSide` places in each of `count` steps lie along the one side of the stored picture that the steps move
 * on.
 */
function byteOffsets(
  { width, height, channels }: DecodedImage,
  step: { readonly x: number; readonly y: number; readonly x0: number; readonly y0: number },
  count: number,
  perSide: number,
): Int32Array {
  return Int32Array.from({ length: count * perSide }, (_, index) => {
    const along = (index + 0.5) / perSide;
    if (step.x !== 0) return inside(step.x0 + step.x * along, width) * channels;
    return inside(step.y0 + step.y * along, height) * width * channels;
  });
}

function inside(place: number, length: number): number {
  return Math.min(length - 1, Math.max(0, Math.floor(place)));
}
