import { InputError } from '@buergerkoffer/formats';

/**
 * The two analysis filters of a wavelet transform, each as its taps from the centre outwards (IAFIS-IC-0110
 * V3, 5.2 and B.2.4.1). A filter of odd length has a tap in the middle; one of even length has none: its
 * first tap counts for both samples beside the centre, with the sign of the right one.
 */
export interface WsqFilters {
  readonly low: WsqFilter;
  readonly high: WsqFilter;
}

/** One symmetric filter (odd length), or a symmetric low and antisymmetric high one (even length). */
export interface WsqFilter {
  /** Number of taps of the whole filter, 1 to {@link MAX_FILTER_LENGTH}. */
  readonly length: number;
  /** `ceil(length / 2)` taps from the centre outwards. */
  readonly taps: readonly number[];
}

/** Longest filter that is read or written, in taps. */
export const MAX_FILTER_LENGTH = 32;

/** The filters of every certified encoder: 9 and 7 taps (IAFIS-IC-0110 V3, part 3). */
export const STANDARD_FILTERS: WsqFilters = {
  low: {
    length: 9,
    taps: [
      0.85269867900940344, 0.3774028556126538, -0.11062440441842342, -0.02384946501938, 0.03782845550699546,
    ],
  },
  high: {
    length: 7,
    taps: [0.78848561640566439, -0.41809227322221221, -0.04068941760955844, 0.06453888262893845],
  },
};

/**
 * Refuses filters that no transform is made of: too many taps is `InputError('unsupported')`, an odd filter
 * beside an even one as well, a number of taps that does not fit the length is `InputError('out-of-range')`.
 */
export function checkFilters(filters: WsqFilters, offset?: number): void {
  const { low, high } = filters;
  for (const filter of [low, high]) {
    if (filter.length < 1 || filter.length > MAX_FILTER_LENGTH) {
      throw new InputError('unsupported', `filters have 1 to ${MAX_FILTER_LENGTH} taps`, { offset });
    }
    if (filter.taps.length !== Math.ceil(filter.length / 2) || !filter.taps.every(Number.isFinite)) {
      throw new InputError('out-of-range', 'a filter has half as many taps as its length, all finite', {
        offset,
      });
    }
  }
  if (low.length % 2 !== high.length % 2) {
    throw new InputError('unsupported', 'both filters are of odd length, or both of even length', { offset });
  }
}
