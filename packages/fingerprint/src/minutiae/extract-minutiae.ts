import type { GreyImage } from '@buergerkoffer/formats';
import type { Minutia, MinutiaType } from './minutia.js';
import { evidenceFor, minutiaQuality, ridgeStrength, type MinutiaEvidence } from './minutia-quality.js';
import { withoutClosePairs, type PhaseVortex } from './phase-vortices.js';
import { ridgeAnalysis, type RidgeAnalysis } from './ridge-analysis.js';
import type { RidgePhase } from './ridge-phase.js';
import type { WorkingImage } from './working-image.js';

/** Most minutiae of one print: what a record of ISO/IEC 19794-2:2005 can hold. */
export const MAX_MINUTIAE = 255;

/** How {@link extractMinutiae} works; the defaults are what its error was measured with. */
export interface ExtractionOptions {
  /** Lowest quality that is reported, 0 to 100. Default 50. */
  readonly minQuality?: number;
}

/**
 * Nearest that a minutia comes to the edge of what is looked at, in working pixels: the filters reach so
 * far.
 */
const MARGIN = 10;

/** Opposite vortices closer than this, in working pixels, are a wobble of the filter. */
const CLOSE_PAIR = 2.1;

/**
 * How far along the ridge ending and bifurcation are told apart, and the contrast that decides, in shares of
 * it.
 */
const TYPE_REACH = 4;
const TYPE_CONTRAST = 0.25;

/** A place where a minutia may be, with what speaks for it. */
export interface MinutiaCandidate {
  readonly minutia: Minutia;
  readonly evidence: MinutiaEvidence;
}

/**
 * The minutiae of a finger image, best first, at most {@link MAX_MINUTIAE}: dark ridges on bright ground,
 * 450 to 1,100 ppi (without a resolution 500). Looked at is one fingertip in the middle, 19.5 x 30.5 mm; an
 * image with nothing to see gives none. Positions are in pixels of `image`. Another resolution is
 * `InputError('unsupported')`.
 */
export function extractMinutiae(image: GreyImage, options: ExtractionOptions = {}): readonly Minutia[] {
  return minutiaeIn(ridgeAnalysis(image), options);
}

/** The minutiae of a print whose ridges were analysed before, as {@link extractMinutiae} gives them. */
export function minutiaeIn(analysis: RidgeAnalysis, options: ExtractionOptions = {}): readonly Minutia[] {
  const minQuality = options.minQuality ?? 50;
  return candidatesIn(analysis)
    .map(({ minutia }) => minutia)
    .filter(({ quality }) => quality >= minQuality)
    .sort((a, b) => b.quality - a.quality || a.y - b.y || a.x - b.x)
    .slice(0, MAX_MINUTIAE);
}

/**
 * Everything that {@link extractMinutiae} chooses from, row by row, good or not: for fitting the quality of
 * minutiae anew. Images and errors as there.
 */
export function minutiaCandidates(image: GreyImage): readonly MinutiaCandidate[] {
  return candidatesIn(ridgeAnalysis(image));
}

function candidatesIn({
  working,
  directions,
  phase,
  vortices: all,
}: RidgeAnalysis): readonly MinutiaCandidate[] {
  const { width, height } = working;
  if (Math.min(width, height) <= 2 * MARGIN) return [];
  const vortices = withoutClosePairs(
    all.filter(({ x, y }) => Math.min(x, y, width - 1 - x, height - 1 - y) >= MARGIN),
    CLOSE_PAIR,
  );
  const evidence = evidenceFor(vortices, directions, ridgeStrength(phase, directions));
  return vortices.flatMap((vortex, index) => {
    const found = evidence[index];
    if (found === undefined) return [];
    return [{ minutia: minutiaAt(vortex, minutiaQuality(found), working, phase), evidence: found }];
  });
}

/** The minutia at `vortex`, in pixels of the image that was analysed, with `quality` from 0 to 100. */
export function minutiaAt(
  vortex: PhaseVortex,
  quality: number,
  working: WorkingImage,
  phase: RidgePhase,
): Minutia {
  const { scale, left, top } = working;
  const turn = 2 * Math.PI;
  return {
    x: Math.round(left + (vortex.x + 0.5) * scale - 0.5),
    y: Math.round(top + (vortex.y + 0.5) * scale - 0.5),
    angle: (((-vortex.angle % turn) + turn) % turn) % turn,
    type: typeOf(vortex, phase),
    quality: Math.round(quality),
  };
}

/** A ridge ahead and a valley behind is an ending, the other way round a bifurcation. */
function typeOf({ x, y, angle }: PhaseVortex, { width, height, even, odd }: RidgePhase): MinutiaType {
  const pixel = (distance: number): number => {
    const column = Math.min(Math.max(Math.round(x + distance * Math.cos(angle)), 0), width - 1);
    const row = Math.min(Math.max(Math.round(y + distance * Math.sin(angle)), 0), height - 1);
    return row * width + column;
  };
  const ahead = pixel(TYPE_REACH);
  const behind = pixel(-TYPE_REACH);
  const strength =
    Math.hypot(even[ahead] ?? 0, odd[ahead] ?? 0) + Math.hypot(even[behind] ?? 0, odd[behind] ?? 0);
  const contrast = (even[ahead] ?? 0) - (even[behind] ?? 0);
  if (Math.abs(contrast) <= TYPE_CONTRAST * strength) return 'other';
  return contrast > 0 ? 'ending' : 'bifurcation';
}
