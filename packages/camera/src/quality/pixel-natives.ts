import type { RgbImage } from '@buergerkoffer/formats';
import type { FaceToAssess } from './face-to-assess.js';
import { alignedPixels, type AlignedPixels } from './aligned-pixels.js';
import { estimatedOutline } from './face-region.js';
import { ofPresent, type Native, type Natives } from './native.js';
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

const PIXEL_MEASURES = [
  'IlluminationUniformity',
  'LuminanceMean',
  'LuminanceVariance',
  'UnderExposurePrevention',
  'OverExposurePrevention',
  'DynamicRange',
  'NaturalColour',
] as const;

/** Native values that the pixels of the aligned face give. */
export function pixelNatives(image: RgbImage, { points, outline }: FaceToAssess): Natives {
  const { noseTip, mouthRight, mouthLeft } = points;
  const missing = ofPresent({ noseTip, mouthRight, mouthLeft }, () => 0);
  if (missing !== 0) return all(missing);
  const pixels = alignedPixels(image, points, outline ?? estimatedOutline(points));
  if (pixels === undefined) return all({ fails: 'the points of the face coincide' });
  return { ...cheeks(pixels, points), ...exposure(pixels) };
}

function exposure(pixels: AlignedPixels): Natives {
  if (!pixels.mask.includes(1)) return {};
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

function all(native: Native): Natives {
  return Object.fromEntries(PIXEL_MEASURES.map((measure) => [measure, native]));
}
