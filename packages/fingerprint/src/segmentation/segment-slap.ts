import type { GreyImage } from '@buergerkoffer/formats';
import { SLAP_FINGERS, type SlapPosition } from '../finger-position.js';
import { findFingertips } from './find-fingertips.js';
import type { SlapSegmentation } from './slap-segmentation.js';

/**
 * Cuts a slap into its fingers, which are told by their order from left to right; the image and errors are those of
 * {@link findFingertips}. Hands laid down crossed are not noticed.
 */
export function segmentSlap(image: GreyImage, slap: SlapPosition): SlapSegmentation {
  const found = findFingertips(image);
  const fingers = SLAP_FINGERS[slap];
  if (found.length < fingers.length) return { outcome: 'too-few-fingers', found };
  if (found.length > fingers.length) return { outcome: 'too-many-fingers', found };
  const segments = fingers.flatMap((finger, i) => {
    const tip = found[i];
    return tip === undefined ? [] : [{ finger, ...tip }];
  });
  return { outcome: 'segmented', segments };
}
