import { greyImage, type GreyImage } from '@buergerkoffer/formats';
import type { Minutia } from '../minutiae/minutia.js';
import type { PrintCrop } from './crop.js';
import type { ActionableFeedback } from './feedback.js';
import { votesOf, type Forest } from './forest/forest.js';
import { isNistForest } from './forest/nist-forest.js';
import { MEASURE_NAMES } from './measure-names.js';
import { analysePrint, type Measures, type PrintAnalysis } from './measures.js';
import { minutiaeMeasures } from './minutiae-measures.js';
import { REFERENCE_EXTRACTOR, type MinutiaeSource } from './minutiae-source.js';
import { qualityComponents, type QualityComponents } from './quality-block.js';

/** The quality of one print, and what decided it. */
export interface PrintQuality {
  /** 0 (worst) to 100; `not-assessed` without a forest or without minutiae. */
  readonly score: number | 'not-assessed';
  /**
   * `NFIQ2` where the score is, or could only be, the one that NFIQ 2 defines; `NFIQ2-estimate` for a score
   * with the minutiae of another extractor or another forest, which is near it and not it;
   * `embedded-estimate` for the guess of our own small model, which is not NFIQ 2.
   */
  readonly algorithm: 'NFIQ2' | 'NFIQ2-estimate' | 'embedded-estimate';
  /** Version of NFIQ 2 (2.3), or of the embedded model. */
  readonly version: string;
  /** MD5 of the forest's file, or of the embedded model; `none` without either. */
  readonly modelHash: string;
  /** Name of the extractor, `none` without minutiae. */
  readonly minutiaeSource: string;
  /** Whether the score is NFIQ 2's: NIST's forest of v2.3 and the minutiae of FingerJetFX OSE. */
  readonly conformant: boolean;
  /** Native measures by the names of the reference; the four of the minutiae are absent without minutiae. */
  readonly measures: Measures;
  /** The measures that have a component of a quality block, 0 to 100. */
  readonly components: QualityComponents;
  readonly feedback: ActionableFeedback;
  /** Where the print lay in the image. */
  readonly crop: PrintCrop;
}

/** What a quality is made with. */
export interface QualityOptions {
  /** Votes for the score; see {@link readNistForest} and {@link readCompactForest}. */
  readonly forest?: Forest;
  /** Whose minutiae are counted. */
  readonly minutiae?: MinutiaeSource;
}

/**
 * Assesses the print in `image` (8-bit grey, 500 ppi, dark ridges on white) by NFIQ 2 v2.3 (ISO/IEC
 * 29794-4:2024).
 *
 * What is no print that NFIQ 2 takes is an `InputError`; see {@link analysePrint} and {@link cropPrint}.
 */
export function assessPrint(image: GreyImage, options: QualityOptions = {}): PrintQuality {
  return qualityOf(analysePrint(image), options);
}

/** The quality of a print that was analysed before. */
export function qualityOf(analysis: PrintAnalysis, options: QualityOptions = {}): PrintQuality {
  const { print, statistics, region } = analysis;
  const { forest, minutiae: source } = options;
  const image = greyImage({ width: print.width, height: print.height, data: print.data, resolutionPpi: 500 });
  const minutiae = source?.minutiaeOf(image, print.crop);
  const measures =
    minutiae === undefined
      ? analysis.measures
      : inOrder({ ...analysis.measures, ...named(minutiae, analysis) });
  const isAssessed = forest !== undefined && minutiae !== undefined;
  const isReference = forest !== undefined && isNistForest(forest) && source?.name === REFERENCE_EXTRACTOR;
  return {
    score: isAssessed ? scoreOf(forest, measures) : 'not-assessed',
    algorithm: isAssessed && !isReference ? 'NFIQ2-estimate' : 'NFIQ2',
    version: '2.3',
    modelHash: forest?.modelHash ?? 'none',
    minutiaeSource: source?.name ?? 'none',
    conformant: isReference,
    measures,
    components: qualityComponents(measures),
    feedback: {
      UniformImage: statistics.deviation,
      EmptyImageOrContrastTooLow: statistics.mean,
      ...(minutiae === undefined ? {} : { FingerprintImageWithMinutiae: minutiae.length }),
      SufficientFingerprintForeground: region.pixels,
    },
    crop: print.crop,
  };
}

/** The unified score of all 69 measures, 0 to 100: the share of trees that vote for a good print. */
export function scoreOf(forest: Forest, measures: Measures): number {
  const values = Float32Array.from(MEASURE_NAMES, (name) => measures[name] ?? Number.NaN);
  return Math.floor((100 * votesOf(forest, values)) / forest.roots.length + 0.5);
}

function inOrder(measures: Measures): Measures {
  return Object.fromEntries(MEASURE_NAMES.map((name) => [name, measures[name]]));
}

function named(minutiae: readonly Minutia[], { print, statistics }: PrintAnalysis): Measures {
  const found = minutiaeMeasures(minutiae, print, statistics);
  return {
    FingerJetFX_MinCount_COMMinRect200x200: found.countAroundCentre,
    FingerJetFX_MinutiaeCount: found.count,
    FJFXPos_Mu_MinutiaeQuality_2: found.darkShare,
    FJFXPos_OCL_MinutiaeQuality_80: found.certainShare,
  };
}
