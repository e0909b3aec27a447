import { InputError, type GreyImage } from '@buergerkoffer/formats';
import { blockStatistics, meanOfBlockMeans, type BlockStatistics } from './block-statistics.js';
import { cropPrint, type CroppedPrint } from './crop.js';
import { frequencyScores } from './frequency-domain.js';
import { histogramOf } from './histogram.js';
import { localClarities } from './local-clarity.js';
import { histogramNames, type HistogramPrefix, type MeasureName } from './measure-names.js';
import { orientationStrength } from './orientation-certainty.js';
import { flowTurns } from './orientation-flow.js';
import { ridgeBlocks, type RidgeBlocks } from './ridge-blocks.js';
import { ridgeValleyRatios } from './ridge-valley-uniformity.js';
import { regionOfInterest, type RegionOfInterest } from './roi/region-of-interest.js';

/** Native quality measures; the four that need minutiae are absent where there were none to look at. */
export type Measures = Readonly<Partial<Record<MeasureName, number>>>;

/** What was found out about a print without minutiae. */
export interface PrintAnalysis {
  readonly print: CroppedPrint;
  readonly statistics: BlockStatistics;
  readonly blocks: RidgeBlocks;
  readonly region: RegionOfInterest;
  /** The 65 measures that need no minutiae. */
  readonly measures: Measures;
}

/** Upper bounds of the bins, the last is open (NFIQ 2 v2.3; ISO/IEC 29794-4:2024). */
const BOUNDS: Readonly<Record<HistogramPrefix, readonly number[]>> = {
  FDA: [0.268, 0.304, 0.33, 0.355, 0.38, 0.407, 0.44, 0.5, 1],
  LCS: [0, 0.7, 0.74, 0.77, 0.79, 0.81, 0.83, 0.85, 0.87],
  OCL: [0.337, 0.479, 0.579, 0.655, 0.716, 0.766, 0.81, 0.852, 0.898],
  OF: [0.01715, 0.035, 0.0557, 0.081, 0.115, 0.1718, 0.2569, 0.4758, 0.748],
  RVUP: [0.5, 0.667, 0.8, 1, 1.25, 1.5, 2, 24, 30],
};

/** Blocks with ridges that a print needs. */
const LEAST_BLOCKS = 10;

/**
 * Measures the print in `image` (8-bit grey, 500 ppi) as NFIQ 2 v2.3 does, without minutiae.
 *
 * What is no print is an `InputError`: see {@link cropPrint}; fewer than ten 32 x 32 blocks with ridges is
 * `missing`.
 */
export function analysePrint(image: GreyImage): PrintAnalysis {
  const print = cropPrint(image);
  const statistics = blockStatistics(print);
  const blocks = ridgeBlocks(print, statistics);
  const frequencies = frequencyScores(print, blocks);
  if (frequencies.length < LEAST_BLOCKS) throw tooFewBlocks(frequencies.length);
  const region = regionOfInterest(print);
  const strength = orientationStrength(print);
  const measures: Partial<Record<MeasureName, number>> = {
    ...histogram('FDA', frequencies),
    ImgProcROIArea_Mean: region.mean,
    ...histogram('LCS', localClarities(print, blocks)),
    MMB: meanOfBlockMeans(statistics),
    Mu: statistics.mean,
    ...histogram('OCL', strength.certainties),
    ...histogram('OF', flowTurns(blocks)),
    ...coherence(strength.coherences, region),
    ...histogram('RVUP', ridgeValleyRatios(print, blocks)),
  };
  return { print, statistics, blocks, region, measures };
}

function tooFewBlocks(found: number): InputError {
  return new InputError(
    'missing',
    `only ${found} blocks of the print show ridges, ${LEAST_BLOCKS} are needed: is the image blank?`,
    { path: 'FDA', remedy: 'capture the finger again' },
  );
}

function histogram(prefix: HistogramPrefix, values: readonly number[]): Measures {
  const { bins, mean, deviation } = histogramOf(values, BOUNDS[prefix]);
  const all = [...bins, mean, deviation];
  return Object.fromEntries(histogramNames(prefix).map((name, i) => [name, all[i]]));
}

function coherence(coherences: Float64Array, { isInBlock }: RegionOfInterest): Measures {
  let sum = 0;
  let blocks = 0;
  for (const [block, value] of coherences.entries()) {
    if (isInBlock[block] !== 1) continue;
    sum += value;
    blocks += 1;
  }
  return {
    OrientationMap_ROIFilter_CoherenceRel: blocks === 0 ? 0 : sum / blocks,
    OrientationMap_ROIFilter_CoherenceSum: sum,
  };
}
