import { convolutionBank } from './convolution-bank.js';
import type { WsqFilters } from './filters.js';
import { liftingOf } from './lifting.js';
import { liftingBank } from './lifting-bank.js';

/**
 * One level of the transform on one line of samples. A line buffer holds sample `i` at `pad + i`; what lies
 * beyond the ends is filled by the bank itself.
 */
export interface FilterBank {
  /** Samples that a line buffer has before the first and after the last one. */
  readonly pad: number;
  /**
   * Splits the `length` samples of `line` into `ceil(length / 2)` low ones, written to `out` from `lowAt` on, and
   * `floor(length / 2)` high ones, from `highAt` on.
   */
  readonly analyse: (
    line: Float64Array,
    length: number,
    out: Float32Array,
    lowAt: number,
    highAt: number,
  ) => void;
  /**
   * Joins low and high samples, which alternate in `line` (low first), to `length` samples, written to `out` from
   * `at` on.
   */
  readonly synthesise: (line: Float64Array, length: number, out: Float32Array, at: number) => void;
}

/** The fastest bank for the filters: lifting steps where the filters have them, convolution otherwise. */
export function filterBankOf(filters: WsqFilters): FilterBank {
  const lifting = liftingOf(filters);
  return lifting === undefined ? convolutionBank(filters) : liftingBank(lifting);
}
