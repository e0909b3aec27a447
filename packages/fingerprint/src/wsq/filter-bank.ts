/**
 * One level of the transform on one line of samples. The line begins at `at` and has `pad` samples before it
 * and after it, which the bank fills by mirroring.
 */
export interface FilterBank {
  /** Samples that a buffer has before the first and after the last one of a line. */
  readonly pad: number;
  /**
   * Splits the `length` samples of `line` into `ceil(length / 2)` low ones, written to `out` from `lowAt` on,
   * and `floor(length / 2)` high ones, from `highAt` on.
   */
  readonly analyse: (
    line: Float32Array,
    at: number,
    length: number,
    out: Float32Array,
    lowAt: number,
    highAt: number,
  ) => void;
  /**
   * Joins low and high samples, which alternate in `line` (low first), to `length` samples, written to `out`
   * from `to` on.
   */
  readonly synthesise: (
    line: Float32Array,
    at: number,
    length: number,
    out: Float32Array,
    to: number,
  ) => void;
}
