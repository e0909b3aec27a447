import type { RgbImage } from '@buergerkoffer/formats';
import { FACE_MEASURES, type FaceMeasure } from './face-measure.js';
import { isOutline } from './face-region.js';
import type { FaceToAssess } from './face-to-assess.js';
import { geometryNatives } from './geometry-natives.js';
import type { Native } from './native.js';
import { pixelNatives } from './pixel-natives.js';
import { FAILURE_TO_ASSESS, scalarOf } from './scalar.js';

/** What to know about a value before somebody relies on it. */
export type MeasureNote =
  /** Hair, glasses or a hand before the face count as face: OFIQ leaves them out with a network. */
  | 'no-occlusion-model'
  /** Depends on the colour of the skin: dark and very fair people get lower values for photos just as good. */
  | 'skin-tone'
  /** The outline of the face was estimated from an operator's points. */
  | 'estimated-outline';

/** One component of the quality of a face image. */
export type FaceMeasurement =
  | {
      readonly measure: FaceMeasure;
      readonly status: 'assessed';
      /** In the component's own unit. */
      readonly native: number;
      /** 0 to 100, more is better. */
      readonly scalar: number;
      readonly notes: readonly MeasureNote[];
    }
  /** It was looked for and is not to be had of this photo. */
  | { readonly measure: FaceMeasure; readonly status: 'failure-to-assess'; readonly reason: string }
  /** Nobody looked: `needs` says what is missing, points by their names in `FacePoints`. */
  | { readonly measure: FaceMeasure; readonly status: 'not-assessed'; readonly needs: readonly string[] };

/** All 28 components in OFIQ's order; there is no score over all of them. */
export interface FaceQuality {
  readonly algorithm: { readonly name: string; readonly version: string };
  readonly measures: readonly FaceMeasurement[];
}

/** What components need that neither points nor pixels give. */
const MODELS: Partial<Record<FaceMeasure, string>> = {
  UnifiedQualityScore: 'a face recognition network (MagFace)',
  BackgroundUniformity: 'a network that parses face, hair, clothes and background',
  Sharpness: 'the random forest of OFIQ',
  CompressionArtifacts: 'a network for compression artefacts',
  EyesVisible: 'a network for what covers the face',
  MouthOcclusionPrevention: 'a network for what covers the face',
  FaceOcclusionPrevention: 'a network for what covers the face',
  ExpressionNeutrality: 'networks for expressions',
  NoHeadCoverings: 'a network that parses face, hair, clothes and background',
};

const EXPOSURE: ReadonlySet<FaceMeasure> = new Set(['UnderExposurePrevention', 'OverExposurePrevention']);
const SKIN_TONE: ReadonlySet<FaceMeasure> = new Set([
  ...EXPOSURE,
  'LuminanceMean',
  'LuminanceVariance',
  'DynamicRange',
  'NaturalColour',
]);
const IN_OUTLINE: ReadonlySet<FaceMeasure> = new Set([...SKIN_TONE, 'IlluminationUniformity']);

/**
 * The components of ISO/IEC 29794-5 that a photo and the points of its face allow, computed as OFIQ 1.0.3 does, and of the
 * others what they need. OFIQ's own values differ a little, because its points come from another network.
 */
export function assessFace(image: RgbImage, face: FaceToAssess): FaceQuality {
  const natives = { ...geometryNatives(image, face), ...pixelNatives(image, face) };
  return {
    algorithm: { name: 'ISO/IEC 29794-5 components after OFIQ 1.0.3, from points and pixels', version: '1' },
    measures: FACE_MEASURES.map((measure) =>
      measurement(
        measure,
        natives[measure] ?? { needs: [MODELS[measure] ?? measure] },
        notesOn(measure, face),
      ),
    ),
  };
}

function measurement(measure: FaceMeasure, native: Native, notes: readonly MeasureNote[]): FaceMeasurement {
  if (typeof native !== 'number') {
    if ('needs' in native) return { measure, status: 'not-assessed', needs: native.needs };
    return { measure, status: 'failure-to-assess', reason: native.fails };
  }
  const scalar = scalarOf(measure, native);
  if (scalar === FAILURE_TO_ASSESS)
    return { measure, status: 'failure-to-assess', reason: 'the value is outside the scale' };
  return { measure, status: 'assessed', native, scalar, notes };
}

function notesOn(measure: FaceMeasure, face: FaceToAssess): readonly MeasureNote[] {
  return [
    ...(EXPOSURE.has(measure) ? (['no-occlusion-model'] as const) : []),
    ...(SKIN_TONE.has(measure) ? (['skin-tone'] as const) : []),
    ...(IN_OUTLINE.has(measure) && !isOutline(face.outline) ? (['estimated-outline'] as const) : []),
  ];
}
