import { extractMinutiae } from '../minutiae/extract-minutiae.js';
import type { MinutiaeSource } from './minutiae-source.js';

/**
 * The minutiae of this package's own extractor: near those of the reference, and never a conformant score.
 */
export const OWN_MINUTIAE: MinutiaeSource = {
  name: 'buergerkoffer',
  minutiaeOf: (print) => extractMinutiae(print),
};
