import type { GreyImage } from '@buergerkoffer/formats';
import type { Minutia } from '../minutiae/minutia.js';
import { estimateModel, estimateOf } from '../nfiq2/estimate/estimate.js';
import { feedbackFaults, type FeedbackFault } from '../nfiq2/feedback.js';
import type { Forest } from '../nfiq2/forest/forest.js';
import { isNistForest } from '../nfiq2/forest/nist-forest.js';
import { analysePrint } from '../nfiq2/measures.js';
import { REFERENCE_EXTRACTOR, type MinutiaeSource } from '../nfiq2/minutiae-source.js';
import { minutiaeIn } from '../minutiae/extract-minutiae.js';
import { ridgeAnalysis } from '../minutiae/ridge-analysis.js';
import { OWN_MINUTIAE } from '../nfiq2/own-minutiae.js';
import { reportedMinutiae } from '../nfiq2/reported/reported-minutiae.js';
import { qualityOf } from '../nfiq2/print-quality.js';
import { FAILED_QUALITY, type QualityDecider } from '../process/captured-print.js';

/** Judges the quality of prints; which algorithm is behind it is the application's choice, and told in every result. */
export interface QualityAssessor {
  readonly decidedBy: QualityDecider;
  /**
   * The quality of one print (8-bit grey, 500 ppi, dark ridges on bright ground). A print that cannot be assessed is
   * an `InputError`; it counts as insufficient.
   */
  assess(image: GreyImage, signal: AbortSignal): AssessedQuality | Promise<AssessedQuality>;
}

/** What an assessor says of a print. */
export interface AssessedQuality {
  /** 0 (worst) to 100. */
  readonly value: number;
  readonly faults: readonly FeedbackFault[];
  /** Minutiae of this package's own extractor, where they were found anyway; pixels from any corner of the print. */
  readonly ownMinutiae?: readonly Minutia[];
}

/**
 * NFIQ 2 v2.3 with the forest of NIST and `minutiae` (by default our own extractor's, which makes it an estimate);
 * without a forest the embedded estimate, which is not NFIQ 2.
 */
export function nfiq2Assessor(
  options: { readonly forest?: Forest; readonly minutiae?: MinutiaeSource } = {},
): QualityAssessor {
  const { forest, minutiae = OWN_MINUTIAE } = options;
  return {
    decidedBy: deciderOf(forest, minutiae.name),
    assess(image): AssessedQuality {
      const print = analysePrint(image);
      const cropped = { ...print.print, channels: 1 } as const;
      // One analysis of the ridges serves the score and the comparison of prints.
      const ridges = minutiae === OWN_MINUTIAE ? ridgeAnalysis(cropped) : undefined;
      const found =
        ridges === undefined ? minutiae.minutiaeOf(cropped, print.print.crop) : reportedMinutiae(ridges);
      const source: MinutiaeSource = { name: minutiae.name, minutiaeOf: () => found };
      const quality =
        forest === undefined ? estimateOf(print, source) : qualityOf(print, { forest, minutiae: source });
      return {
        value: quality.score === 'not-assessed' ? FAILED_QUALITY : quality.score,
        faults: feedbackFaults(quality.feedback),
        ...(ridges === undefined ? {} : { ownMinutiae: minutiaeIn(ridges) }),
      };
    },
  };
}

function deciderOf(forest: Forest | undefined, minutiaeSource: string): QualityDecider {
  if (forest === undefined) {
    return { algorithm: 'embedded-estimate', ...estimateModel(), minutiaeSource, conformant: false };
  }
  const conformant = isNistForest(forest) && minutiaeSource === REFERENCE_EXTRACTOR;
  const algorithm = conformant ? 'NFIQ2' : 'NFIQ2-estimate';
  return { algorithm, version: '2.3', modelHash: forest.modelHash, minutiaeSource, conformant };
}
