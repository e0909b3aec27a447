import type { GreyImage } from '@buergerkoffer/formats';
import { evenContrast } from './local-contrast.js';
import { phaseVortices, type PhaseVortex } from './phase-vortices.js';
import { ridgeDirections, type RidgeDirections } from './ridge-direction.js';
import { ridgePhase, type RidgePhase } from './ridge-phase.js';
import { workingImage, type WorkingImage } from './working-image.js';

/** The ridges of a print as a wave, with every point around which its phase turns. */
export interface RidgeAnalysis {
  /** The fingertip in the middle of the image, as it was taken. */
  readonly working: WorkingImage;
  /** The same with even contrast. */
  readonly even: WorkingImage;
  readonly directions: RidgeDirections;
  readonly phase: RidgePhase;
  /** Row by row, also those that are no minutiae. */
  readonly vortices: readonly PhaseVortex[];
}

/** Analyses the ridges of `image`; an image of another resolution is `InputError`: see {@link workingImage}. */
export function ridgeAnalysis(image: GreyImage): RidgeAnalysis {
  const working = workingImage(image);
  const even = evenContrast(working);
  const directions = ridgeDirections(even);
  const phase = ridgePhase(even, directions);
  return { working, even, directions, phase, vortices: phaseVortices(phase) };
}
