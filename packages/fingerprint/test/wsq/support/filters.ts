import type { WsqFilters } from '../../../src/wsq/index.js';

/** The shortest pair of even length (Haar). */
export const HAAR: WsqFilters = {
  low: { length: 2, taps: [Math.SQRT1_2] },
  high: { length: 2, taps: [Math.SQRT1_2] },
};

/** A pair of odd length that is not the standard one (Le Gall). */
export const FIVE_THREE: WsqFilters = {
  low: { length: 5, taps: [0.75 * Math.SQRT2, 0.25 * Math.SQRT2, -0.125 * Math.SQRT2] },
  high: { length: 3, taps: [Math.SQRT1_2, -0.5 * Math.SQRT1_2] },
};
