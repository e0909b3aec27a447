import { ridgeAnalysis } from '../minutiae/ridge-analysis.js';
import type { MinutiaeSource } from './minutiae-source.js';
import { reportedMinutiae } from './reported/reported-minutiae.js';

/**
 * What this package's own extractor expects the reference to report, mistakes and all: near its minutiae in
 * number and place, and never a conformant score. For comparing prints take `extractMinutiae`.
 */
export const OWN_MINUTIAE: MinutiaeSource = {
  name: 'buergerkoffer',
  minutiaeOf: (print) => reportedMinutiae(ridgeAnalysis(print)),
};
