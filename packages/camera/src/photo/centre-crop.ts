import { InputError } from '@buergerkoffer/formats';
import { uprightSize, type Photo } from './photo.js';

/** Width to height of a printed passport photo, 35 mm to 45 mm. */
export const PRINT_ASPECT = { width: 35, height: 45 } as const;

/** Width to height of the digital photo, in pixels (BSI TR-03121-3 Vol. 2 v6.0, 5.3.1). */
export const DIGITAL_ASPECT = { width: 1244, height: 1600 } as const;

/** A rectangle in the upright photo, in whole pixels from its top left corner; it lies inside the photo. */
export interface CropPlacement {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** A centre crop knows nothing of the face: whether the photo meets any rule was not looked at. */
  readonly assessment: 'not-assessed';
  /** The mark that clerk and citizen see beside the photo. */
  readonly label: 'nicht geprüft';
}

/**
 * The largest rectangle of the given aspect in the middle of the upright photo. Placement only: no face is searched,
 * nothing is scaled. `InputError('out-of-range')` when a side is not a positive whole number, or when the
 * rectangle would be empty.
 */
export function centreCrop(
  photo: Pick<Photo, 'widthPx' | 'heightPx' | 'orientation'>,
  aspect: { readonly width: number; readonly height: number } = DIGITAL_ASPECT,
): CropPlacement {
  const { widthPx, heightPx } = uprightSize(photo);
  for (const [path, side] of Object.entries({ widthPx, heightPx })) {
    if (!Number.isInteger(side) || side < 1)
      throw new InputError('out-of-range', 'a photo has at least one pixel each way', { path });
  }
  if (!(aspect.width > 0 && aspect.height > 0))
    throw new InputError('out-of-range', 'an aspect has two positive numbers', { path: 'aspect' });
  const byHeight = Math.round((heightPx * aspect.width) / aspect.height);
  const [width, height] =
    byHeight <= widthPx
      ? [byHeight, heightPx]
      : [widthPx, Math.min(heightPx, Math.round((widthPx * aspect.height) / aspect.width))];
  if (width < 1 || height < 1)
    throw new InputError('out-of-range', 'the photo is too narrow for this aspect', { path: 'aspect' });
  return {
    x: Math.floor((widthPx - width) / 2),
    y: Math.floor((heightPx - height) / 2),
    width,
    height,
    assessment: 'not-assessed',
    label: 'nicht geprüft',
  };
}
