import { InputError, type DecodedImage } from '@buergerkoffer/formats';
import { chain, inverse } from './affine.js';
import { inSrgb, type PhotoColours, type UnknownColours } from './colour/photo-colours.js';
import { CROP_ASPECT, CROP_SIZE, cropToPhoto, overhang, type CropFrame } from './crop-frame.js';
import { mapFacePoints } from './face-geometry.js';
import type { FacePoints } from './face-points.js';
import { neededPart } from './needed-part.js';
import type { ImageOperation } from './operation.js';
import { resample } from './resample.js';
import { uprightToStored, type PhotoPixels } from './upright.js';

/** The picture that was cut out of a photo. */
export interface CroppedPhoto {
  /** 1244 x 1600 pixels, in sRGB unless {@link unknownColours} says otherwise. */
  readonly image: DecodedImage;
  /** Why the colours were left as they are; absent where they are sRGB. */
  readonly unknownColours?: UnknownColours;
  readonly frame: CropFrame;
  /** The points on that picture; absent where none were given. */
  readonly points?: FacePoints;
  /** All that was done to the photo, in this order. */
  readonly operations: readonly ImageOperation[];
}

/**
 * Cuts 1244 x 1600 pixels out of the photo, in one resampling of its decoded pixels. Colours of another space become sRGB then
 * (24-bit sRGB: BSI TR-03121-3 Vol. 2 v6.0, 5.3.1); nothing else is done to the pixels.
 * A frame with fewer than 1600 rows (which would make up pixels) or one that leaves the photo is
 * `InputError('out-of-range')`.
 */
export function cutPhoto(pixels: PhotoPixels, frame: CropFrame, points?: FacePoints): CroppedPhoto {
  const { heightPx, widthPx } = CROP_SIZE;
  if (!(frame.heightPx >= heightPx))
    throw new InputError(
      'out-of-range',
      `the frame has ${Math.floor(frame.heightPx)} rows, ${heightPx} are needed`,
      {
        path: 'frame.heightPx',
        remedy: 'choose a larger frame: a photo is never enlarged',
      },
    );
  const [side] = Object.entries(overhang(frame, pixels)).filter(([, px]) => px > 0);
  if (side !== undefined)
    throw new InputError(
      'out-of-range',
      `the frame leaves the photo by ${Math.ceil(side[1])} pixels (${side[0]})`,
      {
        path: 'frame',
        remedy: 'move the frame into the photo: nothing is filled up',
      },
    );
  const toPhoto = cropToPhoto(frame);
  const needed = neededPart(pixels, chain(toPhoto, uprightToStored(pixels)), widthPx, heightPx);
  const { colours } = pixels;
  const image = inSrgb(resample(needed.image, needed.map, widthPx, heightPx), colours);
  return {
    image,
    frame,
    ...(colours.type === 'unknown' ? { unknownColours: colours } : {}),
    ...(points === undefined ? {} : { points: mapFacePoints(points, inverse(toPhoto)) }),
    operations: operationsOf(pixels, frame),
  };
}

function operationsOf(pixels: PhotoPixels, frame: CropFrame): readonly ImageOperation[] {
  const { centre, heightPx, turnedDeg } = frame;
  const { orientation, colours } = pixels;
  const widthPx = heightPx * CROP_ASPECT;
  const isWhole = turnedDeg === 0 && heightPx === pixels.heightPx && widthPx === pixels.widthPx;
  const operations: ImageOperation[] = [];
  if (orientation !== 1) operations.push({ operation: 'orient', orientation });
  if (turnedDeg !== 0)
    operations.push({ operation: 'rotate', clockwiseDeg: (360 - (turnedDeg % 360)) % 360 });
  if (!isWhole) operations.push({ operation: 'crop', centre, heightPx, widthPx });
  const factor = CROP_SIZE.heightPx / heightPx;
  if (factor !== 1 || turnedDeg !== 0)
    operations.push({ operation: 'scale', factor, filter: 'lanczos-3', ...CROP_SIZE });
  if (colours.type === 'convertible') operations.push(conversionOf(colours));
  return operations;
}

function conversionOf({ from }: Extract<PhotoColours, { type: 'convertible' }>): ImageOperation {
  return { operation: 'convert-colours', from, to: 'sRGB', intent: 'relative-colorimetric' };
}
