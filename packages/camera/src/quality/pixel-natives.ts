import type { RgbImage } from '@buergerkoffer/formats';
import { alignedPixels, type AlignedPixels } from './aligned-pixels.js';
import { estimatedOutline, isOutline } from './face-region.js';
import type { FaceToAssess } from './face-to-assess.js';
import { allOf, ofPresent, type Native, type Natives } from './native.js';
import {
  cheekOverlap,
  entropy,
  faceHistogram,
  luminanceMean,
  luminanceVariance,
  overexposed,
  underexposed,
  unnaturalColour,
} from './pixel-measures.js';

const EXPOSURE_MEASURES = [
  'LuminanceMean',
  'LuminanceVariance',
  'UnderExposurePrevention',
  'OverExposurePrevention',
  'DynamicRange',
] as const;
const PIXEL_MEASURES = [...EXPOSURE_MEASURES, 'IlluminationUniformity', 'NaturalColour'] as const;

/** Native values that the pixels of the aligned face give. */
export function pixelNatives(image: RgbImage, { points, outline }: FaceToAssess): Natives {
  const { noseTip, mouthRight, mouthLeft } = points;
  const missing = ofPresent({ noseTip, mouthRight, mouthLeft }, () => 0);
  if (missing !== 0) return allOf(PIXEL_MEASURES, missing);
  const pixels = alignedPixels(image, points, isOutline(outline) ? outline : estimatedOutline(points));
  if (pixels === undefined) return allOf(PIXEL_MEASURES, { fails: 'the points of the face coincide' });
  return { ...cheeks(pixels, points), ...exposure(pixels) };
}

function exposure(pixels: AlignedPixels): Natives {
  if (!pixels.mask.includes(1))
    return allOf(EXPOSURE_MEASURES, { fails: 'the outline of the face is empty' });
  const histogram = faceHistogram(pixels);
  return {
    LuminanceMean: luminanceMean(histogram),
    LuminanceVariance: luminanceVariance(histogram),
    UnderExposurePrevention: underexposed(histogram),
    OverExposurePrevention: overexposed(histogram),
    DynamicRange: entropy(histogram),
  };
}

function cheeks(pixels: AlignedPixels, { upperLip, lowerLip }: FaceToAssess['points']): Natives {
  const ofCheeks = (measure: (pixels: AlignedPixels) => number | undefined): Native =>
    ofPresent({ upperLip, lowerLip }, () => measure(pixels) ?? { fails: 'the cheeks are not on the photo' });
  return { IlluminationUniformity: ofCheeks(cheekOverlap), NaturalColour: ofCheeks(unnaturalColour) };
}
